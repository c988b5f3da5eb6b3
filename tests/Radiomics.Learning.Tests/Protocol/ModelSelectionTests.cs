using System.Text;
using Radiomics.Extraction;

namespace Radiomics.Learning.Tests;

public class ModelSelectionTests
{
    private static readonly ProtocolSettings Quick = PlantedSequences.Quick;

    [Fact]
    public void A_planted_signal_is_found_in_its_sequence_and_its_features_and_holds_on_the_test_split()
    {
        var (_, package) = PlantedSequences.Run([
            PlantedSequences.Generate("T1_F", strength: 0, seed: 1),
            PlantedSequences.Generate("T1_W", strength: 1.5, seed: 2),
            PlantedSequences.Generate("T2", strength: 0, seed: 3)]);
        var card = package.Card;

        Assert.Equal("T1_W", card.Sequence);
        Assert.Equal(["signal_0", "signal_1"], card.Features.OrderByDescending(f => Math.Abs(f.Weight)).Take(2).Select(f => f.Name).Order());
        Assert.All(card.Features.Take(2), f => Assert.Equal(1, f.ChosenIn));
        Assert.True(card.Test!.Auc > 0.85, $"test AUC {card.Test.Auc}");
    }

    [Fact]
    public void Of_equal_candidates_the_simpler_learner_and_the_first_sequence_win()
    {
        SequenceTraining Training(string sequence, params (Learner Learner, FeatureSet FeatureSet, double Auc)[] results) => new()
        {
            Sequence = sequence,
            Cases = [],
            Candidates =
            [
                .. results.Select(r => new CandidateResult
                {
                    Candidate = new(sequence, r.FeatureSet, r.Learner),
                    CvAuc = r.Auc,
                    FoldAucs = [],
                    OutOfFold = [],
                    Chosen = new Dictionary<string, int>(),
                }),
            ],
        };
        var winner = ModelSelection.Winner(
            [
                Training("T2", (Learner.LogisticRegression, FeatureSet.Radiomics, 0.8), (Learner.LogisticRegression, FeatureSet.Joint, 0.9)),
                Training("T1_F", (Learner.FastForest, FeatureSet.Radiomics, 0.8), (Learner.LogisticRegression, FeatureSet.Radiomics, 0.8)),
            ],
            Quick);
        Assert.Equal(new Candidate("T1_F", FeatureSet.Radiomics, Learner.LogisticRegression), winner);
        Assert.Equal("NoCandidate", Assert.Throws<RadiomicsException>(() => ModelSelection.Winner([Training("T2")], Quick)).Code);
    }

    [Fact]
    public void Nothing_but_the_cards_test_figures_knows_the_held_out_values_and_labels()
    {
        var data = PlantedSequences.Generate();
        var random = new Random(1);
        var other = data with
        {
            Cases = [.. data.Cases.Select(c => c.Split == CohortSplit.Test ? c with { Label = random.Next(2) == 0 } : c)],
            Radiomics = new(
                data.Cases.Count,
                data.Radiomics.Names,
                [.. data.Radiomics.Columns.Select(column => column.Select((v, i) => data.Cases[i].Split == CohortSplit.Test ? 1e3 * random.NextDouble() : v).ToArray())]),
        };
        var (trainings, package) = PlantedSequences.Run([data]);
        var (otherTrainings, otherPackage) = PlantedSequences.Run([other]);

        Assert.Equivalent(trainings, otherTrainings, strict: true);
        Assert.Equal(File(package, "model.json"), File(otherPackage, "model.json"));
        Assert.Equal(File(package, "model.zip"), File(otherPackage, "model.zip"));
        Assert.Equal(File(package, "training.json"), File(otherPackage, "training.json"));
        Assert.NotEqual(package.Card.Test!.Auc, otherPackage.Card.Test!.Auc);
        Assert.Equivalent(
            package.Card with { Version = null, Test = null, Cohort = package.Card.Cohort with { Test = null! } },
            otherPackage.Card with { Version = null, Test = null, Cohort = otherPackage.Card.Cohort with { Test = null! } },
            strict: true);
    }

    [Fact]
    public void The_package_scores_what_the_card_says_of_the_test_split()
    {
        var data = PlantedSequences.Generate();
        var (_, packed) = PlantedSequences.Run([data]);
        var package = ModelPackage.Load(new MemoryStream(packed.Zip));
        var test = data.Only(CohortSplit.Test);
        double[] probabilities = [.. PlantedSequences.Vectors(test).Select(vector => package.Score(vector).Probability)];
        Assert.Equivalent(packed.Card.Test, Evaluator.Evaluate(probabilities, [.. test.Cases.Select(c => c.Label)], package.Threshold), strict: true);
    }

