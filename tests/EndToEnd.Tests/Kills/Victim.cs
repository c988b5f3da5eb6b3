namespace EndToEnd.Tests.Kills;

/// <summary>Which process is killed.</summary>
public enum Victim
{
    /// <summary>The host; its worker ends with it.</summary>
    Host,

    /// <summary>The worker; its host starts another one.</summary>
    Worker,

    /// <summary>Both at once, as when the machine loses power.</summary>
    Both,
}
