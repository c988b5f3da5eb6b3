namespace EndToEnd.Tests.Faults;

/// <summary>All that is decided of a run by its seed: what goes wrong and when, in which order studies are sent, and how their events are delivered.</summary>
internal sealed record FaultSchedule
{
    private const int StepsEach = 4;

    private static readonly int s_kinds = Enum.GetValues<FaultKind>().Length;

    public required int Seed { get; init; }

    /// <summary>What goes wrong, in the order of time.</summary>
    public required IReadOnlyList<FaultStep> Steps { get; init; }

    /// <summary>In which order the studies are sent, by their place in <see cref="Mail"/>.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>
    /// Whether the hosts' own watchers announce blobs, each at once and again if it comes to nothing, besides what the schedule delivers. If not, blobs are announced as by Event Grid:
    /// until a host has taken the event, and never again.
    /// </summary>
    public required bool Watched { get; init; }

    /// <summary>Longer than the messages and leases of a host that is gone are kept from others (a minute, in <c>host.json</c>).</summary>
    public static TimeSpan Takeover { get; } = TimeSpan.FromSeconds(75);

    /// <summary>Writes that an undisturbed run makes, or somewhat fewer, so that all faults fall into the work.</summary>
    public const int Writes = 260;

    /// <summary>The one in which nothing goes wrong.</summary>
    public static FaultSchedule Undisturbed { get; } = new() { Seed = 0, Steps = [], Order = [.. Enumerable.Range(0, Mail.Count)], Watched = true };

    /// <summary>
    /// The schedule of a seed. Kinds are dealt like cards: of seeds that follow one another each kind comes up before one comes up again, and each time with others.
    /// </summary>
    public static FaultSchedule Of(int seed)
    {
        var random = new Random(seed);
        var steps = Enumerable.Range(seed * StepsEach, StepsEach).Select(card => NewStep(KindOf(card), random)).OrderBy(step => step.AfterWrites).ToList();
        var order = Enumerable.Range(0, Mail.Count).ToArray();
        random.Shuffle(order);
        return new FaultSchedule { Seed = seed, Steps = steps, Order = order, Watched = random.Next(2) == 0 };
    }

    public override string ToString() =>
        $"Seed {Seed}: studies in the order {string.Join(' ', Order)}, announced {(Watched ? "by the hosts and" : "only")} twice, late and out of order\n"
        + string.Join('\n', Steps.Select((step, n) => $"  {n + 1}. {step}"));

    private static FaultKind KindOf(int card)
    {
        var deck = Enum.GetValues<FaultKind>();
        new Random(card / s_kinds).Shuffle(deck);
        return deck[card % s_kinds];
    }

    private static FaultStep NewStep(FaultKind kind, Random random) => new()
    {
        Kind = kind,
        AfterWrites = random.Next(1, Writes),
        Host = random.Next(2),
        Requests = random.Next(20, 150),
        Share = 0.1 + (0.6 * random.NextDouble()),
        Milliseconds = kind == FaultKind.StorageSlow ? random.Next(100, 1500) : random.Next(300, 4000),
        Seconds = random.Next(5, 14 * 60) * (random.Next(2) == 0 ? 1 : -1),
        Seed = random.Next(),
    };
}
