namespace Radiomics.Extraction.Tests;

public class NearestVoxelTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Distances_are_those_of_a_search_through_all_voxels(double share)
    {
        var (size, spacing) = ((X: 11, Y: 9, Z: 7), (X: 0.9, Y: 1.3, Z: 4.0));
        var random = new Random(3);
        var voxels = Enumerable.Range(0, size.X * size.Y * size.Z).Select(_ => random.NextDouble() < share ? (byte)1 : (byte)0).ToArray();
        var nearest = NearestVoxel.Of(voxels, 1, size, spacing);
        for (var n = 0; n < voxels.Length; n++)
        {
            var best = Enumerable.Range(0, voxels.Length).Where(m => voxels[m] == 1).Min(m => Distance(n, m));
            Assert.Equal(1, voxels[nearest[n]]);
            Assert.Equal(best, Distance(n, nearest[n]), 1e-9);
        }

        double Distance(int a, int b)
        {
            var x = (a % size.X - b % size.X) * spacing.X;
            var y = (a / size.X % size.Y - b / size.X % size.Y) * spacing.Y;
            var z = (a / size.X / size.Y - b / size.X / size.Y) * spacing.Z;
            return Math.Sqrt(x * x + y * y + z * z);
        }
    }

    [Fact]
    public void Where_there_is_none_there_is_no_nearest() =>
        Assert.All(NearestVoxel.Of(new byte[24], 1, (2, 3, 4), (1, 1, 1)), n => Assert.Equal(-1, n));
}
