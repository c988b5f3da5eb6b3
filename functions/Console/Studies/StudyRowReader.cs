using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Radiomics.Pages.Console.Studies;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Console.Studies;

/// <summary>
/// The rows of settled studies. A record is read and held against the audit trail when a page first shows it, and remembered by its version as what a row needs of it: looking again reads nothing. One that was altered is a
/// row that says so.
/// </summary>
public sealed class StudyRowReader(ServedRecords records, ILogger<StudyRowReader> logger)
{
    private const int MostRemembered = 5_000;

    private readonly ConcurrentDictionary<string, (string Version, StudyRow Row)> _rows = new(StringComparer.Ordinal);

    /// <summary>The row of a listed record, if it was read before.</summary>
    public StudyRow? Known(string center, ListedPrediction listed) =>
        _rows.TryGetValue(KeyOf(center, listed), out var known) && known.Version == listed.Version ? known.Row : null;

    /// <summary>The row of a listed record; null if it has gone.</summary>
    public async Task<StudyRow?> ReadAsync(string center, ListedPrediction listed, CancellationToken cancellation)
    {
        if (Known(center, listed) is { } known)
        {
            return known;
        }

        StudyRow row;
        try
        {
            if (await records.TryGetWithTimeAsync(center, listed.Id, cancellation) is not var (status, written))
            {
                return null;
            }

            row = StudyRow.Of(status, written);
        }
        catch (AlteredException e)
        {
            logger.Altered(e.Detail);
            row = StudyRow.Altered(listed, new PredictionError(e.Code, e.Detail));
        }

        if (_rows.Count >= MostRemembered)
        {
            _rows.Clear();
        }

        _rows[KeyOf(center, listed)] = (listed.Version, row);
        return row;
    }

    private static string KeyOf(string center, ListedPrediction listed) => $"{center}/{listed.Id}";
}
