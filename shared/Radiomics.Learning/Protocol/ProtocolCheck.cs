using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Says of settings that come from outside whether they are a protocol.</summary>
public static class ProtocolCheck
{
    private const int MaxFolds = 20;
    private const int MaxRepeats = 100;
    private const int MaxTrees = 10_000;
    private const int MaxResamples = 100_000;

    /// <summary>Passes settings that can be worked with.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidProtocol</c>; the sentence names the option.</exception>
    public static void Require(ProtocolSettings settings)
    {
        if (settings is not { FeatureSets: not null, Learners: not null, WinnerFrom: not null, Selection: { Include: not null } selection })
        {
            throw Invalid("No option may be null.");
        }

        Share(settings.TestShare, "testShare", 0, 0.9);
        Within(settings.OuterFolds, "outerFolds", 2, MaxFolds);
        Within(settings.OuterRepeats, "outerRepeats", 1, MaxRepeats);
        Within(settings.InnerFolds, "innerFolds", 2, MaxFolds);
        Set(settings.FeatureSets, "featureSets");
        Set(settings.Learners, "learners");
        Set(settings.WinnerFrom, "winnerFrom");
        if (!settings.WinnerFrom.Intersect(settings.FeatureSets).Any())
        {
            throw Invalid("'winnerFrom' names no feature set that 'featureSets' has candidates of.");
        }

        if (!float.IsFinite(settings.L2) || settings.L2 < 0)
        {
            throw Invalid("'l2' must be 0 or more.");
        }

        Within(settings.Trees, "trees", 1, MaxTrees);
        Within(settings.Bootstraps, "bootstraps", 1, MaxResamples);
        Within(settings.Permutations, "permutations", 0, MaxResamples);
        Within(settings.StabilityPatients, "stabilityPatients", 0, 1000);
        Require(selection);
    }

    private static void Require(SelectionSettings selection)
    {
        foreach (var pattern in selection.Include)
        {
            _ = IncludedNames.Read(pattern ?? throw Invalid("No option may be null."));
        }

        Share(selection.StabilityCutoff, "selection.stabilityCutoff", -1, 1);
        Share(selection.MaxMissing, "selection.maxMissing", 0, 1);
        Share(selection.MaxSameValue, "selection.maxSameValue", 0, 1);
        Share(selection.MaxCorrelation, "selection.maxCorrelation", 0, 1);
        Share(selection.MaxP, "selection.maxP", 0, 1);
        Within(selection.MrmrFeatures, "selection.mrmrFeatures", 1, 10_000);
        Within(selection.Penalties, "selection.penalties", 2, 1000);
        if (selection.SmallestPenalty is not (> 0 and < 1))
        {
            throw Invalid("'selection.smallestPenalty' must lie between 0 and 1.");
        }

        Share(selection.StandardErrors, "selection.standardErrors", 0, 10);
        Within(selection.MaxFeatures, "selection.maxFeatures", 1, 1000);
    }

    private static void Within(int value, string option, int least, int most)
    {
        if (value < least || value > most)
        {
            throw Invalid($"'{option}' must lie between {least} and {most}.");
        }
    }

    private static void Share(double value, string option, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw Invalid(FormattableString.Invariant($"'{option}' must lie between {least} and {most}."));
        }
    }

    private static void Set<T>(IReadOnlyList<T> values, string option)
        where T : struct, Enum
    {
        if (values.Count == 0 || values.Distinct().Count() != values.Count || !values.All(Enum.IsDefined))
        {
            throw Invalid($"'{option}' must name at least one, and each once.");
        }
    }

    private static RadiomicsException Invalid(string detail) => new("InvalidProtocol", $"The protocol can't be used. {detail}");
}
