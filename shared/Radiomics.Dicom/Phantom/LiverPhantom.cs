using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// A simulated Dixon MR of the upper abdomen in iron overload. Iron concentration sets the liver's R2* (<see cref="LiverRelaxometry"/>), the protocol
/// samples S(TE) = |W + F·Σ aₚ·exp(2πi·Δfₚ·TE)|·exp(−TE·R2*) at the opposed- and the in-phase echo with Rician noise, and
/// <see cref="TwoPointDixon"/> separates water and fat. Images for tests and demonstrations: not anatomy to measure anything on.
/// </summary>
public static class LiverPhantom
{
    /// <summary>Simulates the four sequences, the liver's mask and the outcome. The number of threads doesn't change a bit of the result.</summary>
    /// <param name="settings">Patient, scanner and grid.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most; −1 for all.</param>
    /// <exception cref="RadiomicsException"><c>InvalidPhantomSettings</c>, <c>UnknownPhantomProtocol</c>.</exception>
    public static PhantomVolumes Generate(PhantomSettings settings, int maxDegreeOfParallelism = -1)
    {
        settings.Validate();
        var protocol = settings.ResolveProtocol();
        var geometry = settings.Geometry;
        var random = new CounterRandom((ulong)(uint)settings.Seed);
        var patient = PhantomPatient.Draw(settings.LiverIronConcentration, random.Stream(1));
        var abdomen = new Abdomen(patient, random.Stream(2));
        var model = new MagnetisationModel(protocol, patient, random.Stream(3));
        var liver = new byte[geometry.Count];
        var sequences = protocol.Sequences.Count == 0
            ? OneBreathHold(protocol, geometry, abdomen, model, random.Stream(4), liver, maxDegreeOfParallelism)
            : SeparateBreathHolds(protocol, geometry, abdomen, model, random.Stream(6), liver, maxDegreeOfParallelism);
        return new()
        {
            Sequences = sequences,
            Liver = new(geometry, liver),
            LiverIronConcentration = settings.LiverIronConcentration,
            Patient = patient,
            HighIronAtTwoYears = IronOutcome.Draw(patient, random.Stream(5)),
        };
    }

    /// <summary>The outcome and the traits of a patient, without making the images.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidPhantomSettings</c>.</exception>
    public static (PhantomPatient Patient, bool HighIronAtTwoYears) Outcome(PhantomSettings settings)
    {
        settings.Validate();
        var random = new CounterRandom((ulong)(uint)settings.Seed);
        var patient = PhantomPatient.Draw(settings.LiverIronConcentration, random.Stream(1));
        return (patient, IronOutcome.Draw(patient, random.Stream(5)));
    }

    private static Dictionary<string, Volume> OneBreathHold(
        PhantomProtocol protocol,
        VolumeGeometry geometry,
        Abdomen abdomen,
        MagnetisationModel model,
        CounterRandom noise,
        byte[] liver,
        int maxDegreeOfParallelism)
    {
        var inPhase = FatSpectrum.Phase(protocol.InPhaseEchoTime, protocol.MagneticFieldStrength);
        var opposedPhase = FatSpectrum.Phase(protocol.OpposedPhaseEchoTime, protocol.MagneticFieldStrength);

        var (inImage, opposedImage) = (new float[geometry.Count], new float[geometry.Count]);
        var (waterImage, fatImage) = (new float[geometry.Count], new float[geometry.Count]);
        var sliceSize = geometry.SizeX * geometry.SizeY;
        Parallel.For(
            0,
            geometry.SizeZ,
            new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism },
            () => (Labels: new Tissue[sliceSize], Slice: new DixonSlice(geometry.SizeX, geometry.SizeY)),
            (k, _, work) =>
            {
                var first = k * sliceSize;
                abdomen.Label(geometry, k, work.Labels);
                model.Fill(geometry, k, work.Labels, work.Slice);
                work.Slice.Blur();
                work.Slice.Acquire(
                    inPhase,
                    opposedPhase,
                    model.Noise,
                    noise,
                    (ulong)first,
                    inImage.AsSpan(first, sliceSize),
                    opposedImage.AsSpan(first, sliceSize),
                    waterImage.AsSpan(first, sliceSize),
                    fatImage.AsSpan(first, sliceSize));
                for (var n = 0; n < sliceSize; n++)
                {
                    liver[first + n] = work.Labels[n] is Tissue.Liver or Tissue.LiverVessel ? (byte)1 : (byte)0;
                }

                return work;
            },
            _ => { });
        return new()
        {
            ["T1_in"] = new(geometry, inImage),
            ["T1_opp"] = new(geometry, opposedImage),
            ["T1_W"] = new(geometry, waterImage),
            ["T1_F"] = new(geometry, fatImage),
        };
    }

    private static IReadOnlyDictionary<string, Volume> SeparateBreathHolds(
        PhantomProtocol protocol,
        VolumeGeometry geometry,
        Abdomen abdomen,
        MagnetisationModel model,
        CounterRandom random,
        byte[] liver,
        int maxDegreeOfParallelism)
    {
        var labels = new Tissue[geometry.Count];
        var sliceSize = geometry.SizeX * geometry.SizeY;
        Parallel.For(
            0,
            geometry.SizeZ,
            new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism },
            k => abdomen.Label(geometry, k, labels.AsSpan(k * sliceSize, sliceSize)));
        for (var n = 0; n < labels.Length; n++)
        {
            liver[n] = labels[n] is Tissue.Liver or Tissue.LiverVessel ? (byte)1 : (byte)0;
        }

        return new SeparateAcquisitions(protocol, geometry, model, random).Acquire(labels, maxDegreeOfParallelism);
    }
}
