namespace Radiomics.Learning;

/// <summary>Whether the nested procedure would have done as well if labels meant nothing.</summary>
internal static class PermutationTest
{
    /// <summary>
    /// The whole procedure on shuffled labels; its statistic is the best mean AUC among the sequence's candidates that could have won, as the winner was
    /// chosen. Patients swap all their labels with a patient of as many cases, so that groups stay exchangeable.
    /// </summary>
    public static PermutationCard? Test(
        SequenceData training, SequenceTraining trained, CandidateResult winner, ProtocolSettings settings, CancellationToken cancellation, IProgress<string>? progress)
    {
        if (settings.Permutations == 0)
        {
            return null;
        }

        Candidate[] candidates = [.. trained.Candidates.Select(result => result.Candidate).Where(c => settings.WinnerFrom.Contains(c.FeatureSet))];
        var best = new double[settings.Permutations];
        for (var p = 0; p < best.Length; p++)
        {
            progress?.Report($"{training.Sequence}: permutation {p + 1} of {best.Length}");
            var shuffled = Shuffle(training, new Random(Seeds.Derive(settings.Seed, "permutation", p)));
            best[p] = NestedCrossValidation.Run(
                shuffled.Cases, candidates, settings, fold => new(shuffled, fold.Training, fold.Held), cancellation).Max(result => result.CvAuc);
        }

        return new(best.Length, best.Average(), Permutation.PValue(winner.CvAuc, best));
    }

    /// <summary>The same values under labels dealt out anew.</summary>
    public static SequenceData Shuffle(SequenceData data, Random random)
    {
        var labels = data.Cases.Select(c => c.Label).ToArray();
        foreach (var group in PatientGroup.Of(data.Cases).GroupBy(patient => patient.Cases.Count).OrderBy(group => group.Key))
        {
            PatientGroup[] patients = [.. group];
            int[] from = [.. Enumerable.Range(0, patients.Length)];
            random.Shuffle(from);
            for (var i = 0; i < patients.Length; i++)
            {
                for (var c = 0; c < group.Key; c++)
                {
                    labels[patients[i].Cases[c]] = data.Cases[patients[from[i]].Cases[c]].Label;
                }
            }
        }

        return data with { Cases = [.. data.Cases.Select((c, i) => c with { Label = labels[i] })] };
    }
}
