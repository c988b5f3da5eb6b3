using System.Globalization;
using Radiomics.Cli.Output;
using Radiomics.Extraction;

namespace Radiomics.Cli.Stability;

/// <summary>A report as CSV: a row for each feature; the last columns, the same in each row, say how it was made.</summary>
internal static class StabilityCsv
{
    private static readonly string[] s_made =
        ["measure", "chain", "rotation", "translation", "noise", "volume", "repeats", "seed", "settings", "settings_hash", "engine_version", "tool_version", "cases_failed"];

    /// <summary>The whole table in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of(StabilityReport report) => CsvText.Of(csv =>
    {
        var made = Made(report);
        if (report.Correlations is { } correlations)
        {
            csv.WriteRecord(["feature", "icc", "lower", "upper", "class", "cases", "reason", .. s_made]);
            foreach (var (tag, one) in correlations)
            {
                csv.WriteRecord(
                [
                    tag, Number(one.Estimate?.Value), Number(one.Estimate?.Lower), Number(one.Estimate?.Upper),
                    one.Estimate is { } estimate ? StabilityWords.Of(estimate.Class) : null, Number(one.Cases), one.Reason, .. made,
                ]);
            }
        }
        else
        {
            csv.WriteRecord(["feature", "value", "minimum", "maximum", "quartile_coefficient", "relative_range", "images", "reason", .. s_made]);
            foreach (var (tag, one) in report.Dispersions!)
            {
                csv.WriteRecord(
                [
                    tag, Number(one.Value), Number(one.Minimum), Number(one.Maximum), Number(one.QuartileCoefficient), Number(one.RelativeRange), Number(one.Images),
                    one.Reason, .. made,
                ]);
            }
        }
    });

    private static string?[] Made(StabilityReport report)
    {
        var (request, chain) = (report.Request, report.Request.Chain);
        return
        [
            report.Correlations is null ? "dispersion" : request.FormName, chain.Letters, Number(chain.Rotation), Number(chain.Translation), Number(chain.Noise), Number(chain.Volume),
            Number(request.Repeats), Number(request.Seed), request.Settings.Name, request.Settings.ComputeHash(), FeatureExtractor.EngineVersion, RadiomicsTool.Version,
            Number(report.Failed.Count),
        ];
    }

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
