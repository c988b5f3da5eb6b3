using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>The four sequences, each from a breath-hold of its own with its own timing, noise, motion and slices.</summary>
internal sealed class SeparateAcquisitions(PhantomProtocol protocol, VolumeGeometry geometry, MagnetisationModel model, CounterRandom random)
{
    private const double MostMotion = 3;
    private const double MostGhosting = 0.5;

    /// <summary>Acquires every sequence of the protocol from tissues labelled beforehand.</summary>
    public IReadOnlyDictionary<string, Volume> Acquire(Tissue[] labels, int maxDegreeOfParallelism) =>
        DixonSeries.Names.ToDictionary(name => name, name => Acquire(name, protocol.Sequences[name], labels, maxDegreeOfParallelism));

    private Volume Acquire(string name, SequenceAcquisition acquisition, Tissue[] labels, int maxDegreeOfParallelism)
    {
        var own = random.Stream((ulong)DixonSeries.Names.IndexOf(name));
        var noise = own.Stream(1);
        var motion = Math.Min(-Math.Log(1 - own.Stream(2).Uniform(0)), MostMotion);
        var timed = protocol with
        {
            OpposedPhaseEchoTime = acquisition.OpposedPhaseEchoTime,
            InPhaseEchoTime = acquisition.InPhaseEchoTime,
            RepetitionTime = acquisition.RepetitionTime,
            FlipAngle = acquisition.FlipAngle,
            Noise = acquisition.Noise,
        };
        var magnetisation = model.With(timed);
        var inPhase = FatSpectrum.Phase(timed.InPhaseEchoTime, timed.MagneticFieldStrength);
        var opposedPhase = FatSpectrum.Phase(timed.OpposedPhaseEchoTime, timed.MagneticFieldStrength);
        var image = new float[geometry.Count];
        var sliceSize = geometry.SizeX * geometry.SizeY;
        Parallel.For(
            0,
            geometry.SizeZ,
            new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism },
            () => (Slice: new DixonSlice(geometry.SizeX, geometry.SizeY), Images: Enumerable.Range(0, 4).Select(_ => new float[sliceSize]).ToArray()),
            (k, _, work) =>
            {
                magnetisation.Fill(geometry, k, labels.AsSpan(k * sliceSize, sliceSize), work.Slice);
                work.Slice.Blur();
                work.Slice.Move(motion * acquisition.MotionBlur / geometry.SpacingY, Math.Min(motion * acquisition.Ghosting, MostGhosting));
                var (inImage, opposedImage, waterImage, fatImage) = (work.Images[0], work.Images[1], work.Images[2], work.Images[3]);
                work.Slice.Acquire(
                    inPhase, opposedPhase, magnetisation.Noise, noise, (ulong)k * (ulong)sliceSize, inImage, opposedImage, waterImage, fatImage);
                var wanted = name switch { "T1_in" => inImage, "T1_opp" => opposedImage, "T1_W" => waterImage, _ => fatImage };
                wanted.CopyTo(image, k * sliceSize);
                return work;
            },
            _ => { });
        SliceStacking.Apply(image, geometry.SizeZ, geometry.SpacingZ, acquisition);
        return new(geometry, image);
    }
}
