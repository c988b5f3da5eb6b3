using Microsoft.DurableTask.Client;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;
using RadiomicsFunctions.Predictions;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>The list of a center's studies. Of what is settled, only the records of the page that is shown are read.</summary>
public sealed class StudyList(CenterProfiles profiles, StudiesUnderWay turns, SettledStudies settled, StudyRowReader reader, PredictionQuery query, TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <summary>A page of the list.</summary>
    /// <exception cref="Radiomics.Extraction.RadiomicsException"><c>UnknownCenter</c>.</exception>
    public async Task<StudyListView> FindAsync(DurableTaskClient client, string center, StudyFilter filter, CancellationToken cancellation)
    {
        profiles.Get(center);
        var underWay = await turns.OfAsync(client, center, cancellation);
        var listed = await settled.OfAsync(center, underWay.Select(study => study.Id).ToHashSet(StringComparer.Ordinal), cancellation);

        // What only its orchestration tells of may have been settled since it was asked.
        var written = underWay.Any(study => !study.IsInBook) ? listed.ToDictionary(record => record.Id, record => record.Written, StringComparer.Ordinal) : [];
        StudyUnderWay[] active = [.. underWay.Where(study => Begins(study.Id, filter) && (study.IsInBook || !(written.TryGetValue(study.Id, out var when) && when >= study.Since)))];
        var ids = active.Select(study => study.Id).ToHashSet(StringComparer.Ordinal);
        ListedPrediction[] rest = [.. listed.Where(record => !ids.Contains(record.Id) && (Begins(record.Id, filter) || (record.StudyUid is { } uid && Begins(uid, filter))))];
        var counts = new Dictionary<StudyGroup, int> { [StudyGroup.UnderWay] = active.Length, [StudyGroup.Succeeded] = rest.Count(record => GroupOf(center, record) == StudyGroup.Succeeded) };
        counts[StudyGroup.Failed] = rest.Length - counts[StudyGroup.Succeeded];

        Entry[] entries =
        [
            .. filter.Group is null or StudyGroup.UnderWay ? active.Select(study => new Entry(study, null)) : [],
            .. filter.Group == StudyGroup.UnderWay ? [] : rest.Where(record => filter.Group is null || GroupOf(center, record) == filter.Group).Select(record => new Entry(null, record)),
        ];
        var pages = Math.Max(1, (entries.Length + StudyListView.PageSize - 1) / StudyListView.PageSize);
        filter = filter with { Page = Math.Min(filter.Page, pages) };
        var shown = entries.Skip((filter.Page - 1) * StudyListView.PageSize).Take(StudyListView.PageSize).ToArray();
        return new StudyListView
        {
            Filter = filter,
            Rows = await RowsAsync(client, center, shown, cancellation),
            Counts = counts,
            Running = active.Count(study => study.Ahead is null),
            Pages = pages,
            Now = clock.GetUtcNow(),
        };
    }

    private static bool Begins(string id, StudyFilter filter) => id.StartsWith(filter.Prefix, StringComparison.OrdinalIgnoreCase);

    // The index by study names what was predicted. Only a fault between the index and the record makes it wrong, until the record has been read.
    private StudyGroup GroupOf(string center, ListedPrediction record) =>
        (reader.Known(center, record)?.State ?? (record.StudyUid is null ? PredictionState.Failed : PredictionState.Succeeded)) == PredictionState.Succeeded ? StudyGroup.Succeeded : StudyGroup.Failed;

    private async Task<IReadOnlyList<StudyRow>> RowsAsync(DurableTaskClient client, string center, Entry[] shown, CancellationToken cancellation)
    {
        var rows = new StudyRow?[shown.Length];
        await Parallel.ForAsync(0, shown.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
            rows[i] = shown[i] switch
            {
                { Settled: { } record } => await reader.ReadAsync(center, record, token),
                { UnderWay: { IsInBook: true, Ahead: { } ahead } waiting } => new StudyRow { Id = waiting.Id, State = PredictionState.Queued, Since = waiting.Since, Ahead = ahead },
                { UnderWay: { } study } => await UnderWayAsync(client, center, study, token),
                _ => null,
            });
        return [.. rows.OfType<StudyRow>()];
    }

    private async Task<StudyRow?> UnderWayAsync(DurableTaskClient client, string center, StudyUnderWay study, CancellationToken cancellation)
    {
        try
        {
            return await query.TryGetAsync(client, center, study.Id, cancellation) is { } status ? StudyRow.Of(status, study.Since) : null;
        }
        catch (AlteredException e)
        {
            return StudyRow.Altered(new ListedPrediction(study.Id, study.Since, "", null), new PredictionError(e.Code, e.Detail));
        }
    }

    private sealed record Entry(StudyUnderWay? UnderWay, ListedPrediction? Settled);
}