    [Fact]
    public void The_test_split_opens_once()
    {
        var data = PlantedSequences.Generate();
        var package = ModelPackage.Load(new MemoryStream(PlantedSequences.Run([data]).Package.Zip));
        var (_, test) = HeldOutTest.Split(data);
        SelectedFeature[] features =
        [
            .. package.Model.Features.Select(f => new SelectedFeature(f.Name, data.Radiomics.Names.ToList().IndexOf(f.Name), f.Imputation, f.Mean, f.Deviation, 0)),
        ];
        Assert.NotNull(test.Evaluate(package.Model, features));
        Assert.Throws<InvalidOperationException>(() => test.Evaluate(package.Model, features));
    }

    [Fact]
    public void Calibration_and_threshold_come_from_the_out_of_fold_scores()
    {
        var (trainings, package) = PlantedSequences.Run([PlantedSequences.Generate()]);
        var (result, labels) = (trainings[0].Candidates[0], trainings[0].Cases.Select(c => c.Label).ToArray());
        var calibration = PlattCalibration.Fit(result.OutOfFold, labels);
        double[] probabilities = [.. result.OutOfFold.Select(calibration.Probability)];
        Assert.Equal(calibration, package.Card.Calibration);
        Assert.Equal(Roc.YoudenThreshold(probabilities, labels), package.Card.Threshold);
        Assert.Equivalent(Evaluator.Evaluate(probabilities, labels, package.Card.Threshold), package.Card.CrossValidation, strict: true);
    }

    [Fact]
    public void The_card_takes_off_what_choosing_and_fitting_flattered()
    {
        var (_, package) = PlantedSequences.Run([.. Enumerable.Range(0, 6).Select(s => PlantedSequences.Generate($"MR_{s}", strength: 0, seed: s))]);
        var card = package.Card;
        Assert.True(card.SelectionCorrectedAuc < card.CrossValidation.Auc, $"{card.SelectionCorrectedAuc} against {card.CrossValidation.Auc}");
        Assert.Equal(card.Train.Auc, card.Optimism!.ApparentAuc);
        Assert.Equal(20, card.Optimism.Bootstraps);
        Assert.True(card.Optimism.Optimism > 0.1, $"optimism {card.Optimism.Optimism}");
    }

    [Fact]
    public void Scores_that_rank_the_wrong_way_out_of_fold_are_not_turned_round()
    {
        var data = PlantedSequences.Generate(strength: 2);
        var trained = CandidateTraining.Train(data.Only(CohortSplit.Train), Quick, TestContext.Current.CancellationToken);
        var result = trained.Candidates[0];
        var reversed = trained with { Candidates = [result with { OutOfFold = [.. result.OutOfFold.Select(score => -score)] }] };

        var card = ModelSelection.Select(PlantedSequences.Request, [reversed], data, [], Quick, TestContext.Current.CancellationToken).Card;

        Assert.Equal((0, 0.5, 0.5), (card.Calibration.Slope, card.CrossValidation.Auc, card.Test!.Auc));
        Assert.True(card.Optimism!.ApparentAuc > 0.9, $"apparent AUC {card.Optimism.ApparentAuc}");
        Assert.Contains(card.Limits, limit => limit.Contains("no better than chance", StringComparison.Ordinal));
        Assert.All(CardFigures.Of(card), figure =>
        {
            using (figure)
                Assert.NotEmpty(figure.Png());
        });
    }

