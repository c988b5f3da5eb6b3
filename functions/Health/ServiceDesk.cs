using System.Reflection;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pages.Console.Service;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Health;

/// <summary>Gathers what a center may know of how the service is.</summary>
public sealed class ServiceDesk(Readiness readiness, TurnDesk turns, TimeProvider clock)
{
    private static readonly (string, string)[] s_versions =
    [
        ("Service", typeof(ServiceDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
        ("Extraction engine", FeatureExtractor.EngineVersion),
        ("Ingest", StudyReader.IngestVersion),
        ("Learning", LearningVersion.Current),
    ];

    /// <summary>How the service is. Where storage doesn't answer, nobody is known to be at work.</summary>
    public async Task<ServiceView> LookAsync(string center, CancellationToken cancellation)
    {
        var report = await readiness.ReportAsync(cancellation);
        List<ServiceLine> lines = [];
        foreach (var kind in Enum.GetValues<TurnKind>())
        {
            var book = report.Status == "broken" ? TurnBook.Empty : await turns.ReadAsync(kind);
            lines.Add(new(kind, OwnOf(book.Holders, center), OwnOf(book.Waiting, center)));
        }

        return new(report.Status, [.. report.Checks.Select(check => new ServiceCheck(check.Name, check.Status, check.Detail))], lines, s_versions, clock.GetUtcNow().UtcDateTime);
    }

    private static List<TurnEntry> OwnOf(IReadOnlyList<TurnEntry> entries, string center) => [.. entries.Where(entry => entry.Center == center)];
}
