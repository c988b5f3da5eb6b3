using System.Collections.Concurrent;

namespace RadiomicsFunctions.Predictions;

/// <summary>
/// Spares storage the same question asked by many at once: who asks while it is being answered gets that answer, and a passing one holds three times as long as it took to get, a second
/// at most. So it is never older where storage is quick, and where it isn't, each question keeps it busy for a quarter of the time at most. What isn't there is always looked for.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="isPassing">Whether an answer may be held; one that is final costs little, and is shared while it is being read only.</param>
internal sealed class BriefAnswers<T>(TimeProvider time, Func<T, bool> isPassing)
    where T : class
{
    private const int Enough = 1_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <summary>The answer to a question.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="find">Finds the answer; null if there is nothing.</param>
    /// <param name="cancellation">Ends the wait, not the search: others may wait for it.</param>
    public async Task<T?> GetAsync(string key, Func<Task<T?>> find, CancellationToken cancellation)
    {
        var own = new Question();
        var question = _questions.AddOrUpdate(key, own, (_, earlier) => earlier.Until > time.GetTimestamp() ? earlier : own);
        if (question == own)
        {
            _ = FindAsync(key, own, find);
        }

        // What isn't there may have come after the other one looked.
        return await question.Answer.WaitAsync(cancellation) ?? (question == own ? null : await find());
    }

    private async Task FindAsync(string key, Question question, Func<Task<T?>> find)
    {
        var asked = time.GetTimestamp();
        try
        {
            var answer = await find();
            var took = time.GetElapsedTime(asked) * 3;
            question.Until = answer is not null && isPassing(answer)
                ? time.GetTimestamp() + (long)((took < s_longest ? took : s_longest).TotalSeconds * time.TimestampFrequency)
                : 0;
            question.Source.SetResult(answer);
        }
        catch (Exception e)
        {
            question.Until = 0;
            question.Source.SetException(e);
        }

        if (question.Until == 0)
        {
            _questions.TryRemove(KeyValuePair.Create(key, question));
        }

        if (_questions.Count > Enough)
        {
            foreach (var old in _questions.Where(other => other.Value.Until <= time.GetTimestamp()))
            {
                _questions.TryRemove(old);
            }
        }
    }

    private sealed class Question
    {
        private long _until = long.MaxValue;

        public TaskCompletionSource<T?> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T?> Answer => Source.Task;

        /// <summary>Until when who asks gets this answer; while it is being looked for, for good.</summary>
        public long Until
        {
            get => Volatile.Read(ref _until);
            set => Volatile.Write(ref _until, value);
        }
    }
}
