namespace EndToEnd.Tests.Kills;

/// <summary>Which process is killed, and when: at a moment of a phase between its begin (0) and its end (1).</summary>
internal sealed record Kill(Victim Victim, Phase Phase, double Moment)
{
    /// <summary>
    /// The kill to try after this one came too late for a study <paramref name="misses"/> times: earlier in its phase, and from the third miss on in the phase
    /// before, which takes longer.
    /// </summary>
    public Kill Earlier(int misses)
    {
        var phase = Math.Max(0, Phase.InOrder.ToList().IndexOf(Phase) - Math.Max(0, misses - 2));
        return this with { Phase = Phase.InOrder[phase], Moment = Moment / Math.Pow(2, Math.Min(misses, 2)) };
    }

    /// <summary>The kinds in turn, and over fifteen kills each kind in each phase; the first three hit a study that is well under way.</summary>
    public static IEnumerable<Kill> Plan(int count, int seed)
    {
        Phase[] phases = [Phase.Extraction, Phase.Ingest, Phase.Publishing, Phase.Door, Phase.Prediction];
        var random = new Random(seed);
        for (var n = 0; n < count; n++)
        {
            yield return new Kill((Victim)(n % 3), phases[(n + (n / 3)) % phases.Length], random.NextDouble());
        }
    }
}
