namespace Radiomics.Extraction.Tests;

/// <summary>PyRadiomics' interpolators and masks on another grid.</summary>
public class PyRadiomicsInterpolatorTests
{
    // By ITK 5.2's ResampleImageFilter, its interpolators set up as SimpleITK does, of Sawtooth (of labels: its values divided by 34 and cut off, plus 1) on voxels
    // of 0.8 × 1.3 × 2 mm: every 61st of 14 × 5 × 8 voxels, the last of which lies outside.
    public static TheoryData<InterpolationMethod, double[]> Itk => new()
    {
        { InterpolationMethod.Gaussian, [136.8456095, 144.6710902, 145.1586834, 149.401232, 151.1931579, 152.0216086, 146.9194456, 155.8352872, 150.2777038, 0] },
        { InterpolationMethod.LabelGaussian, [2, 1, 1, 1, 3, 1, 2, 3, 2, 0] },
        { InterpolationMethod.HammingSinc, [115.3801041, 102.2075112, 135.5653342, 143.5108974, 173.8284508, 138.3064357, 167.7488562, 163.2688729, 147.78451, 0] },
        { InterpolationMethod.CosineSinc, [115.8556829, 99.46814191, 136.2821341, 140.5000114, 173.3956374, 134.9383753, 168.369176, 159.7531917, 147.072459, 0] },
        { InterpolationMethod.WelchSinc, [116.2238419, 98.96318001, 137.165049, 140.4271249, 173.5533136, 134.7359465, 168.8398953, 159.2474318, 147.0903802, 0] },
        { InterpolationMethod.LanczosSinc, [115.2673413, 100.3386878, 135.0374642, 140.7807431, 173.1643873, 135.4425218, 167.6278939, 160.6004788, 147.0667002, 0] },
        { InterpolationMethod.BlackmanSinc, [112.6652547, 104.4515375, 131.8921397, 143.2101715, 172.1937287, 139.3882032, 164.3667124, 163.7791379, 147.1699523, 0] },
    };

    [Theory]
    [MemberData(nameof(Itk))]
    public void An_interpolator_gives_what_itks_gives(InterpolationMethod method, double[] expected)
    {
        // A quarter of it, so that no image is of whole numbers, which would be cut off.
        float[] voxels = [.. TestVolumes.Sawtooth().Voxels.Select(v => (method == InterpolationMethod.LabelGaussian ? (int)(v - 100) / 34 + 1 : v) / 4)];
        var geometry = new VolumeGeometry { SizeX = 9, SizeY = 7, SizeZ = 5, SpacingX = 1.2, SpacingY = 0.9, SpacingZ = 3 };
        byte[] mask = [.. Enumerable.Repeat((byte)1, voxels.Length)];
        var settings = PyRadiomicsCase.Settings(5) with
        {
            Resampling = new() { Method = method, Spacing = new(0.8, 1.3, 2), Alignment = GridAlignment.Origin, RoiMethod = InterpolationMethod.Nearest },
        };
        var frame = PyRadiomicsFrame.Create(new(geometry, voxels), new(geometry, mask), settings.Validated(), ExtractionOptions.Default);
        Assert.Equal((14, 5, 8), frame.Size);
        Assert.All(expected, (value, i) => Assert.Equal(value / 4, frame.Voxels[61 * i], 1e-5));
    }

    [Fact]
    public void The_slow_choice_among_labels_can_be_cancelled()
    {
        var (image, box) = (Image(), VoxelBox.Whole((6, 6, 6)));
        var settings = PyRadiomicsCase.Settings(5) with
        {
            Resampling = new() { Method = InterpolationMethod.LabelGaussian, Spacing = 1.5, Alignment = GridAlignment.Origin, RoiMethod = InterpolationMethod.Nearest },
        };
        var grid = InterpolationGrid.Create(image.Geometry, box, settings.Resampling);
        var roi = RoiGrid.Cut(image, new(image.Geometry, [.. Enumerable.Repeat((byte)1, 216)]), box);
        Assert.ThrowsAny<OperationCanceledException>(() => PyRadiomicsResampling.Resample(
            image, roi, grid, VoxelBox.Whole(grid.Size), settings, null, new() { Cancellation = new(canceled: true) }));
    }

