using System.Collections.Concurrent;

namespace Functions.Tests.InMemory;

/// <summary>What the activities of one instance answer, and what they have been asked.</summary>
internal sealed class Script
{
    private readonly Dictionary<string, Func<object, object>> _answers = [];
    private readonly ConcurrentQueue<(string Activity, object Input)> _calls = new();

    /// <summary>Activities that have been called, one entry an attempt, in order.</summary>
    public IEnumerable<string> Calls => _calls.Select(call => call.Activity);

    /// <summary>Lets an activity answer, instead of what it was told before.</summary>
    public Script On<TInput>(string activity, Func<TInput, object> answer)
    {
        _answers[activity] = input => answer((TInput)input);
        return this;
    }

    /// <summary>The same, whatever the input.</summary>
    public Script On(string activity, object answer) => On<object>(activity, _ => answer);

    /// <summary>Lets an activity throw.</summary>
    public Script OnThrow(string activity, Func<Exception> fault) => On<object>(activity, _ => throw fault());

    /// <summary>What an activity has been asked, in order.</summary>
    public IEnumerable<TInput> InputsOf<TInput>(string activity) => _calls.Where(call => call.Activity == activity).Select(call => (TInput)call.Input);

    /// <summary>Plays an activity.</summary>
    public object Answer(string activity, object input)
    {
        _calls.Enqueue((activity, input));
        return _answers.TryGetValue(activity, out var answer) ? answer(input) : throw new InvalidOperationException($"Nobody expects {activity}.");
    }
}