    [Fact]
    public void Studies_of_a_patient_make_the_corrected_interval_no_surer_and_the_card_says_what_they_do()
    {
        var single = PlantedSequences.Generate(strength: 0.7, testShare: 0);
        var twice = single.Rows([.. Enumerable.Range(0, 180).Select(i => i % 90)]);
        twice = twice with { Cases = [.. twice.Cases.Select((c, i) => c with { StudyUid = $"{c.StudyUid}.{i / 90}" })] };
        double Width(ModelCard card) => card.SelectionCorrectedInterval.High - card.SelectionCorrectedInterval.Low;
        bool Warns(ModelCard card) => card.Limits.Any(limit => limit.StartsWith("Some patients have several studies", StringComparison.Ordinal));
        var settings = Quick with { Bootstraps = 200 };
        ModelCard Card(SequenceData data)
        {
            // The same scores for both: only the correction is asked.
            var trained = CandidateTraining.Train(data, settings, TestContext.Current.CancellationToken);
            var random = new Random(1);
            double[] scores = [.. single.Cases.Select(c => PlantedSequences.Normal(random) + (c.Label ? 1 : 0))];
            var byPatient = single.Cases.Select((c, i) => (c.Patient, Score: scores[i])).ToDictionary(c => c.Patient, c => c.Score);
            trained = trained with { Candidates = [trained.Candidates[0] with { OutOfFold = [.. trained.Cases.Select(c => byPatient[c.Patient])] }] };
            return ModelSelection.Select(PlantedSequences.Request, [trained], data, [], settings, TestContext.Current.CancellationToken).Card;
        }

        var (one, two) = (Card(single), Card(twice));

        Assert.Equal(Width(one), Width(two), 1e-9);
        Assert.Equal((false, true), (Warns(one), Warns(two)));
    }

    [Fact]
    public void Where_the_sequences_share_one_patient_of_a_class_the_correction_stays_with_the_winners_own()
    {
        var home = PlantedSequences.Generate("T1_F", strength: 2, seed: 1);
        var away = PlantedSequences.Generate("T2", strength: 0, seed: 2);
        var foreign = away with { Cases = [.. away.Cases.Select((c, i) => i is 0 or 1 or 2 or 4 ? c : c with { StudyUid = c.StudyUid + ".9" })] };

        var alone = PlantedSequences.Run([home]).Package.Card;
        var both = PlantedSequences.Run([home, foreign]).Package.Card;

        Assert.Equal((alone.SelectionCorrectedAuc, alone.SelectionCorrectedInterval), (both.SelectionCorrectedAuc, both.SelectionCorrectedInterval));
    }

    [Fact]
    public void Candidates_are_compared_on_the_cases_that_both_sequences_have()
    {
        var home = PlantedSequences.Generate("T1_F", strength: 2, seed: 1);
        var away = PlantedSequences.Generate("T2", strength: 0.3, seed: 2);
        var (trainings, package) = PlantedSequences.Run([home, away.Rows([.. Enumerable.Range(10, 80)])]);

        var winner = package.Card.Candidates[0];
        var other = package.Card.Candidates[1];
        Assert.Equal(("T1_F", null, null), (winner.Candidate.Sequence, winner.DifferenceToWinner, winner.P));
        var studies = trainings[1].Cases.Select(c => c.StudyUid).ToHashSet();
        int[] shared = [.. Enumerable.Range(0, trainings[0].Cases.Count).Where(i => studies.Contains(trainings[0].Cases[i].StudyUid))];
        Assert.True(shared.Length < trainings[0].Cases.Count && shared.Length == trainings[1].Cases.Count);
        var paired = DeLong.Paired(
            trainings[1].Candidates[0].OutOfFold,
            [.. shared.Select(i => trainings[0].Candidates[0].OutOfFold[i])],
            [.. trainings[1].Cases.Select(c => c.Label)]);
        Assert.Equal((paired.Difference, paired.TwoSidedP), (other.DifferenceToWinner!.Value, other.P!.Value));
        Assert.True(other.DifferenceToWinner < 0);
    }

