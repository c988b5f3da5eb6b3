namespace Radiomics.Learning.Tests;

public class FoldsTests
{
    [Fact]
    public void Each_fold_has_its_share_of_each_class()
    {
        var cases = Cases(patients: 61, positiveEvery: 4);
        var folds = StratifiedFolds.Assign(cases, 5, seed: 1);
        for (var fold = 0; fold < 5; fold++)
        {
            var inside = cases.Where((_, i) => folds[i] == fold).ToArray();
            Assert.InRange(inside.Length, 12, 13);
            Assert.InRange(inside.Count(c => c.Label), 3, 4);
        }
    }

    [Fact]
    public void A_patients_studies_stay_in_one_fold()
    {
        var cases = Cases(patients: 60, positiveEvery: 3, studies: 3);
        var folds = StratifiedFolds.Assign(cases, 5, seed: 1);
        Assert.All(cases.Select((c, i) => (c.Patient, Fold: folds[i])).GroupBy(c => c.Patient), patient => Assert.Single(patient.Select(c => c.Fold).Distinct()));
        Assert.All(folds.GroupBy(fold => fold), fold => Assert.InRange(fold.Count(), 33, 39));
    }

    [Fact]
    public void The_order_of_the_cases_plays_no_part()
    {
        var cases = Cases(patients: 40, positiveEvery: 3);
        LearningCase[] reversed = [.. cases.Reverse()];
        Assert.Equal(StratifiedFolds.Assign(cases, 5, seed: 1), StratifiedFolds.Assign(reversed, 5, seed: 1).Reverse());
    }

    [Fact]
    public void Another_seed_gives_other_folds()
    {
        var cases = Cases(patients: 40, positiveEvery: 3);
        Assert.NotEqual(StratifiedFolds.Assign(cases, 5, seed: 1), StratifiedFolds.Assign(cases, 5, seed: 2));
    }

    [Fact]
    public void Each_class_gives_its_share_to_the_test_split()
    {
        var split = HoldoutSplit.Assign(Cases(patients: 90, positiveEvery: 3), 0.3, seed: 1);
        Assert.Equal((9, 18), (Held(split, true), Held(split, false)));
    }

    [Fact]
    public void A_patients_studies_stay_in_one_split()
    {
        var split = HoldoutSplit.Assign(Cases(patients: 30, positiveEvery: 3, studies: 2), 0.3, seed: 1);
        Assert.All(split.GroupBy(c => c.Patient), patient => Assert.Single(patient.Select(c => c.Split).Distinct()));
        Assert.Contains(split, c => c.Split == CohortSplit.Test);
    }

    [Fact]
    public void The_order_of_the_cases_plays_no_part_in_the_split()
    {
        var cases = Cases(patients: 40, positiveEvery: 3);
        LearningCase[] reversed = [.. cases.Reverse()];
        Assert.Equal(HoldoutSplit.Assign(cases, 0.3, seed: 1), HoldoutSplit.Assign(reversed, 0.3, seed: 1).Reverse());
    }

    [Fact]
    public void A_split_that_the_cohort_names_stays()
    {
        LearningCase[] cases = [.. Cases(patients: 40, positiveEvery: 3).Select((c, i) => c with { Split = i < 5 ? CohortSplit.Test : CohortSplit.Train })];
        Assert.Equal(cases, HoldoutSplit.Assign(cases, 0.3, seed: 1));
    }

    [Fact]
    public void Rows_without_a_split_are_divided_around_those_with_one()
    {
        var cases = Cases(patients: 60, positiveEvery: 3, studies: 2);
        var given = new CohortSplit?[cases.Length];
        (given[0], given[7], given[10]) = (CohortSplit.Test, CohortSplit.Train, CohortSplit.Test);
        var split = HoldoutSplit.Assign(cases, given, 0.3, seed: 1);
        Assert.Equal((CohortSplit.Test, CohortSplit.Test), (split[0].Split, split[1].Split));
        Assert.Equal((CohortSplit.Train, CohortSplit.Train), (split[6].Split, split[7].Split));
        Assert.Equal((CohortSplit.Test, CohortSplit.Test), (split[10].Split, split[11].Split));
        Assert.InRange(split.Count(c => c.Split == CohortSplit.Test), 34, 40);
    }

    [Fact]
    public void Neither_split_is_left_without_a_class_that_has_two_patients()
    {
        var split = HoldoutSplit.Assign([.. Cases(patients: 40, positiveEvery: 20)], 0.05, seed: 1);
        Assert.Equal(1, Held(split, true));
        Assert.Equal(0, HoldoutSplit.Assign(Cases(patients: 40, positiveEvery: 3), 0, seed: 1).Count(c => c.Split == CohortSplit.Test));
    }

    private static int Held(IReadOnlyList<LearningCase> cases, bool label) => cases.Count(c => c.Label == label && c.Split == CohortSplit.Test);

    private static LearningCase[] Cases(int patients, int positiveEvery, int studies = 1) =>
    [
        .. from patient in Enumerable.Range(0, patients)
           from study in Enumerable.Range(0, studies)
           select new LearningCase
           {
               StudyUid = $"2.25.{patient:D4}{study}",
               Patient = $"patient-{patient:D4}",
               Label = patient % positiveEvery == 0,
               Batch = "A/3.0T",
               Split = CohortSplit.Train,
           },
    ];
}
