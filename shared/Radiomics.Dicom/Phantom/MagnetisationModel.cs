using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>Water and fat of every voxel at the two echoes: tissue, iron, saturation, decay, coil.</summary>
internal sealed class MagnetisationModel
{
    private readonly PhantomProtocol _protocol;
    private readonly PhantomPatient _patient;
    private readonly Echoes[] _tissues;
    private readonly SmoothField _ironPatches;
    private readonly SmoothField _ironGrain;
    private readonly SmoothField _fatPatches;
    private readonly SmoothField _texture;
    private readonly double _fatSaturation;
    private readonly double _liverR1;
    private readonly double _scale;
    private readonly double _tiltX;
    private readonly double _tiltY;

    public MagnetisationModel(PhantomProtocol protocol, PhantomPatient patient, CounterRandom random)
    {
        _protocol = protocol;
        _patient = patient;
        _ironPatches = new(random.Stream(11), patient.IronCorrelationLength);
        _ironGrain = new(random.Stream(12), 4);
        _fatPatches = new(random.Stream(13), 20);
        _texture = new(random.Stream(14), 5);
        _tiltX = random.Stream(15).Uniform(0, -0.04, 0.04);
        _tiltY = random.Stream(15).Uniform(1, -0.04, 0.04);
        (_fatSaturation, _liverR1, _scale, _tissues) = Prepare();
    }

    private MagnetisationModel(MagnetisationModel body, PhantomProtocol protocol)
    {
        _protocol = protocol;
        _patient = body._patient;
        (_ironPatches, _ironGrain, _fatPatches, _texture) = (body._ironPatches, body._ironGrain, body._fatPatches, body._texture);
        (_tiltX, _tiltY) = (body._tiltX, body._tiltY);
        (_fatSaturation, _liverR1, _scale, _tissues) = Prepare();
    }

    /// <summary>The same body in the same coil under another protocol.</summary>
    public MagnetisationModel With(PhantomProtocol protocol) => new(this, protocol);

    /// <summary>Standard deviation of the noise per channel, in intensities.</summary>
    public float Noise => (float)(_protocol.Noise * _protocol.SignalScale);

    /// <summary>Fills a slice's four magnetisation maps.</summary>
    public void Fill(VolumeGeometry geometry, int slice, ReadOnlySpan<Tissue> labels, DixonSlice target)
    {
        Span<float> patches = stackalloc float[geometry.SizeX];
        Span<float> grain = stackalloc float[geometry.SizeX];
        Span<float> fat = stackalloc float[geometry.SizeX];
        Span<float> texture = stackalloc float[geometry.SizeX];
        for (var j = 0; j < geometry.SizeY; j++)
        {
            var start = geometry.ToPatient(0, j, slice);
            if (labels.Slice(j * geometry.SizeX, geometry.SizeX).Contains(Tissue.Liver))
            {
                _ironPatches.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, patches);
                _ironGrain.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, grain);
                _fatPatches.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, fat);
            }

            _texture.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, texture);
            for (var i = 0; i < geometry.SizeX; i++)
            {
                var n = j * geometry.SizeX + i;
                var tissue = labels[n];
                var echoes = tissue == Tissue.Liver ? Liver(patches[i], grain[i], fat[i]) : _tissues[(int)tissue];
                var coil = tissue == Tissue.Air ? 0 : (float)Coil(start.X + i * geometry.SpacingX, start.Y) * (1 + 0.025f * texture[i]);
                target.WaterIn[n] = coil * echoes.WaterIn;
                target.FatIn[n] = coil * echoes.FatIn;
                target.WaterOpposed[n] = coil * echoes.WaterOpposed;
                target.FatOpposed[n] = coil * echoes.FatOpposed;
            }
        }
    }

    private double Coil(double x, double y)
    {
        var (u, v) = (x / 160, y / 110);
        return 1 + _protocol.CoilBias * (0.5 * (u * u + v * v) - 0.4) + _tiltX * u + _tiltY * v;
    }

    /// <summary>Local iron is log-normal around the mean; three quarters of its variance are patches, the rest fine grain.</summary>
    private Echoes Liver(float patches, float grain, float fat)
    {
        var s = _patient.IronHeterogeneity;
        var iron = _patient.LiverIronConcentration * Math.Exp(s * (0.866 * patches + 0.5 * grain) - s * s / 2);
        var fatFraction = Math.Clamp(_patient.LiverFatFraction * (1 + 0.2 * fat), 0, 0.5);
        var r1 = _liverR1 + LiverRelaxometry.IronR1PerConcentration * iron / 1000;
        return At(
            TissueProperties.LiverProtonDensity * (1 - fatFraction),
            TissueProperties.LiverProtonDensity * fatFraction,
            1 / r1,
            LiverRelaxometry.R2Star(iron, _protocol.MagneticFieldStrength),
            _fatSaturation,
            _scale);
    }

    private (double FatSaturation, double LiverR1, double Scale, Echoes[] Tissues) Prepare()
    {
        var fatSaturation = Saturation(TissueProperties.FatT1(_protocol.MagneticFieldStrength));
        var scale = _protocol.SignalScale * _patient.Gain;
        return (
            fatSaturation,
            1 / TissueProperties.LiverT1(_protocol.MagneticFieldStrength),
            scale,
            [.. Enum.GetValues<Tissue>().Select(tissue => OfTissue(tissue, fatSaturation, scale))]);
    }

    private Echoes OfTissue(Tissue tissue, double fatSaturation, double scale)
    {
        var properties = TissueProperties.Of(tissue, _protocol.MagneticFieldStrength, _patient.SpleenIronConcentration);
        return properties.WaterT1 == 0 ? default : At(properties.Water, properties.Fat, properties.WaterT1, properties.R2Star, fatSaturation, scale);
    }

    private Echoes At(double waterDensity, double fatDensity, double waterT1, double r2Star, double fatSaturation, double scale)
    {
        var water = scale * waterDensity * Saturation(waterT1);
        var fat = scale * fatDensity * fatSaturation;
        var decayIn = SpoiledGradientEcho.Decay(_protocol.InPhaseEchoTime, r2Star);
        var decayOpposed = SpoiledGradientEcho.Decay(_protocol.OpposedPhaseEchoTime, r2Star);
        return new((float)(water * decayIn), (float)(fat * decayIn), (float)(water * decayOpposed), (float)(fat * decayOpposed));
    }

    private double Saturation(double t1) => SpoiledGradientEcho.Saturation(_protocol.RepetitionTime, _protocol.FlipAngle, t1);

    private readonly record struct Echoes(float WaterIn, float FatIn, float WaterOpposed, float FatOpposed);
}
