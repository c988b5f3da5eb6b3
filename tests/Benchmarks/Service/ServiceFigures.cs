namespace Benchmarks.Service;

/// <summary>What was measured of a variant.</summary>
internal sealed class ServiceFigures
{
    public List<TimeSpan> ColdStarts { get; } = [];

    public List<(StudyRun Run, StudySteps Steps)> Studies { get; } = [];

    public TimeSpan FourAtOnce { get; set; }

    /// <summary>MB of each process, host first.</summary>
    public double[] OneAtATime { get; set; } = [];

    /// <summary>MB of each process, host first.</summary>
    public double[] FourAtOncePeaks { get; set; } = [];

    /// <summary>Share of a core, emulator included.</summary>
    public double Idle { get; set; }
}
