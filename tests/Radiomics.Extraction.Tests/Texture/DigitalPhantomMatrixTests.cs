namespace Radiomics.Extraction.Tests;

/// <summary>The matrices that the IBSI manual lists for the digital phantom.</summary>
public class DigitalPhantomMatrixTests
{
    private static readonly MeasuredImage Phantom = Measure();

    [Fact]
    public void Sizes_of_zones_in_the_volume() =>
        Assert.Equal([(1, 50, 1), (3, 1, 1), (4, 2, 1), (4, 14, 1), (6, 7, 1)], Entries(Phantom.Zones.Sizes.Matrix()));

    [Fact]
    public void Sizes_of_zones_in_the_first_two_slices()
    {
        Assert.Equal([(1, 3, 1), (1, 6, 1), (4, 2, 1), (4, 6, 1), (6, 3, 1)], Entries(Phantom.SliceZones.Sizes.Matrix(0)));
        Assert.Equal([(1, 4, 1), (1, 8, 1), (3, 1, 1), (4, 2, 2), (6, 1, 2)], Entries(Phantom.SliceZones.Sizes.Matrix(1)));
    }

    [Fact]
    public void Distances_of_zones()
    {
        Assert.Equal([(1, 1, 1), (3, 1, 1), (4, 1, 2), (6, 1, 1)], Entries(Phantom.Zones.Distances!.Matrix()));
        Assert.Equal([(1, 1, 2), (3, 2, 1), (4, 1, 2), (6, 1, 1), (6, 2, 1)], Entries(Phantom.SliceZones.Distances!.Matrix(1)));
    }

    [Fact]
    public void Merged_slices_add_up()
    {
        var matrix = Phantom.SliceZones.Sizes.Matrix();
        Assert.Equal((18, 74), (matrix.Total, matrix.VoxelCount));
        Assert.Contains((4, 2, 5), Entries(matrix));
        Assert.Equal([20, 19, 17, 18], Phantom.SliceZones.Sizes.VoxelCounts);
    }

    [Fact]
    public void Dependences_in_a_slice_and_in_the_volume()
    {
        Assert.Equal(
            [(1, 3, 2), (1, 4, 6), (1, 6, 4), (3, 1, 1), (4, 2, 4), (6, 1, 2)], Entries(Dependence.Of(Phantom.Grid, 1, 0, bySlice: true).Matrix(1)));
        Assert.Equal(
            [
                (1, 5, 2), (1, 6, 2), (1, 7, 1), (1, 8, 6), (1, 9, 4), (1, 10, 6), (1, 11, 5), (1, 12, 5), (1, 13, 3), (1, 14, 2), (1, 15, 5), (1, 16, 3),
                (1, 17, 3), (1, 18, 2), (1, 21, 1), (3, 1, 1), (4, 2, 2), (4, 4, 2), (4, 5, 6), (4, 6, 4), (4, 7, 2), (6, 2, 1), (6, 3, 4), (6, 4, 1), (6, 5, 1),
            ],
            Entries(Dependence.Of(Phantom.Grid, 1, 0, bySlice: false).Matrix()));
    }

    [Fact]
    public void Tone_differences_in_a_slice_and_in_the_volume()
    {
        var slice = ToneDifferences.Of(Phantom.Grid, 1, bySlice: true)[1];
        Assert.Equal([1, 3, 4, 6], slice.Levels);
        Assert.Equal([12, 1, 4, 2], slice.Counts);
        Assert.Equal([11.928571, 0.375, 4.8, 8.0], slice.Differences.Select(s => Math.Round(s, 6)));
        var volume = Assert.Single(ToneDifferences.Of(Phantom.Grid, 1, bySlice: false));
        Assert.Equal([50, 1, 16, 7], volume.Counts);
        Assert.Equal([39.946954, 0.2, 20.825401, 24.127005], volume.Differences.Select(s => Math.Round(s, 6)));
    }

    [Fact]
    public void A_level_that_does_not_occur_in_a_slice_has_no_row_there() => Assert.Equal([1, 4, 6], Phantom.SliceZones.Sizes.Matrix(0).Levels);

    private static MeasuredImage Measure()
    {
        var settings = ExtractionSettingsFile.Load("ibsi-digital");
        var roi = ProcessedRoi.From(DigitalPhantom.Image, DigitalPhantom.Roi, settings, ExtractionOptions.Default);
        return new(roi, roi.Intensity.Intensities, roi.SortedIntensities, settings);
    }

    private static List<(int Level, int Column, int Count)> Entries(CountMatrix matrix)
    {
        var entries = new List<(int, int, int)>();
        for (var row = 0; row < matrix.Levels.Length; row++)
        {
            for (var entry = matrix.RowStarts[row]; entry < matrix.RowStarts[row + 1]; entry++)
            {
                entries.Add((matrix.Levels[row], matrix.Columns[matrix.EntryColumns[entry]], matrix.EntryCounts[entry]));
            }
        }

        return entries;
    }
}
