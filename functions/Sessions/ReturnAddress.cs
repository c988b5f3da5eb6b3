namespace RadiomicsFunctions.Sessions;

/// <summary>Where somebody goes on after signing in: a page of this service, whatever a link says.</summary>
internal static class ReturnAddress
{
    /// <summary>The beginning.</summary>
    public const string Home = "/";

    private const int MaxLength = 2048;

    /// <summary>The address if it is one of this service, path and query; else <see cref="Home"/>.</summary>
    public static string Of(string? asked) => IsLocal(asked) ? asked! : Home;

    // What browsers take for another host's address they take for one with one slash and a host's name behind it: //host, /\host, and with tabs and line ends in between, which they leave out.
    private static bool IsLocal(string? asked) =>
        asked is { Length: > 0 and <= MaxLength } && asked[0] == '/' && (asked.Length == 1 || asked[1] != '/') && asked.All(c => c is > ' ' and < '\x7f' and not '\\');
}
