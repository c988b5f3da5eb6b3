using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Experiment;

/// <summary>
/// One center and field strength of the experiment: synthetic patients, their outcomes and covariates. The patients depend on seed and group only, not on the scanner's
/// protocol. All relations here are chosen, not measured; see <see cref="IronOutcome"/> for the outcome.
/// </summary>
internal sealed class PaperGroup
{
    private static readonly CovariateDeclaration[] _covariates =
        [new("age", CovariateType.Number, "a"), new("ferritin", CovariateType.Number, "ng/mL"), new("sex", CovariateType.Category, null)];

    private PaperGroup(string center, string fieldStrength, IReadOnlyList<PhantomSettings> patients, Cohort cohort, string protocol, int stabilityPatients, ProtocolSettings learning)
    {
        Center = center;
        FieldStrength = fieldStrength;
        Patients = patients;
        Cohort = cohort;
        CohortSha256 = Convert.ToHexStringLower(SHA256.HashData([.. CohortFile.Write(cohort), .. Encoding.UTF8.GetBytes(protocol)]));
        Cases = HoldoutSplit.Assign(
            [.. cohort.Rows.Select(row => new LearningCase { StudyUid = row.StudyUid, Patient = row.StudyUid, Label = row.Label, Batch = $"{center}/{fieldStrength}", Split = CohortSplit.Train })],
            learning.TestShare,
            learning.Seed);
        var sample = StabilitySample.Choose(Cases, stabilityPatients, learning.Seed).Select(one => one.StudyUid).ToHashSet(StringComparer.Ordinal);
        InStabilitySample = [.. Cases.Select(one => sample.Contains(one.StudyUid))];
    }

    /// <summary>Center, e.g. <c>A</c>.</summary>
    public string Center { get; }

    /// <summary>Field strength, e.g. <c>3.0T</c>.</summary>
    public string FieldStrength { get; }

    /// <summary>What to simulate, a patient each.</summary>
    public IReadOnlyList<PhantomSettings> Patients { get; }

    /// <summary>The same patients' outcomes and covariates.</summary>
    public Cohort Cohort { get; }

    /// <summary>Digest of cohort and protocol.</summary>
    public string CohortSha256 { get; }

    /// <summary>The same patients with their splits, in ordinal order of their UIDs.</summary>
    public IReadOnlyList<LearningCase> Cases { get; }

    /// <summary>On whom stability is measured.</summary>
    public IReadOnlyList<bool> InStabilitySample { get; }

    /// <summary>All groups that have a protocol, by name.</summary>
    /// <exception cref="RadiomicsException"><c>ExperimentProtocolInvalid</c>.</exception>
    public static IReadOnlyList<PaperGroup> All(PaperOptions options, ProtocolSettings learning)
    {
        var files = Directory.GetFiles(options.Protocols, "*.json").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new RadiomicsException("ExperimentProtocolInvalid", "The folder holds no protocol {center}-{fieldStrength}.json.");
        }

        return [.. files.Select((file, n) => Create(file, options.Patients / files.Length + (n < options.Patients % files.Length ? 1 : 0), options, learning))];
    }

    private static PaperGroup Create(string file, int count, PaperOptions options, ProtocolSettings learning)
    {
        if (Path.GetFileNameWithoutExtension(file).Split('-') is not [var center, var fieldStrength])
        {
            throw new RadiomicsException("ExperimentProtocolInvalid", $"{Path.GetFileName(file)} isn't named {{center}}-{{fieldStrength}}.json.");
        }

        var protocol = PaperProtocol.Load(file);
        var phantom = protocol.ToPhantom(center, fieldStrength);
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{center}/{fieldStrength}"));
        var random = new CounterRandom((ulong)(uint)options.Seed).Stream(BitConverter.ToUInt64(name));
        var patients = Enumerable.Range(0, count)
            .Select(n => Patient(random.Stream((ulong)n), n + 1, center, fieldStrength, phantom, options.Size))
            .OrderBy(patient => patient.Row.StudyUid, StringComparer.Ordinal)
            .ToArray();
        return new(
            center,
            fieldStrength,
            [.. patients.Select(patient => patient.Settings)],
            new() { Covariates = _covariates, Rows = [.. patients.Select(patient => patient.Row)] },
            JsonSerializer.Serialize(protocol, RadiomicsJson.Options),
            learning.StabilityPatients,
            learning);
    }

    /// <summary>Iron is log-uniform from 1 to 30 mg/g; ferritin follows it with a wide scatter, age and sex are unrelated.</summary>
    private static (PhantomSettings Settings, CohortRow Row) Patient(
        CounterRandom random, int line, string center, string fieldStrength, PhantomProtocol protocol, int size)
    {
        var iron = Math.Exp(random.Uniform(0, 0, Math.Log(30)));
        var settings = new PhantomSettings
        {
            Center = center,
            FieldStrength = fieldStrength,
            LiverIronConcentration = iron,
            Seed = (int)(random.Bits(1) >> 33),
            Protocol = protocol,
        }.WithSize(size, size);
        var ferritin = 450 * Math.Pow(iron, 0.7) * Math.Exp(0.6 * random.Normal(2));
        string Text(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
        return (settings, new()
        {
            Line = line,
            StudyUid = $"2.25.{random.Bits(3)}",
            Label = LiverPhantom.Outcome(settings).HighIronAtTwoYears,
            Covariates = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["age"] = Text(random.Uniform(4, 4, 20)),
                ["ferritin"] = Text(ferritin),
                ["sex"] = random.Uniform(5) < 0.5 ? "F" : "M",
            },
        });
    }
}
