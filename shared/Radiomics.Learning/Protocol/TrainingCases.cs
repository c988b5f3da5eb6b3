using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>Whether there is enough to train on.</summary>
internal static class TrainingCases
{
    /// <summary>The data with its cases in ordinal order of their studies, so that the order in which they came plays no part.</summary>
    public static SequenceData Check(SequenceData data, ProtocolSettings settings)
    {
        if (data.Cases.Any(c => c.Split == CohortSplit.Test))
        {
            throw new ArgumentException("Cases of the test split are not for training.", nameof(data));
        }

        Require(
            data.Cases.Select(c => c.StudyUid).Distinct(StringComparer.Ordinal).Count() == data.Cases.Count,
            $"A study is in the cohort twice ({data.Sequence}).");
        var patients = PatientGroup.Of(data.Cases);
        var (positive, negative) = (patients.Count(patient => patient.Positive), patients.Count(patient => !patient.Positive));
        var needed = PatientsNeeded(settings);
        Require(
            Math.Min(positive, negative) >= needed,
            $"Training {data.Sequence} with {settings.OuterFolds} outer and {settings.InnerFolds} inner folds needs at least {needed} patients of each class in "
            + $"the training split; {positive} with and {negative} without the outcome are there.");
        foreach (var pattern in settings.Selection.Include)
        {
            Require(
                IncludedNames.Match(data.Radiomics.Names, [pattern]).Contains(true),
                $"No feature of {data.Sequence} is called '{pattern}', as the protocol's Selection.Include wants; the extraction settings may leave out its family.");
        }

        return data.InOrder();
    }

    /// <summary>The least number of patients of a class with which every outer fold holds one and every inner fold one of the others.</summary>
    private static int PatientsNeeded(ProtocolSettings settings)
    {
        var needed = settings.OuterFolds;
        while (needed - (needed + settings.OuterFolds - 1) / settings.OuterFolds < settings.InnerFolds)
        {
            needed++;
        }

        return needed;
    }

    private static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RadiomicsException("CohortUnusable", detail);
        }
    }
}
