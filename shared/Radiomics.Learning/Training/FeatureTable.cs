using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>A cohort as a table: cases in ordinal order of their subjects, features in ordinal order of their tags.</summary>
internal sealed record FeatureTable
{
    /// <summary>Candidate tags that every case has a value for.</summary>
    public required string[] Names { get; init; }

    /// <summary>A row a case.</summary>
    public required double[][] Values { get; init; }

    /// <summary>A label a case.</summary>
    public required bool[] Labels { get; init; }

    public required string Settings { get; init; }

    public required string SettingsHash { get; init; }

    public required string EngineVersion { get; init; }

    /// <summary>SHA-256 over subjects, labels and values, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <exception cref="RadiomicsException"><c>CohortUnusable</c>, <c>CandidateUnknown</c>.</exception>
    public static FeatureTable From(IReadOnlyList<LabelledFeatures> data, TrainingRequest request)
    {
        var folds = request.Folds;
        var cases = data.OrderBy(c => c.Subject, StringComparer.Ordinal).ToArray();
        Require(folds >= 2, "Cross-validation needs at least two folds.");
        Require(cases.Count(c => c.Label) >= folds && cases.Count(c => !c.Label) >= folds, $"Each class needs at least {folds} cases, one for each fold.");
        Require(cases.Select(c => c.Subject).Distinct(StringComparer.Ordinal).Count() == cases.Length, "A subject is in the cohort twice.");
        Require(
            cases.Select(c => (c.Features.SettingsHash, c.Features.EngineVersion)).Distinct().Count() == 1,
            "The cohort's features come from several extraction settings or engine versions.");
        var first = cases[0].Features;
        RequireKnown(request.Candidates, cases);
        string[] names = [.. first.Features.Keys
            .Where(tag => request.Candidates.Count == 0 || request.Candidates.Contains(tag, StringComparer.Ordinal))
            .Where(tag => cases.All(c => c.Features.Features.GetValueOrDefault(tag) is not null))
            .Order(StringComparer.Ordinal)];
        double[][] values = [.. cases.Select(c => names.Select(tag => c.Features.Features[tag]!.Value).ToArray())];
        return new()
        {
            Names = names,
            Values = values,
            Labels = [.. cases.Select(c => c.Label)],
            Settings = first.Settings.Name,
            SettingsHash = first.SettingsHash,
            EngineVersion = first.EngineVersion,
            Sha256 = Digest(cases, names, values),
        };
    }

    /// <summary>A feature's values in some of the cases.</summary>
    public double[] Column(int feature, int[] cases) => [.. cases.Select(c => Values[c][feature])];

    public static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RadiomicsException("CohortUnusable", detail);
        }
    }

    private static void RequireKnown(IReadOnlyList<string> candidates, LabelledFeatures[] cases)
    {
        string[] unknown = [.. candidates.Where(tag => !cases.Any(c => c.Features.Features.ContainsKey(tag)))];
        if (unknown.Length > 0)
        {
            throw new RadiomicsException("CandidateUnknown", $"The cohort has no feature {string.Join(", ", unknown)}; its settings may leave out the family.");
        }
    }

    private static string Digest(LabelledFeatures[] cases, string[] names, double[][] values)
    {
        var text = new StringBuilder().AppendJoin('\t', names).Append('\n');
        for (var i = 0; i < cases.Length; i++)
        {
            text.Append(cases[i].Subject).Append('\t').Append(cases[i].Label ? '1' : '0');
            foreach (var value in values[i])
            {
                text.Append('\t').Append(value.ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