    [Fact]
    public void Their_interpolators_are_no_ibsi_ones() => Case.AssertCode("InvalidSettings", () => new ExtractionSettings
    {
        Name = "x",
        Resampling = new() { Method = InterpolationMethod.LanczosSinc, Spacing = new(1, 1, 1) },
    }.Validated());

    [Fact]
    public void A_mask_on_another_grid_is_brought_onto_the_images()
    {
        // The middle one of 3 × 3 × 3 voxels of 2 mm is eight of the image's.
        var vector = FeatureExtractor.Extract(Image(), CoarseMask(0.5), PyRadiomicsCase.Settings(1, new() { CorrectMask = true }));
        Assert.Equal(8, vector.Features["original_shape_VoxelVolume"]);
        Case.AssertCode("GridMismatch", () => FeatureExtractor.Extract(Image(), CoarseMask(0.5), PyRadiomicsCase.Settings(1)));
    }

    [Fact]
    public void A_roi_that_reaches_beyond_the_image_is_not_corrected()
    {
        // Moved by 2 mm its middle voxel still lies within the image, by 2.1 mm not.
        var settings = PyRadiomicsCase.Settings(1, new() { CorrectMask = true });
        Assert.Equal(8, FeatureExtractor.Extract(Image(), CoarseMask(2.5), settings).Features["original_shape_VoxelVolume"]);
        Case.AssertCode("GridMismatch", () => FeatureExtractor.Extract(Image(), CoarseMask(2.6), settings));
    }

    [Fact]
    public void A_corrected_mask_is_on_the_images_grid_before_it_is_resampled()
    {
        // Along x new voxels have their centers at 0.25, 1.75, 3.25 and 4.75 as the image's grid begins, of which one lies in 3.5 … 5.5; as the mask's begins, at 3.75 and
        // 5.25, it would be two. Along y and z the grids begin alike.
        var settings = PyRadiomicsCase.Settings(1, new() { CorrectMask = true }) with
        {
            Resampling = new() { Method = InterpolationMethod.Linear, Spacing = 1.5, Alignment = GridAlignment.Origin, RoiMethod = InterpolationMethod.Nearest },
        };
        var features = FeatureExtractor.Extract(Image(), CoarseMask(2.5), settings).Features;
        Assert.Equal(4 * 1.5 * 1.5 * 1.5, features["original_shape_VoxelVolume"]!.Value, 9);
        Assert.Equal(FeatureExtractor.Extract(Image(), CoarseMask(2.5).ResampledOnto(Image().Geometry), settings).Features, features);
    }

    [Fact]
    public void One_bin_is_all_of_the_roi()
    {
        var settings = PyRadiomicsCase.Settings(1) with { Discretisation = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 1 } };
        var features = PyRadiomicsCase.Extract((3, 3, 3), PyRadiomicsCase.Noise(27, 90), settings).Features;
        Assert.Equal(1, features["original_firstorder_Uniformity"]);
        Assert.Equal(1, features["original_glcm_JointEnergy"]);
        Case.AssertCode("InvalidSettings", () => (settings with { Conventions = Conventions.Ibsi, PyRadiomics = null, Texture = new(), FilterDiscretisation = new() }).Validated());
    }

    private static Volume Image() => new(new() { SizeX = 6, SizeY = 6, SizeZ = 6, SpacingX = 1, SpacingY = 1, SpacingZ = 1 }, PyRadiomicsCase.Noise(216, 50));

    private static Mask CoarseMask(double origin)
    {
        var voxels = new byte[27];
        voxels[13] = 1;
        return new(new() { SizeX = 3, SizeY = 3, SizeZ = 3, SpacingX = 2, SpacingY = 2, SpacingZ = 2, Origin = new(origin, 0.5, 0.5) }, voxels);
    }
}
