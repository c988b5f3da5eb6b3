using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Phantom;

public class SeparateAcquisitionTests
{
    private static readonly SequenceAcquisition Clear = new()
    {
        OpposedPhaseEchoTime = 1.23,
        InPhaseEchoTime = 2.46,
        RepetitionTime = 4,
        FlipAngle = 9,
        Noise = 0,
    };

    [Fact]
    public void Without_faults_the_images_are_those_of_one_breath_hold()
    {
        var one = LiverPhantom.Generate(Settings(null) with { Protocol = Protocol(null) with { Noise = 0 } });
        var separate = LiverPhantom.Generate(Settings(Clear));
        Assert.Equal(one.Liver.Voxels, separate.Liver.Voxels);
        Assert.All(one.Sequences, sequence => Assert.Equal(sequence.Value.Voxels, separate.Sequences[sequence.Key].Voxels));
    }

    [Fact]
    public void Noise_of_one_sequence_leaves_the_others_alone()
    {
        var noisy = LiverPhantom.Generate(Settings(Clear, ("T1_F", Clear with { Noise = 0.01 })));
        var clear = LiverPhantom.Generate(Settings(Clear));
        Assert.NotEqual(clear.Sequences["T1_F"].Voxels, noisy.Sequences["T1_F"].Voxels);
        Assert.Equal(clear.Sequences["T1_W"].Voxels, noisy.Sequences["T1_W"].Voxels);
    }

    [Fact]
    public void Motion_smooths_along_y_only()
    {
        var still = LiverPhantom.Generate(Settings(Clear)).Sequences["T1_in"];
        var moved = LiverPhantom.Generate(Settings(Clear with { MotionBlur = 30 })).Sequences["T1_in"];
        Assert.True(Roughness(moved, dy: 1) < 0.7 * Roughness(still, dy: 1));
        Assert.Equal(still.Voxels.Average(), moved.Voxels.Average(), 0.05 * still.Voxels.Average());
    }

    [Fact]
    public void Ghosts_lie_a_quarter_of_the_field_of_view_away()
    {
        var still = LiverPhantom.Generate(Settings(Clear)).Sequences["T1_in"];
        var ghosts = LiverPhantom.Generate(Settings(Clear with { Ghosting = 0.5 })).Sequences["T1_in"];

        // A corner of the air above the body has signal once the body folds into it.
        var g = still.Geometry;
        var air = (g.SizeZ / 2 * g.SizeY + 4) * g.SizeX + g.SizeX / 2;
        Assert.Equal(0, still.Voxels[air]);
        Assert.True(ghosts.Voxels[air] > 0);
    }

    [Fact]
    public void A_gap_between_slices_blurs_through_the_plane()
    {
        var thin = LiverPhantom.Generate(Settings(Clear)).Sequences["T1_in"];
        var thick = LiverPhantom.Generate(Settings(Clear with { SliceThickness = 18, SliceGap = 9 })).Sequences["T1_in"];
        Assert.True(Roughness(thick, dz: 1) < 0.7 * Roughness(thin, dz: 1));
    }

    [Fact]
    public void Neither_threads_nor_runs_change_a_voxel()
    {
        var settings = Settings(Clear with { Noise = 0.002, MotionBlur = 3, Ghosting = 0.1, SliceThickness = 6, SliceGap = 2 });
        var (one, many) = (LiverPhantom.Generate(settings, 1), LiverPhantom.Generate(settings, 4));
        Assert.All(one.Sequences, sequence => Assert.Equal(sequence.Value.Voxels, many.Sequences[sequence.Key].Voxels));
    }

    [Fact]
    public void The_outcome_is_known_without_the_images()
    {
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var settings = Settings(Clear) with { Seed = seed };
            Assert.Equal(LiverPhantom.Generate(settings).HighIronAtTwoYears, LiverPhantom.Outcome(settings).HighIronAtTwoYears);
        }
    }

    [Fact]
    public void A_protocol_that_lacks_a_sequence_is_refused()
    {
        var settings = Settings(Clear);
        settings = settings with { Protocol = settings.Protocol! with { Sequences = new Dictionary<string, SequenceAcquisition> { ["T1_F"] = Clear } } };
        Assert.Equal("InvalidPhantomSettings", Assert.Throws<RadiomicsException>(() => LiverPhantom.Generate(settings)).Code);
    }

    private static PhantomProtocol Protocol(IReadOnlyDictionary<string, SequenceAcquisition>? sequences)
    {
        var built = PhantomProtocol.For("A", "3.0T") with
        {
            OpposedPhaseEchoTime = Clear.OpposedPhaseEchoTime,
            InPhaseEchoTime = Clear.InPhaseEchoTime,
            RepetitionTime = Clear.RepetitionTime,
            FlipAngle = Clear.FlipAngle,
        };
        return sequences is null ? built : built with { Sequences = sequences };
    }

    private static PhantomSettings Settings(SequenceAcquisition? all, params (string Name, SequenceAcquisition Acquisition)[] others)
    {
        string[] names = ["T1_in", "T1_opp", "T1_W", "T1_F"];
        return new PhantomSettings
        {
            Center = "A",
            FieldStrength = "3.0T",
            LiverIronConcentration = 6,
            Seed = 3,
            Protocol = Protocol(all is null ? null : names.ToDictionary(name => name, name => others.FirstOrDefault(other => other.Name == name).Acquisition ?? all)),
        }.WithSize(40, 32);
    }

    /// <summary>Mean absolute difference of neighbours.</summary>
    private static double Roughness(Volume image, int dy = 0, int dz = 0)
    {
        var g = image.Geometry;
        var step = dz * g.SizeX * g.SizeY + dy * g.SizeX;
        return Enumerable.Range(0, g.Count - step).Average(n => Math.Abs(image.Voxels[n + step] - image.Voxels[n]));
    }
}
