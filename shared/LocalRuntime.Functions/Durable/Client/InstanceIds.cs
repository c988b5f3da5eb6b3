using System.Buffers;

namespace LocalRuntime.Functions.Durable;

/// <summary>Which instance ids are possible.</summary>
internal static class InstanceIds
{
    private const int LongestId = 100;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?");

    /// <summary>The id itself.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, begins with '@' or has a character that storage can't hold.</exception>
    public static string Require(string instanceId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        if (instanceId.Length > LongestId)
            throw new ArgumentException($"An instance id has at most {LongestId} characters.", nameof(instanceId));
        if (instanceId.AsSpan().ContainsAny(Forbidden) || instanceId.Any(char.IsControl) || instanceId[0] == '@')
            throw new ArgumentException("An instance id has no '/', '\\', '#', '?' or control character and doesn't begin with '@'.", nameof(instanceId));
        return instanceId;
    }
}
