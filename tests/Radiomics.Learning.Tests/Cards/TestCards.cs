namespace Radiomics.Learning.Tests;

/// <summary>Cards to render: one with everything in it, one with as little as a card may have.</summary>
internal static class TestCards
{
    private static readonly string[] Names =
    [
        "cm_joint_max_3D_comb", "stat_p90", "rlm_sre_3D_avg", "log_sigma-3-0-mm-3D_szm_zd_entr_3D", "wavelet-HHL_ngldm_dc_entr_3D_with_a_name_that_is_longer_than_any_line",
        "ih_skew_fbn_n32",
    ];

    /// <summary>A card with every part of a card.</summary>
    public static ModelCard Rich { get; } = new()
    {
        Name = "Liver iron after transplantation, center A, 3.0 T",
        Version = "3f9a1c27d04be581",
        Center = "A",
        FieldStrength = "3.0T",
        Sequence = "T1_F",
        FeatureSet = FeatureSet.Radiomics,
        Learner = Learner.LogisticRegression,
        Outcome = "Iron overload of the liver that persists one year after stem-cell transplantation.",
        IntendedUse = "Research on follow-up after transplantation in thalassemia.",
        NotForClinicalUse = true,
        Notice = "Trained on synthetic phantoms. It must not inform the care of any patient.",
        Cohort = new()
        {
            Description = "Phantoms with a latent iron load, made for the experiment.",
            Synthetic = true,
            Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            Seeds = [7, 8],
            Train = new(84, 81, 31),
            Test = new(36, 36, 13),
            Covariates =
            [
                new("age", "a", [new(null, "31 / 9.4 ± 3.1", "53 / 8.8 ± 2.9", "13 / 9.0 ± 3.3", "23 / 9.1 ± 2.7")]),
                new("ferritin", "ng/mL", [new(null, "30 / 2311 ± 820", "53 / 1504 ± 655", "13 / 2204 ± 790", "23 / 1560 ± 702")]),
                new("sex", null, [new("f", "14", "27", "6", "12"), new("m", "17", "26", "7", "11")]),
            ],
        },
        Protocol = new() { Permutations = 20, Seed = 7 },
        Steps =
        [
            new("radiomic features", 1316), new("include", 1316), new("imputation", 1310), new("near-zero variance", 1288), new("stability", 902),
            new("redundancy", 141), new("univariate", 58), new("mRMR", 20), new("L1", 9), new("largest coefficients", 6),
        ],
        Features = [.. Names.Select((name, i) => new FeatureCard(name, 0.94 - (0.31 * i), i == 3 ? null : 0.97 - (0.03 * i), 1 - (0.12 * i)))],
        Candidates =
        [
            new(new("T1_F", FeatureSet.Radiomics, Learner.LogisticRegression), 0.871, 0.062, null, null, null),
            new(new("T1_F", FeatureSet.Radiomics, Learner.FastForest), 0.842, 0.071, -0.027, 0.18, null),
            new(new("T1_F", FeatureSet.Radiomics, Learner.LightGbm), null, null, null, null, "LightGBM needs libgomp, which this machine lacks."),
            new(new("T1_F", FeatureSet.Clinical, Learner.LogisticRegression), 0.703, 0.084, -0.159, 0.0004, null),
            new(new("T1_F", FeatureSet.Joint, Learner.LogisticRegression), 0.883, 0.058, 0.011, 0.43, null),
            new(new("T2", FeatureSet.Radiomics, Learner.LogisticRegression), 0.794, 0.079, -0.071, 0.034, null),
        ],
        CvAuc = 0.871,
        SelectionCorrectedAuc = 0.848,
        SelectionCorrectedInterval = new(0.762, 0.921),
        Train = TestEvaluations.Simulate(84, 31, 2.3, threshold: 0.41, seed: 1),
        CrossValidation = TestEvaluations.Simulate(84, 31, 1.6, threshold: 0.41, seed: 2),
        Test = TestEvaluations.Simulate(36, 13, 1.5, threshold: 0.41, seed: 3),
        Optimism = new(0.942, 0.058, 0.884, 1000),
        Permutation = new(20, 0.498, 1 / 21.0),
        Scopes =
        [
            new("center", 0.871, new(0.79, 0.94), null), new("pooled", 0.802, new(0.70, 0.89), 0.031), new("harmonised", 0.842, new(0.75, 0.92), 0.21),
        ],
        Stability = new(30, 12, 0.75, 1288, 902),
        Calibration = new(0.91, -0.12),
        Threshold = 0.41,
        Limits = ["The phantoms know nothing of motion of the bowel.", "Regions were drawn by the phantom, not by a reader."],
        Settings = "liver-mri",
        SettingsHash = "5d41402abc4b2a76b9719d911017c592f00d8a1e5bb0c1a6e1c2d3f4a5b6c7d8",
        EngineVersion = "1.0.0",
        LearningVersion = "1.0.0",
        Seed = 7,
    };

    /// <summary>A card with nothing that may be left out.</summary>
    public static ModelCard Bare { get; } = Rich with
    {
        Version = null,
        NotForClinicalUse = false,
        Notice = "For use at center A.",
        Cohort = Rich.Cohort with { Synthetic = false, Seeds = [], Test = new(0, 0, 0), Covariates = [] },
        Steps = [],
        Candidates = [Rich.Candidates[0]],
        Test = null,
        Optimism = null,
        Permutation = null,
        Scopes = [],
        Stability = null,
        Limits = [],
    };
}
