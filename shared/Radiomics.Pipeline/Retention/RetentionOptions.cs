using System.ComponentModel.DataAnnotations;

namespace Radiomics.Pipeline;

/// <summary>
/// The settings <c>Radiomics__Retention__…</c>: how long what is kept. They are no part of the centers' profiles, since a profile's digest says by which rules a prediction was made,
/// and how long it is kept is none of them.
/// </summary>
public sealed record RetentionOptions
{
    /// <summary>Whether what has expired is deleted. If not, it is counted only; and so it is once after each change of the periods, or of this.</summary>
    public bool Delete { get; init; }

    /// <summary>For centers that have no period of their own, and for what belongs to none.</summary>
    public RetentionPeriods Days { get; init; } = new();

    /// <summary>By center; what a center doesn't name is as for all.</summary>
    public IReadOnlyDictionary<string, RetentionPeriods> Centers { get; init; } = new Dictionary<string, RetentionPeriods>();

    /// <summary>Messages of uploads that could not be announced, which name blobs, in the queue `webjobs-blobtrigger-poison`. 0 or nothing: as long as the host lets them lie.</summary>
    [Range(0, int.MaxValue)]
    public int? PoisonDays { get; init; }

    /// <summary>How many things a run deletes at most, so that it ends within the time that a function has; the rest goes the next night.</summary>
    [Range(1, int.MaxValue)]
    public int MaxThings { get; init; } = 5_000;

    /// <summary>How many receipts and keys a run looks at at most; it has to read them. The next goes on after those.</summary>
    [Range(1, int.MaxValue)]
    public int MaxReceipts { get; init; } = 20_000;

    /// <summary>What <see cref="PoisonDays"/> is called where periods are named.</summary>
    internal const string Poison = "Poison";

    /// <summary>The periods of all, and those of centers that have their own.</summary>
    internal IEnumerable<RetentionPeriods> Periods => Centers.Keys.Select(Of).Append(Days);

    /// <summary>What holds for a center, known or not.</summary>
    public RetentionPeriods Of(string center) => Centers.TryGetValue(center, out var own) ? own.Over(Days) : Days;

    /// <summary>Says what is wrong with the settings beside what their attributes say; empty if nothing is.</summary>
    /// <param name="centers">The known centers.</param>
    internal IEnumerable<SettingFault> Check(IEnumerable<string> centers) =>
        Centers.Keys.Except(centers, StringComparer.Ordinal).Select(center => new SettingFault($"Radiomics__Retention__Centers__{center}", "names a center that has no profile."));
}

/// <summary>Days for which things are kept since they were last written. 0 or nothing: for good. Models, cohorts and the audit trail are kept for good whatever is set.</summary>
public sealed record RetentionPeriods
{
    /// <summary>Complete uploads in <c>incoming</c>: zips, and folders closed by <c>_ready</c>.</summary>
    [Range(0, int.MaxValue)]
    public int? Incoming { get; init; }

    /// <summary>What lies in <c>incoming</c> and completes no upload.</summary>
    [Range(0, int.MaxValue)]
    public int? Junk { get; init; }

    /// <summary>What came by HTTP or from a DICOM service; what could not be used stays as long as the reason is in quarantine.</summary>
    [Range(0, int.MaxValue)]
    public int? Requests { get; init; }

    /// <summary>Why something could not be used, and the copy of what came by blob.</summary>
    [Range(0, int.MaxValue)]
    public int? Quarantine { get; init; }

    /// <summary>Receipts of uploads, which hold the names that hospitals gave them, and of Idempotency-Keys.</summary>
    [Range(0, int.MaxValue)]
    public int? Uploads { get; init; }

    /// <summary>Stamps of studies in DICOM services, with their original UIDs, encrypted.</summary>
    [Range(0, int.MaxValue)]
    public int? Arrivals { get; init; }

    /// <summary>De-identified volumes, but for those that a retraining has used.</summary>
    [Range(0, int.MaxValue)]
    public int? Studies { get; init; }

    /// <summary>Features, but for those that a retraining has used.</summary>
    [Range(0, int.MaxValue)]
    public int? Features { get; init; }

    /// <summary>Prediction records with their reports.</summary>
    [Range(0, int.MaxValue)]
    public int? Predictions { get; init; }

    /// <summary>Histories of orchestrations that have ended.</summary>
    [Range(0, int.MaxValue)]
    public int? Histories { get; init; }

    /// <summary>These, and the others' where there are none.</summary>
    public RetentionPeriods Over(RetentionPeriods others) => new()
    {
        Incoming = Incoming ?? others.Incoming,
        Junk = Junk ?? others.Junk,
        Requests = Requests ?? others.Requests,
        Quarantine = Quarantine ?? others.Quarantine,
        Uploads = Uploads ?? others.Uploads,
        Arrivals = Arrivals ?? others.Arrivals,
        Studies = Studies ?? others.Studies,
        Features = Features ?? others.Features,
        Predictions = Predictions ?? others.Predictions,
        Histories = Histories ?? others.Histories,
    };

    /// <summary>The periods by name.</summary>
    internal IReadOnlyList<(string Name, int? Days)> ByName() =>
    [
        (nameof(Incoming), Incoming), (nameof(Junk), Junk), (nameof(Requests), Requests), (nameof(Quarantine), Quarantine), (nameof(Uploads), Uploads),
        (nameof(Arrivals), Arrivals), (nameof(Studies), Studies), (nameof(Features), Features), (nameof(Predictions), Predictions), (nameof(Histories), Histories),
    ];
}
