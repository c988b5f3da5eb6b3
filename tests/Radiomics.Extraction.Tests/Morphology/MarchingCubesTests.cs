namespace Radiomics.Extraction.Tests;

public class MarchingCubesTests
{
    [Fact]
    public void The_table_of_triangles_follows_the_rule_in_all_256_cases()
    {
        for (var code = 0; code < 256; code++)
        {
            var row = MarchingCubesTriangles.Table.Slice(code * MarchingCubesTriangles.Stride, MarchingCubesTriangles.Stride);
            var letters = row.ToArray().TakeWhile(edge => edge != MarchingCubesTriangles.None).ToArray();
            var triangles = letters.Select(edge => MarchingCubesTriangles.Middle(edge, (1, 1, 1))).Chunk(3).Select(t => (t[0], t[1], t[2]));
            Assert.Equal(MarchingCubesRule.TrianglesOf(code), triangles);
        }
    }

    [Fact]
    public void Wide_rows_have_the_mesh_of_their_parts()
    {
        // 150 voxels cross two borders of 64-bit words; single voxels have an octahedron each.
        var mask = new byte[150];
        foreach (var x in (int[])[0, 30, 61, 63, 65, 126, 128, 149])
        {
            mask[x] = 1;
        }

        var rows = MaskRows.Of(mask, new(0, 0, 0, 150, 1, 1));
        var (volume, area) = MarchingCubes.Measure(rows, (1, 1, 1), MarchingCubesTriangles.Table);
        Assert.Equal(8 / 6.0, volume, 12);
        Assert.Equal(8 * Math.Sqrt(3), area, 12);
    }
}
