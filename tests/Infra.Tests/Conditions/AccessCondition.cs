using System.Text.RegularExpressions;

namespace Infra.Tests.Conditions;

/// <summary>
/// A condition of a role assignment (Azure ABAC, version 2.0), as far as this project's go: AND, OR, ! (or NOT), parentheses, ActionMatches, SubOperationMatches,
/// StringEquals and StringStartsWith on attributes of request and resource. AND binds tighter than OR. An attribute that isn't there compares false.
/// </summary>
internal sealed partial class AccessCondition
{
    private readonly string[] _tokens;
    private readonly Func<AccessRequest, bool> _holds;
    private int _next;

    private AccessCondition(string text)
    {
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (Token().Replace(text, "").Trim() is { Length: > 0 } rest)
        {
            throw new FormatException($"'{rest}' in the condition is nothing that is known here.");
        }

        _holds = Either();
        if (_next < _tokens.Length)
        {
            throw new FormatException($"'{_tokens[_next]}' is too much in the condition: {text}");
        }
    }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">It is none, or has something that isn't known here.</exception>
    public static AccessCondition Parse(string text) => new(text);

    /// <summary>Whether the request meets it.</summary>
    public bool Allows(AccessRequest request) => _holds(request);

    private Func<AccessRequest, bool> Either()
    {
        var left = Both();
        while (Take("OR"))
        {
            var (one, other) = (left, Both());
            left = request => one(request) || other(request);
        }

        return left;
    }

    private Func<AccessRequest, bool> Both()
    {
        var left = Single();
        while (Take("AND"))
        {
            var (one, other) = (left, Single());
            left = request => one(request) && other(request);
        }

        return left;
    }

    private Func<AccessRequest, bool> Single()
    {
        if (Take("!") || Take("NOT"))
        {
            var inner = Single();
            return request => !inner(request);
        }

        if (Take("("))
        {
            var inner = Either();
            return Take(")") ? inner : throw new FormatException("A parenthesis isn't closed.");
        }

        var token = Next();
        if (token is "ActionMatches" or "SubOperationMatches")
        {
            var name = Braces().Match(Next()).Groups[1].Value;
            return token == "ActionMatches"
                ? request => string.Equals(request.Action, name, StringComparison.OrdinalIgnoreCase)
                : request => string.Equals(request.SubOperation, name, StringComparison.OrdinalIgnoreCase);
        }

        if (Attribute().Match(token) is not { Success: true } attribute)
        {
            throw new FormatException($"'{token}' begins no rule.");
        }

        var (ofRequest, key, comparison, value) = (attribute.Groups[1].Value == "Request", attribute.Groups[2].Value, Next(), Next().Trim('\''));
        Func<string, bool> fits = comparison switch
        {
            "StringEquals" => actual => actual == value,
            "StringStartsWith" => actual => actual.StartsWith(value, StringComparison.Ordinal),
            _ => throw new FormatException($"'{comparison}' is no comparison that is known here."),
        };
        return request => (ofRequest ? request.Request : request.Resource).TryGetValue(key, out var actual) && fits(actual);
    }

    private string Next() => _next < _tokens.Length ? _tokens[_next++] : throw new FormatException("The condition breaks off.");

    private bool Take(string token)
    {
        if (_next >= _tokens.Length || _tokens[_next] != token)
        {
            return false;
        }

        _next++;
        return true;
    }

    [GeneratedRegex(@"[()!]|\{'[^']*'\}|'[^']*'|@\w+\[[^\]]+\]|\w+")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\{'([^']*)'\}$")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^@(Request|Resource)\[([^\]]+)\]$")]
    private static partial Regex Attribute();
}