    [Fact]
    public void A_sequence_without_candidates_is_on_the_card_with_its_reason()
    {
        var data = PlantedSequences.Generate();
        var trained = CandidateTraining.Train(data.Only(CohortSplit.Train), Quick, TestContext.Current.CancellationToken);
        var empty = new SequenceTraining
        {
            Sequence = "T2",
            Cases = [],
            Candidates = [],
            Skipped = [new(new("T2", FeatureSet.Radiomics, Learner.LogisticRegression), "Too few cases.")],
        };
        var card = ModelSelection.Select(PlantedSequences.Request, [empty, trained], data, [], Quick, TestContext.Current.CancellationToken).Card;
        Assert.Equal("Too few cases.", card.Candidates[^1].Skipped);
        Assert.Contains(card.Limits, limit => limit.Contains("Too few cases.", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_cases_than_those_trained_on_are_refused()
    {
        var data = PlantedSequences.Generate();
        var trained = CandidateTraining.Train(data.Only(CohortSplit.Train), Quick, TestContext.Current.CancellationToken);
        var flipped = data with { Cases = [.. data.Cases.Select(c => c with { Label = !c.Label })] };
        Assert.Throws<ArgumentException>(() => ModelSelection.Select(PlantedSequences.Request, [trained], flipped, [], Quick, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_held_out_cases_the_card_has_no_test_and_says_so()
    {
        var card = PlantedSequences.Run([PlantedSequences.Generate(testShare: 0)]).Package.Card;
        Assert.Null(card.Test);
        Assert.Contains(card.Limits, limit => limit.Contains("No cases were held out", StringComparison.Ordinal));
    }

    [Fact]
    public void The_permutation_test_tells_signal_from_noise()
    {
        var settings = Quick with { Permutations = 19, OuterRepeats = 1 };
        var signal = PlantedSequences.Run([PlantedSequences.Generate(patients: 60, features: 20, strength: 2)], settings).Package.Card.Permutation!;
        var noise = PlantedSequences.Run([PlantedSequences.Generate(patients: 60, features: 20, strength: 0)], settings).Package.Card.Permutation!;
        Assert.Equal(0.05, signal.P);
        Assert.InRange(signal.MeanAuc, 0.4, 0.6);
        Assert.True(noise.P > 0.05, $"p {noise.P}");
        Assert.DoesNotContain(One().Limits, Says);
        Assert.Contains(PlantedSequences.Run([Noise("T1_F"), Noise("T2")], settings with { Permutations = 1 }).Package.Card.Limits, Says);

        ModelCard One() => PlantedSequences.Run([Noise("T1_F")], settings with { Permutations = 1 }).Package.Card;
        SequenceData Noise(string sequence) => PlantedSequences.Generate(sequence, patients: 60, features: 5, strength: 0);
        bool Says(string limit) => limit.StartsWith("The permutation test repeats", StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_names_every_study_that_anything_was_chosen_on_and_those_held_out()
    {
        var (trainings, packed) = PlantedSequences.Run([PlantedSequences.Generate("T1_F", strength: 2), PlantedSequences.Generate("T2", strength: 0)]);
        var package = ModelPackage.Load(new MemoryStream(packed.Zip));
        Assert.Equal(trainings.SelectMany(t => t.Cases).Select(c => c.StudyUid).ToHashSet(), package.TrainingStudies);
        Assert.Equal(27, package.TestStudies.Count);
        Assert.Empty(package.TestStudies.Intersect(package.TrainingStudies));
    }

    [Fact]
    public void Covariates_are_in_the_cohort_table_by_split_and_label()
    {
        var data = PlantedSequences.WithCovariates(PlantedSequences.Generate());
        data = data with
        {
            Covariates = new(data.Cases.Count, [.. data.Covariates.Names, "ferritin"], [.. data.Covariates.Columns, [.. data.Cases.Select((_, i) => 900.0 + (300 * (i % 12)))]]),
        };
        var settings = Quick with { FeatureSets = [FeatureSet.Radiomics, FeatureSet.Clinical, FeatureSet.Joint], WinnerFrom = [FeatureSet.Joint] };
        var request = PlantedSequences.Request with
        {
            Covariates = [new("age", CovariateType.Number, "a"), new("sex", CovariateType.Category, null), new("ferritin", CovariateType.Number, "ng/mL")],
        };
        var card = PlantedSequences.Run([data], settings, request: request).Package.Card;

        Assert.Equal(FeatureSet.Joint, card.FeatureSet);
        Assert.Contains("age", card.Features.Select(f => f.Name));
        var age = card.Cohort.Covariates[0].Rows.Single();
        Assert.Matches(@"^\d+ / 1\d\.\d+ ± \d", age.TrainPositive);
        Assert.Matches(@"^\d+ / \d{4} ± \d{4}$", card.Cohort.Covariates[2].Rows.Single().TrainPositive);
        var sex = card.Cohort.Covariates[1].Rows;
        Assert.Equal(["(first level)", "F"], sex.Select(row => row.Level));
        Assert.Equal(card.Cohort.Train.Positives, sex.Sum(row => int.Parse(row.TrainPositive, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Trees_win_where_they_may_and_their_weights_are_shares()
    {
        var card = PlantedSequences.Run([PlantedSequences.Generate(strength: 2)], Quick with { Learners = [Learner.FastForest], Trees = 20 }).Package.Card;
        Assert.Equal(Learner.FastForest, card.Learner);
        Assert.Equal(1, card.Features.Sum(f => f.Weight), 9);
        Assert.True(card.Test!.Auc > 0.8, $"test AUC {card.Test.Auc}");
    }

    private static string File(ModelPackageBytes package, string name) =>
        Encoding.Latin1.GetString(DeterministicZip.Read(new MemoryStream(package.Zip), long.MaxValue)[name]);
}
