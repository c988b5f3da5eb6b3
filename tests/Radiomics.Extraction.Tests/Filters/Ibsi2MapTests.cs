namespace Radiomics.Extraction.Tests;

/// <summary>IBSI-2, phase 1: the response maps of the consortium (CC0) to its digital phantoms, the whole of which is filtered.</summary>
public class Ibsi2MapTests
{
    private const string Mean15 = "'type':'mean','support':15";
    private const string Cube = "'type':'laws','kernels':'E5L5S5','boundary':'zero'";
    private const string Checks = "'type':'laws','kernels':'E3W5R5'";
    private const string Plane = "'type':'laws','kernels':'L5S5'";
    private const string Turned = "'rotationInvariance':'max'";
    private const string Averaged = "'rotationInvariance':'average'";

    [Theory]
    [InlineData("1_a_1", "checkerboard", Mean15 + ",'boundary':'zero'")]
    [InlineData("1_a_2", "checkerboard", Mean15 + ",'boundary':'nearest'")]
    [InlineData("1_a_3", "checkerboard", Mean15 + ",'boundary':'periodic'")]
    [InlineData("1_a_4", "checkerboard", Mean15 + ",'boundary':'mirror'")]
    [InlineData("1_b_1", "impulse", Mean15 + ",'boundary':'zero','dimension':'slices'")]
    [InlineData("2_a", "impulse", "'type':'log','sigma':3,'cutoff':4,'boundary':'zero'")]
    [InlineData("2_b", "checkerboard", "'type':'log','sigma':5")]
    [InlineData("2_c", "checkerboard", "'type':'log','sigma':5,'dimension':'slices'")]
    [InlineData("3_a_1", "impulse", Cube)]
    [InlineData("3_a_2", "impulse", Cube + "," + Turned)]
    [InlineData("3_a_3", "impulse", Cube + "," + Turned + ",'energyDistance':7")]
    [InlineData("3_b_1", "checkerboard", Checks)]
    [InlineData("3_b_2", "checkerboard", Checks + "," + Turned)]
    [InlineData("3_b_3", "checkerboard", Checks + "," + Turned + ",'energyDistance':7")]
    [InlineData("3_c_1", "checkerboard", Plane)]
    [InlineData("3_c_2", "checkerboard", Plane + "," + Turned)]
    [InlineData("3_c_3", "checkerboard", Plane + "," + Turned + ",'energyDistance':7")]
    [InlineData("5_a_1", "impulse", "'type':'wavelet','wavelet':'db2','bands':['LHL'],'boundary':'zero'")]
    [InlineData("5_a_2", "impulse", "'type':'wavelet','wavelet':'db2','bands':['LHL'],'boundary':'zero'," + Averaged)]
    [InlineData("6_a_1", "sphere", "'type':'wavelet','wavelet':'coif1','bands':['HHL'],'boundary':'periodic'")]
    [InlineData("6_a_2", "sphere", "'type':'wavelet','wavelet':'coif1','bands':['HHL'],'boundary':'periodic'," + Averaged)]
    [InlineData("7_a_1", "checkerboard", "'type':'wavelet','wavelet':'haar','bands':['LLL'],'level':2," + Averaged)]
    [InlineData("7_a_2", "checkerboard", "'type':'wavelet','wavelet':'haar','bands':['HHH'],'level':2," + Averaged)]
    public void No_voxel_is_off_by_more_than_1_percent_of_the_reference_maps_range(string map, string phantom, string filter)
    {
        var expected = Read($"ibsi2/response_maps/{map}.nii.gz");
        var actual = FilteredMap.Of(Read($"ibsi2/phantoms/{phantom}.nii.gz"), filter);
        var range = expected.Voxels.Max() - expected.Voxels.Min();
        var off = actual.Select((value, i) => Math.Abs(value - expected.Voxels[i])).Max();
        Assert.True(off <= 0.01 * range, $"A voxel is off by {100 * off / range:g3} % of the range.");
    }

    private static Volume Read(string path)
    {
        using var file = File.OpenRead(TestData.Require(path));
        return NiftiFile.ReadVolume(file);
    }
}
