namespace Radiomics.Extraction.Tests;

/// <summary>An ROI's filters see the image around it, and a border only where the image ends.</summary>
public class FilterBorderTests
{
    public static TheoryData<string, FilterBoundary> Filters
    {
        get
        {
            var data = new TheoryData<string, FilterBoundary>();
            foreach (var filter in (string[])
            [
                "'type':'mean','support':7",
                "'type':'log','sigma':2,'dimension':'slices'",
                "'type':'laws','kernels':'L5E5E5','rotationInvariance':'max','energyDistance':3",
                "'type':'wavelet','wavelet':'db3','bands':['HLL'],'level':2,'rotationInvariance':'average'",
            ])
            {
                foreach (var border in Enum.GetValues<FilterBoundary>())
                {
                    data.Add(filter, border);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Features_are_those_of_the_whole_images_map(string filter, FilterBoundary border)
    {
        var d = NaiveFilters.Noise((46, 40, 38), (1, 1, 1));
        var image = new Volume(new() { SizeX = 46, SizeY = 40, SizeZ = 38, SpacingX = 1, SpacingY = 1, SpacingZ = 1 }, d.Voxels);
        var settings = new ExtractionSettings
        {
            Name = "x",
            Families = [FeatureFamily.Statistics, FeatureFamily.LocalIntensity],
            MeasureOriginal = false,
            Filters = [FilteredMap.Settings($"{filter},'boundary':'{EnumNames<FilterBoundary>.Of(border)}'")],
        };
        var prefix = FilterNames.Of(settings.Filters[0], Conventions.Ibsi)[0];
        foreach (var roi in (VoxelBox[])[new(0, 0, 0, 4, 3, 3), new(41, 18, 35, 5, 3, 2), new(20, 17, 18, 6, 5, 3)])
        {
            var mask = new byte[image.Voxels.Length];
            for (var i = 0; i < roi.Count; i++)
            {
                mask[((roi.Z + i / roi.SizeX / roi.SizeY) * 40 + roi.Y + i / roi.SizeX % roi.SizeY) * 46 + roi.X + i % roi.SizeX] = 1;
            }

            var maps = new KeptMaps();
            FeatureExtractor.Extract(image, new(image.Geometry, mask), settings, new() { Maps = maps });
            var inside = maps.Inside(prefix.TrimEnd('_'));
            var features = FeatureExtractor.Extract(image, new(image.Geometry, mask), settings).Features;
            Assert.Equal(inside.Min(), (float)features[prefix + "stat_min"]!.Value);
            Assert.Equal(inside.Max(), (float)features[prefix + "stat_max"]!.Value);
            Assert.Equal(inside.Average(v => (double)v), features[prefix + "stat_mean"]!.Value, 1e-4);
        }
    }

    [Fact]
    public void A_voxel_on_the_other_side_counts_where_the_image_is_periodic_and_nowhere_else()
    {
        var geometry = new VolumeGeometry { SizeX = 60, SizeY = 5, SizeZ = 5, SpacingX = 1, SpacingY = 1, SpacingZ = 1 };
        var voxels = new float[geometry.Count];
        voxels[59] = 125;
        var mask = new byte[geometry.Count];
        mask[0] = 1;
        Assert.Equal(1, Mean("periodic"), 1e-6);
        Assert.All((string[])["zero", "mirror", "nearest"], border => Assert.Equal(0, Mean(border), 1e-6));

        double Mean(string border)
        {
            var settings = new ExtractionSettings
            {
                Name = "x",
                Families = [FeatureFamily.Statistics],
                Filters = [FilteredMap.Settings($"'type':'mean','support':5,'boundary':'{border}'")],
            };
            var name = FilterNames.Of(settings.Filters[0], Conventions.Ibsi)[0];
            return FeatureExtractor.Extract(new(geometry, voxels), new(geometry, mask), settings).Features[name + "stat_mean"]!.Value;
        }
    }
}
