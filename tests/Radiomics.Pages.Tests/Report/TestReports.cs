using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Report;

/// <summary>Reports of what a demonstration model says of a phantom, as the pipeline would have it.</summary>
internal static class TestReports
{
    public const string Id = "p-0123456789abcdef0123456789abcdef";

    private static readonly string[] s_names = ["T1_F", "T1_W", "T1_in", "T1_opp"];
    private static readonly Lazy<ReportSubject> s_usual = new(() => Of("A", "3.0T", seed: 51, columns: 96, slices: 48));

    /// <summary>A study like those that the model was trained on.</summary>
    public static ReportSubject Usual => s_usual.Value with { Prediction = WithDistance(s_usual.Value.Prediction, new(0.6, 31.2, [], false, null)) };

    /// <summary>The same, far from the training cases.</summary>
    public static ReportSubject Unlike => s_usual.Value with
    {
        Prediction = WithDistance(s_usual.Value.Prediction, new(5.25, 98.8, ["stat_rmad"], true, "This study lies outside the range of the training cases in stat_rmad; the model has not seen its like, and its probability may be wrong.")),
    };

    /// <summary>Of a center without models.</summary>
    public static ReportSubject FeaturesOnly => s_usual.Value with
    {
        Card = null,
        Prediction = s_usual.Value.Prediction with
        {
            Model = null,
            Probability = null,
            Threshold = null,
            Decision = null,
            Explanation = null,
            Notice = "Features only: this center has no model, and nothing is predicted. For research; not for clinical use.",
        },
    };

    /// <summary>A package that ships.</summary>
    public static ModelPackage Package(string center, string fieldStrength)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "models", "demonstration", $"{center}-{fieldStrength}.zip"));
        return ModelPackage.Load(stream);
    }

    /// <summary>What a center's model says of a phantom.</summary>
    public static ReportSubject Of(string center, string fieldStrength, int seed, int columns, int slices)
    {
        var package = Package(center, fieldStrength);
        var phantom = LiverPhantom.Generate(new PhantomSettings { Center = center, FieldStrength = fieldStrength, LiverIronConcentration = 8, Seed = seed }.WithSize(columns, slices));
        var volume = phantom.Sequences[package.Sequence];
        var settings = ExtractionSettingsFile.Load("liver-mri");
        var scoring = package.Score(FeatureExtractor.Extract(volume, phantom.Liver, settings));
        var ml = phantom.Liver.CountInside() * volume.Geometry.VoxelVolume / 1000;
        var prediction = BarePrediction.Of(Id) with
        {
            Center = center,
            FieldStrength = fieldStrength,
            MagneticFieldStrength = fieldStrength == "3.0T" ? 3 : 1.5,
            Model = new PredictionModel
            {
                Center = center,
                FieldStrength = fieldStrength,
                Name = package.Card.Name,
                Version = package.Version,
                Sequence = package.Sequence,
                Learner = "L2-penalised logistic regression (ML.NET, LBFGS)",
                Outcome = package.Card.Outcome,
                PackageSha256 = new string('a', 64),
            },
            Probability = scoring.Probability,
            Threshold = scoring.Threshold,
            Decision = scoring.Positive ? PredictionDecision.Positive : PredictionDecision.Negative,
            Explanation = new(scoring.Base, scoring.Contributions, true, scoring.Distance, scoring.Warnings),
            Warnings = scoring.Warnings,
            Notice = package.Card.Notice,
            UploadSha256 = new string('b', 64),
            ProfileSha256 = new string('c', 64),
            SettingsHash = settings.ComputeHash(),
            Manifest = new BlobReference("m", new string('d', 64)),
            Sequences = [.. s_names.Select(name => new PredictionSequence
            {
                Name = name,
                Volume = new BlobReference("v", "0"),
                Roi = new BlobReference("r", "0"),
                Features = new BlobReference("f", new string('e', 64)),
                RoiVolumeMl = ml,
                RoiSource = "SEG",
                RoiQuality = new RoiQuality { VolumeMl = ml, Slices = 40, Components = 1, LargestComponentShare = 1, Holes = 0, ShareOutside = 0 },
            })],
        };
        return new ReportSubject { Prediction = prediction, Card = package.Card, Manifest = Manifest(prediction, volume), Images = new(package.Sequence, volume, phantom.Liver) };
    }

    public static Prediction WithDistance(Prediction prediction, TrainingDistance distance)
    {
        string[] warnings = distance.Warning is { } warning ? [warning] : [];
        return prediction with { Explanation = prediction.Explanation! with { Distance = distance, Warnings = warnings }, Warnings = warnings };
    }

    private static StudyManifest Manifest(Prediction prediction, Volume volume) => new()
    {
        StudyUid = prediction.StudyUid,
        Patient = "p-patient",
        ShiftedStudyDate = "20190304",
        FieldStrength = prediction.FieldStrength,
        MagneticFieldStrength = prediction.MagneticFieldStrength,
        Warnings = [],
        Sequences = [.. prediction.Sequences.Select(sequence => new ManifestSequence
        {
            Name = sequence.Name,
            SeriesUid = "2.25.2",
            Volume = new StoredFile("v", "0"),
            Roi = new StoredFile("r", "0"),
            Geometry = ManifestGeometry.Of(volume.Geometry),
            SliceThickness = 4.5,
            SliceGap = 0,
            Acquisition = new AcquisitionFacts { Manufacturer = "Siemens", MRAcquisitionType = "3D", RepetitionTime = 4, EchoTime = 1.23, FlipAngle = 9, MagneticFieldStrength = prediction.MagneticFieldStrength, IsPostContrast = false },
            RoiSource = "SEG",
            RoiVolumeMl = sequence.RoiVolumeMl,
            RoiQuality = sequence.RoiQuality,
        })],
    };
}
