using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Radiomics.Extraction;

namespace Radiomics.Cli.Output;

/// <summary>What is wrong with a command line, in the tool's own words: which option, what it takes, and what it was given.</summary>
internal static partial class UsageSentences
{
    /// <summary>One sentence a mistake; none if the line can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 && !HasArgumentLikeAnOption(parsed))
        {
            return [];
        }

        var sentences = new List<string>();
        var mistyped = MistypedOptions(parsed);
        sentences.AddRange(mistyped.Select(option => NoOption(parsed, option)));
        var unmatched = parsed.UnmatchedTokens.ToList();
        for (var i = 0; i < unmatched.Count; i++)
        {
            if (unmatched[i].StartsWith('-') && unmatched[i].Length > 1)
            {
                sentences.Add(NoOption(parsed, unmatched[i]));
                // What follows an option that there isn't is its value.
                i += i + 1 < unmatched.Count && !unmatched[i + 1].StartsWith('-') ? 1 : 0;
            }
            else if (mistyped.Count == 0)
            {
                sentences.Add(TooMany(parsed, unmatched[i]));
            }
        }

        foreach (var error in parsed.Errors)
        {
            // What lacks because a word before it was mistyped isn't told as well.
            if (Sentence(parsed, error, isMistyped: sentences.Count > 0) is { } sentence && !sentences.Contains(sentence))
            {
                sentences.Add(sentence);
            }
        }

