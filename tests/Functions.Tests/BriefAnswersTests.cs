using RadiomicsFunctions.Predictions;

namespace Functions.Tests;

/// <summary>Which questions are one.</summary>
public sealed class BriefAnswersTests
{
    private readonly HandClock _clock = new();
    private int _asked;

    [Fact]
    public async Task Who_asks_while_it_is_being_answered_gets_that_answer()
    {
        var answers = Passing();
        var found = new TaskCompletionSource<string?>();

        var all = Enumerable.Range(0, 200).Select(_ => answers.GetAsync("a", () => Ask(found.Task), default)).ToArray();
        found.SetResult("running");

        Assert.All(await Task.WhenAll(all), answer => Assert.Equal("running", answer));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData(10, 30)]
    [InlineData(200, 600)]
    [InlineData(5000, 1000)]
    public async Task A_passing_answer_holds_three_times_as_long_as_it_took_and_a_second_at_most(int took, int holds)
    {
        var answers = Passing();
        await answers.GetAsync("a", () => Ask(Task.FromResult<string?>("running"), took), default);

        _clock.Pass(holds - 1);
        await answers.GetAsync("a", () => Ask(Task.FromResult<string?>("running")), default);
        Assert.Equal(1, _asked);
        _clock.Pass(2);
        Assert.Equal("later", await answers.GetAsync("a", () => Ask(Task.FromResult<string?>("later")), default));
    }

    [Fact]
    public async Task A_final_answer_and_another_question_are_asked_for_each_time()
    {
        var answers = new BriefAnswers<string>(_clock, _ => false);
        foreach (var key in (string[])["a", "a", "b"])
        {
            await answers.GetAsync(key, () => Ask(Task.FromResult<string?>("final"), took: 100), default);
        }

        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task What_was_not_there_is_looked_for_by_everybody_who_asks()
    {
        var answers = Passing();
        var first = new TaskCompletionSource<string?>();
        var early = answers.GetAsync("a", () => Ask(first.Task), default);
        var later = answers.GetAsync("a", () => Ask(Task.FromResult<string?>("just begun")), default);

        first.SetResult(null);

        Assert.Null(await early);
        Assert.Equal("just begun", await later);
    }

    [Fact]
    public async Task A_search_that_fails_fails_for_who_waits_for_it_and_for_nobody_after()
    {
        var answers = Passing();

        await Assert.ThrowsAsync<TimeoutException>(() => answers.GetAsync("a", () => Ask(Task.FromException<string?>(new TimeoutException())), default));

        Assert.Equal("running", await answers.GetAsync("a", () => Ask(Task.FromResult<string?>("running")), default));
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_answer_to_the_others()
    {
        var answers = Passing();
        var found = new TaskCompletionSource<string?>();
        using var gone = new CancellationTokenSource();
        var first = answers.GetAsync("a", () => Ask(found.Task), gone.Token);
        var second = answers.GetAsync("a", () => Ask(found.Task), default);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        found.SetResult("running");

        Assert.Equal("running", await second);
        Assert.Equal(1, _asked);
    }

    private BriefAnswers<string> Passing() => new(_clock, _ => true);

    private Task<string?> Ask(Task<string?> answer, int took = 1)
    {
        _asked++;
        _clock.Pass(took);
        return answer;
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now = 1_000;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => _now;

        public void Pass(int milliseconds) => _now += milliseconds;
    }
}
