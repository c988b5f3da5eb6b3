namespace RadiomicsFunctions.Console.Studies;

/// <summary>A study that isn't settled.</summary>
/// <param name="Id">The prediction.</param>
/// <param name="Since">Since when it has its turn, or waits; of one that hasn't asked yet, when it came.</param>
/// <param name="Ahead">How many of its center are before it; null: it has its turn, or hasn't asked yet.</param>
/// <param name="IsInBook">Whether the book of turns names it; else only its orchestration says that it isn't through.</param>
public sealed record StudyUnderWay(string Id, DateTimeOffset Since, int? Ahead, bool IsInBook);
