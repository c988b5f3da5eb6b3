namespace Radiomics.Extraction.Tests;

/// <summary>Small images and ROIs of every awkward kind, made by a seeded generator, with settings of every kind.</summary>
public class DegenerateInputTests
{
    private static readonly string[] Codes = ["EmptyRoi", "FilterOutOfRange", "InvalidSettings", "NonFiniteVoxels", "RoiTooSmall"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_image_and_ROI_give_values_reasons_or_a_coded_error_on_any_number_of_threads(int block)
    {
        for (var seed = 20 * block; seed < 20 * block + 20; seed++)
        {
            var random = new Random(seed);
            var (image, roi) = RandomInput(random);
            var settings = RandomSettings(random).Validated();
            var one = Extract(image, roi, settings, 1);
            var three = Extract(image, roi, settings, 3);
            Assert.Equal(one.Code, three.Code);
            if (one.Vector is not { } vector)
            {
                Assert.Contains(one.Code, Codes);
                continue;
            }

            Assert.NotEmpty(vector.Features);
            Assert.All(vector.Features, f => Assert.True(f.Value is { } value ? double.IsFinite(value) : vector.Undefined[f.Key].Length > 0, $"seed {seed}: {f.Key}"));
            Assert.Equal(vector.Features.Count(f => f.Value is null), vector.Undefined.Count);
            Assert.All(vector.Diagnostics, d => Assert.True(double.IsFinite(d.Value), $"seed {seed}: {d.Key}"));
            Assert.Equal(vector.Features, three.Vector!.Features);
            Assert.Equal(vector.Diagnostics, three.Vector.Diagnostics);
        }
    }

    [Fact]
    public void Most_of_the_generators_cases_have_features()
    {
        var count = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var (image, roi) = RandomInput(random);
            count += Extract(image, roi, RandomSettings(random), 2).Vector is null ? 0 : 1;
        }

        Assert.InRange(count, 30, 59);
    }

    private static (FeatureVector? Vector, string Code) Extract(Volume image, Mask roi, ExtractionSettings settings, int threads)
    {
        try
        {
            return (FeatureExtractor.Extract(image, roi, settings, new() { MaxThreads = threads }), "");
        }
        catch (RadiomicsException e)
        {
            return (null, e.Code);
        }
    }

    private static (Volume Image, Mask Roi) RandomInput(Random random)
    {
        int Size() => random.Next(5) == 0 ? 1 : random.Next(2, 10);
        double Spacing() => random.Next(3) == 0 ? 1 : 0.3 + 4 * random.NextDouble();
        var g = Case.Geometry(Size(), Size(), Size(), Spacing(), Spacing(), Spacing());
        var kind = random.Next(9);
        var constant = Pick(random, 0, 1, -7.5, 1e30, -1e-40);
        var image = Case.Image(g, (x, y, z) => kind switch
        {
            0 => constant,
            1 => random.Next(1, 7),
            2 => -random.Next(1, 400),
            3 => (random.NextDouble() - 0.5) * 2e30,
            4 => (random.NextDouble() - 0.5) * 6e38,
            5 => random.NextDouble() * 1e-40,
            6 => random.Next(60) == 0 ? Pick(random, double.NaN, double.PositiveInfinity) : random.Next(100),
            7 => random.Next(2) * 200,
            _ => random.Next(-1000, 3000) + random.NextDouble(),
        });
        var (cx, cy, cz, shape) = (random.Next(g.SizeX), random.Next(g.SizeY), random.Next(g.SizeZ), random.Next(8));
        return (image, Case.Roi(g, (x, y, z) => shape switch
        {
            0 => (x, y, z) == (cx, cy, cz),
            1 => (y, z) == (cy, cz),
            2 => z == cz,
            3 => x == cx,
            4 => random.Next(8) == 0,
            5 => (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz) < 9,
            _ => true,
        }));
    }

    private static ExtractionSettings RandomSettings(Random random)
    {
        var filters = AllFilters(random).Where(_ => random.Next(3) == 0).ToArray();
        var settings = new ExtractionSettings
        {
            Name = "random",
            Normalisation = new() { Method = Pick(random, NormalisationMethod.None, NormalisationMethod.None, NormalisationMethod.ZScoreImage) },
            Discretisation = Bins(random),
            FilterDiscretisation = Bins(random),
            Filters = filters,
            MeasureOriginal = filters.Length == 0 || random.Next(3) > 0,
            Texture = new() { SymmetricCooccurrence = random.Next(3) > 0, DependenceCoarseness = random.Next(2) },
        };
        var resampling = new ResamplingSettings
        {
            Method = Pick(random, InterpolationMethod.Nearest, InterpolationMethod.Linear, InterpolationMethod.CubicSpline),
            Spacing = new(Pick(random, 1, 2, 10), Pick(random, 0, 0.9, 2), Pick(random, 0, 1, 10)),
        };
        if (random.Next(3) == 0)
        {
            return settings with
            {
                Conventions = Conventions.PyRadiomics,
                Resampling = random.Next(2) == 0 ? new() : resampling with { Alignment = GridAlignment.Origin, RoiMethod = InterpolationMethod.Nearest },
                Families = PyRadiomicsDefaults.Settings.Families,
                PyRadiomics = new() { MinimumRoiDimensions = random.Next(1, 3), Distances = random.Next(2) == 0 ? [1] : [1, 3] },
            };
        }

        return settings with
        {
            Resampling = random.Next(2) == 0 ? new() : resampling with { InPlane = random.Next(3) == 0 },
            ReSegmentation = new() { Lower = random.Next(4) == 0 ? -500 : null, OutlierSigma = random.Next(4) == 0 ? 1 : null },
            IntensityVolumeHistogram = random.Next(2) == 0 ? new() : Bins(random),
            Texture = settings.Texture with
            {
                Aggregations = Enum.GetValues<Aggregation>(),
                CooccurrenceDistance = random.Next(1, 3),
                DistanceWeighting = Pick(random, DistanceWeighting.None, DistanceWeighting.Euclidean),
            },
        };
    }

    private static FilterSettings[] AllFilters(Random random) =>
    [
        new() { Type = FilterType.Log, Sigma = random.Next(1, 4) },
        new() { Type = FilterType.Wavelet, Wavelet = Pick(random, (string[])["haar", "db2", "coif1", "coif2"]) },
        new() { Type = FilterType.Square },
        new() { Type = FilterType.SquareRoot },
        new() { Type = FilterType.Logarithm },
        new() { Type = FilterType.Exponential },
        new() { Type = FilterType.Gradient },
    ];

    private static DiscretisationSettings Bins(Random random) => random.Next(2) == 0
        ? new() { Method = DiscretisationMethod.FixedBinNumber, Bins = Pick(random, 2, 32, 65535) }
        : new() { Method = DiscretisationMethod.FixedBinSize, BinSize = Pick(random, 0.5, 25, 1e27), Origin = BinOrigin.Zero };

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
