namespace Radiomics.Pipeline;

/// <summary>Which lines of a segment are in their places, by their numbers and hashes, and what is wrong with those that aren't: taken out, put in or moved.</summary>
internal sealed class SegmentPlaces
{
    private readonly List<AuditBreak> _findings = [];
    private readonly List<Gap> _gaps = [];

    // What a line must be numbered that continues the last one in its place, or the last one of all; null where nothing may follow.
    private int? _afterTip = 1;
    private int? _afterPrevious = 1;

    private int Next => Math.Max(_afterTip ?? int.MaxValue, _afterPrevious ?? int.MaxValue);

    /// <summary>What was found. A line that was missed, and then came, was moved and not taken out.</summary>
    public List<AuditBreak> Findings => [.. _findings.Except(_gaps.Where(gap => gap.Missing == 0).Select(gap => gap.Finding))];

    /// <summary>Notes what is wrong.</summary>
    public void Found(AuditBreak finding) => _findings.Add(finding);

    /// <summary>Whether a line continues the last one that was in its place.</summary>
    public bool ContinuesTip(AuditLine line, AuditLine? tip) => Continues(line, tip, _afterTip);

    /// <summary>Whether a line continues the one before it.</summary>
    public bool ContinuesPrevious(AuditLine line, AuditLine? previous) => Continues(line, previous, _afterPrevious);

    /// <summary>Told each line once it was looked at.</summary>
    public void Passed(AuditLine line) => _afterPrevious = After(line);

    /// <summary>Told each line that is in its place.</summary>
    public void Took(AuditLine line) => _afterTip = After(line);

    /// <summary>Says what became of a line, signed as it may be, that continues no other.</summary>
    /// <param name="line">The line.</param>
    /// <param name="segment">Where it is.</param>
    /// <param name="number">Which one it is there, from 1.</param>
    /// <param name="isFirstOfAll">Whether no line of the chain comes before it.</param>
    /// <returns>Whether the chain goes on behind it, and not behind the one before it.</returns>
    public bool Misplaced(AuditLine line, AuditSegment segment, int number, bool isFirstOfAll)
    {
        void Is(string reason) => Found(new(segment.Blob, number, reason));

        if (line.Center != segment.Center)
        {
            Is(AuditReasons.OtherCenter);
            return false;
        }

        if (line.Line < Next)
        {
            Is(_gaps.Any(gap => gap.Return(line.Line)) ? AuditReasons.EventMoved : AuditReasons.EventInserted);
            return false;
        }

        if (line.Line == Next)
        {
            Is(isFirstOfAll ? AuditReasons.MissingSegment : AuditReasons.ChainBroken);
        }
        else
        {
            var gap = new Gap(Next, line.Line - 1, new(segment.Blob, number, AuditReasons.EventRemoved));
            _gaps.Add(gap);
            Found(gap.Finding);
        }

        Took(line);
        return true;
    }

    private static bool Continues(AuditLine line, AuditLine? before, int? number) => line.Line == number && line.PreviousHash == (before?.Hash ?? AuditLine.Genesis);

    private static int? After(AuditLine line) => line.IsClosing ? null : line.Line + 1;

    private sealed class Gap(int from, int until, AuditBreak finding)
    {
        private readonly HashSet<int> _returned = [];

        public AuditBreak Finding => finding;

        public int Missing => until - from + 1 - _returned.Count;

        /// <summary>Whether a line was missing here until now.</summary>
        public bool Return(int line) => line >= from && line <= until && _returned.Add(line);
    }
}
