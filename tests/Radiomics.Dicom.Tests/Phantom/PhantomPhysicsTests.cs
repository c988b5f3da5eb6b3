using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Phantom;

public class PhantomPhysicsTests
{
    [Theory]
    [InlineData(1, 1.5, 44.564)]
    [InlineData(10, 1.5, 390.319)]
    [InlineData(30, 1.5, 1158.663)]
    [InlineData(1, 3.0, 76.353)]
    [InlineData(10, 3.0, 743.514)]
    [InlineData(30, 3.0, 2226.093)]
    public void R2star_lies_on_the_published_line(double iron, double tesla, double expected) =>
        Assert.Equal(expected, LiverRelaxometry.R2Star(iron, tesla), 0.001);

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void R2star_agrees_with_other_published_calibrations(double iron)
    {
        var at15 = LiverRelaxometry.R2Star(iron, 1.5);
        Assert.InRange(at15 / ((iron - 0.202) / 0.0254), 0.9, 1.12);
        Assert.InRange(LiverRelaxometry.R2Star(iron, 3.0) / (2.00 * at15 - 11), 0.9, 1.1);
    }

    [Theory]
    [InlineData("A", "3.0T")]
    [InlineData("B", "1.5T")]
    public void In_phase_signal_falls_with_iron_as_the_echo_time_says(string center, string fieldStrength)
    {
        var protocol = PhantomProtocol.For(center, fieldStrength) with { Noise = 0 };
        var (first, second) = (NoiseFree(protocol, 6), NoiseFree(protocol with { InPhaseEchoTime = protocol.InPhaseEchoTime * 2 }, 6));

        // Twice the echo time is in phase again, so that only decay differs.
        // Local iron is log-normal: its median lies below its mean.
        var median = 6 * Math.Exp(-Math.Pow(first.Patient.IronHeterogeneity, 2) / 2);
        var r2Star = LiverRelaxometry.R2Star(median, protocol.MagneticFieldStrength);
        var ratio = MedianInLiver(second, "T1_in") / MedianInLiver(first, "T1_in");

        // Fat's side peaks dephase a little between the two echoes.
        Assert.InRange(ratio / Math.Exp(-protocol.InPhaseEchoTime * r2Star / 1000), 0.95, 1.05);
    }

    [Fact]
    public void Without_decay_two_points_give_back_water_and_fat()
    {
        foreach (var (water, fat) in new[] { (0.9f, 0.1f), (0.5f, 0.45f), (0.05f, 0.9f) })
        {
            var (w, f) = TwoPointDixon.Separate(water + fat, Math.Abs(water - fat), fatDominates: fat > water);
            Assert.Equal(water, w, 1e-6f);
            Assert.Equal(fat, f, 1e-6f);
        }
    }

    [Theory]
    [InlineData("3.0T")]
    [InlineData("1.5T")]
    public void An_iron_free_liver_without_noise_shows_its_fat_fraction(string fieldStrength)
    {
        var protocol = PhantomProtocol.For("A", fieldStrength) with { Noise = 0, FlipAngle = 0.5, RepetitionTime = 4000 };
        var volumes = NoiseFree(protocol, 0);
        var (water, fat) = (MedianInLiver(volumes, "T1_W"), MedianInLiver(volumes, "T1_F"));
        Assert.Equal(volumes.Patient.LiverFatFraction, fat / (water + fat), 0.015);
    }

    [Fact]
    public void Subcutaneous_fat_is_bright_in_the_fat_image_and_dark_in_the_water_image()
    {
        var settings = Settings("A", "3.0T", 3);
        var volumes = LiverPhantom.Generate(settings);
        var geometry = settings.Geometry;
        var found = false;
        for (var j = 0; j < geometry.SizeY / 4; j++)
        {
            var n = (geometry.SizeZ / 2 * geometry.SizeY + j) * geometry.SizeX + geometry.SizeX / 2;
            found |= volumes.Sequences["T1_F"].Voxels[n] > 4 * volumes.Sequences["T1_W"].Voxels[n] && volumes.Sequences["T1_in"].Voxels[n] > 300;
        }

        Assert.True(found);
    }

    [Fact]
    public void Iron_darkens_the_liver_most_at_the_later_echo_and_at_the_higher_field()
    {
        double Loss(string fieldStrength, string sequence) =>
            MeanInLiver(LiverPhantom.Generate(Settings("A", fieldStrength, 10)), sequence)
            / MeanInLiver(LiverPhantom.Generate(Settings("A", fieldStrength, 1)), sequence);

        Assert.True(Loss("3.0T", "T1_in") < Loss("3.0T", "T1_opp"));
        Assert.True(Loss("1.5T", "T1_in") < Loss("1.5T", "T1_opp"));
    }

    [Fact]
    public void Background_is_rician_noise_of_the_protocol()
    {
        var settings = Settings("B", "3.0T", 5);
        var image = LiverPhantom.Generate(settings).Sequences["T1_in"];
        var protocol = settings.ResolveProtocol();
        var corner = Enumerable.Range(0, settings.Slices)
            .SelectMany(k => Enumerable.Range(0, 10).Select(i => (double)image.Voxels[k * settings.Rows * settings.Columns + i]))
            .Average();
        Assert.Equal(Math.Sqrt(Math.PI / 2), corner / (protocol.Noise * protocol.SignalScale), 0.12);
    }

    [Fact]
    public void The_liver_of_an_adult_has_about_one_and_a_half_litres()
    {
        foreach (var seed in Enumerable.Range(1, 8))
        {
            var mask = LiverPhantom.Generate(Settings("A", "3.0T", 5) with { Seed = seed }).Liver;
            Assert.InRange(mask.CountInside() * mask.Geometry.VoxelVolume / 1e6, 1.1, 1.9);
        }
    }

    [Fact]
    public void Impossible_settings_are_refused_with_a_code()
    {
        Assert.Equal("InvalidPhantomSettings", Refusal(Settings("A", "3.0T", -1)));
        Assert.Equal("InvalidPhantomSettings", Refusal(Settings("A", "3.0T", double.NaN)));
        Assert.Equal("InvalidPhantomSettings", Refusal(Settings("A", "3.0T", 5) with { Slices = 1 }));
        Assert.Equal("UnknownPhantomProtocol", Refusal(Settings("A", "7.0T", 5)));

        static string Refusal(PhantomSettings settings) => Assert.Throws<RadiomicsException>(() => LiverPhantom.Generate(settings)).Code;
    }

    private static PhantomSettings Settings(string center, string fieldStrength, double iron) => new PhantomSettings
    {
        Center = center,
        FieldStrength = fieldStrength,
        LiverIronConcentration = iron,
        Seed = 11,
    }.WithSize(64, 32);

    private static PhantomVolumes NoiseFree(PhantomProtocol protocol, double iron) =>
        LiverPhantom.Generate(Settings(protocol.Center, protocol.FieldStrength, iron).WithSize(160, 10) with { Protocol = protocol });

    private static double MedianInLiver(PhantomVolumes volumes, string sequence)
    {
        var values = InLiver(volumes, sequence).Order().ToArray();
        return values[values.Length / 2];
    }

    private static double MeanInLiver(PhantomVolumes volumes, string sequence) => InLiver(volumes, sequence).Average();

    private static IEnumerable<double> InLiver(PhantomVolumes volumes, string sequence) =>
        volumes.Sequences[sequence].Voxels.Where((_, n) => volumes.Liver.Voxels[n] == 1).Select(value => (double)value);
}