        return sentences;
    }

    /// <summary>
    /// Lets no check of the tool's own ask for a value that can't be read: the parser throws at that, and has the mistake among its errors anyway.
    /// </summary>
    public static void Guard(Command command)
    {
        for (var i = 0; i < command.Validators.Count; i++)
        {
            command.Validators[i] = Guarded(command.Validators[i]);
        }

        foreach (var option in command.Options)
        {
            for (var i = 0; i < option.Validators.Count; i++)
            {
                option.Validators[i] = Guarded(option.Validators[i]);
            }
        }

        foreach (var sub in command.Subcommands)
        {
            Guard(sub);
        }
    }

    private static Action<T> Guarded<T>(Action<T> check)
        where T : SymbolResult => result =>
        {
            try
            {
                check(result);
            }
            catch (InvalidOperationException)
            {
                // What can't be read of the line is told by the parser.
            }
        };

    /// <summary>Asked of every line, so without what takes time to begin with.</summary>
    private static bool HasArgumentLikeAnOption(ParseResult parsed)
    {
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Sentence(ParseResult parsed, ParseError error, bool isMistyped)
    {
        var message = error.Message;
        if (message.StartsWith("Unrecognized command or argument", StringComparison.Ordinal) || NotMatched().IsMatch(message))
        {
            return null;
        }

        if (message.StartsWith("Required command was not provided", StringComparison.Ordinal))
        {
            var command = parsed.CommandResult.Command;
            var path = command is RootCommand ? "radiomics" : $"radiomics {command.Name}";
            return isMistyped ? null : $"'{path}' needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}.";
        }

        if (CannotParse().Match(message) is { Success: true } bad)
        {
            var name = bad.Groups["name"].Value;
            return Symbol(parsed, error, name) switch
            {
                Option option => $"{option.Name} must be {Kind(option.ValueType, bad.Groups["value"].Value)}, not '{bad.Groups["value"].Value}'.",
                Argument argument => $"{argument.Name} must be {Kind(argument.ValueType, bad.Groups["value"].Value)}, not '{bad.Groups["value"].Value}'.",
                _ => $"'{bad.Groups["value"].Value}' can't be a value of {name}.",
            };
        }

        if (NotAmong().Match(message) is { Success: true } foreign)
        {
            var option = (error.SymbolResult as OptionResult)?.Option ?? (error.SymbolResult?.Parent as OptionResult)?.Option;
            var known = option is null ? "" : string.Join(", ", option.GetCompletions(CompletionContext.Empty).Select(item => item.Label));
            return option is null ? $"'{foreign.Groups[1].Value}' is none of the values that there are." : $"{option.Name} must be one of {known}, not '{foreign.Groups[1].Value}'.";
        }

        if (OptionMissing().Match(message) is { Success: true } missing)
        {
            return $"{missing.Groups[1].Value} is missing.";
        }

        if (ArgumentMissing().Match(message) is { Success: true } without)
        {
            return without.Groups[1].Value == "option"
                ? $"{without.Groups[2].Value} needs a value."
                : isMistyped ? null : $"{MissingArgument(parsed, error)} is missing.";
        }

        if (TooManyValues().Match(message) is { Success: true } many)
        {
            return $"{many.Groups[1].Value} takes one value.";
        }

        return NoResponseFile().Match(message) is { Success: true } file ? $"There is no file '{file.Groups[1].Value}' with arguments." : message;
    }

    private static object? Symbol(ParseResult parsed, ParseError error, string name)
    {
        for (var result = error.SymbolResult; result is not null; result = result.Parent)
        {
            if (result is OptionResult { Option: var option })
            {
                return option;
            }

            if (result is ArgumentResult { Argument: var argument } && result.Parent is CommandResult)
            {
                return argument;
            }
        }

        return Options(parsed).FirstOrDefault(option => option.Name == name);
    }

    private static string Kind(Type type, string value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        type = type.IsArray ? type.GetElementType()! : type;
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? "a whole number that isn't so large" : "a whole number",
            TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
            TypeCode.Boolean => "true or false",
            TypeCode.DateTime => "a date",
            _ when type == typeof(DateTimeOffset) || type == typeof(DateOnly) => "a date",
            _ when type == typeof(TimeSpan) => "a time such as 00:05:00",
            _ when type == typeof(Guid) => "an id of 32 hexadecimal digits",
            _ when type == typeof(Uri) => "a URL",
            _ => "a value that fits",
        };
    }

    /// <summary>Arguments that look like options, for which the parser takes any word; behind <c>--</c> they are meant so.</summary>
    private static List<string> MistypedOptions(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? [] :
    [
        .. parsed.CommandResult.Children.OfType<ArgumentResult>().Where(result => result.Argument.Arity.MaximumNumberOfValues > 0).SelectMany(result => result.Tokens)
            .Select(token => token.Value).Where(value => value.StartsWith("--", StringComparison.Ordinal) && value.Length > 2),
    ];

    private static string NoOption(ParseResult parsed, string word)
    {
        var name = word.Split('=', 2)[0];
        var near = Near(name, Options(parsed).Select(option => option.Name));
        return near is null ? $"There is no option '{name}'." : $"There is no option '{name}'; there is {near}.";
    }

    private static string TooMany(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0)
        {
            return $"'{word}' is one argument too many.";
        }

        var near = Near(word, command.Subcommands.Select(sub => sub.Name));
        return near is null ? $"There is no command '{word}'." : $"There is no command '{word}'; there is {near}.";
    }

    private static string? Near(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Spelling.Distance(word, name)))
        .Where(pair => pair.Distance <= Math.Max(2, word.Length / 3))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => pair.Name)
        .FirstOrDefault();

    private static string MissingArgument(ParseResult parsed, ParseError error) =>
        (error.SymbolResult as ArgumentResult)?.Argument.Name
        ?? parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name
        ?? "An argument";

    private static IEnumerable<Option> Options(ParseResult parsed)
    {
        foreach (var option in parsed.CommandResult.Command.Options)
        {
            yield return option;
        }

        for (var result = parsed.CommandResult.Parent; result is not null; result = result.Parent)
        {
            foreach (var option in ((result as CommandResult)?.Command.Options ?? []).Where(option => option.Recursive))
            {
                yield return option;
            }
        }
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>[\\s\\S]*?)' for (?:option|command|argument) '(?<name>[^']*)' as expected type", RegexOptions.CultureInvariant)]
    private static partial Regex CannotParse();

    [GeneratedRegex("^Argument '([\\s\\S]*?)' not recognized\\. Must be one of", RegexOptions.CultureInvariant)]
    private static partial Regex NotAmong();

    [GeneratedRegex("^Option '([^']*)' is required\\.", RegexOptions.CultureInvariant)]
    private static partial Regex OptionMissing();

    [GeneratedRegex("^Required argument missing for (command|option): '([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex ArgumentMissing();

    [GeneratedRegex("^Option '([^']*)' expects a single argument", RegexOptions.CultureInvariant)]
    private static partial Regex TooManyValues();

    [GeneratedRegex("was not matched\\. Did you mean", RegexOptions.CultureInvariant)]
    private static partial Regex NotMatched();

    [GeneratedRegex("^Response file not found '([\\s\\S]*)'", RegexOptions.CultureInvariant)]
    private static partial Regex NoResponseFile();
}
