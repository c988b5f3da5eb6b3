using Radiomics.Extraction;

namespace Radiomics.Pages.Pictures;

/// <summary>
/// A voxel grid seen along the patient's axes: for left (0), posterior (1) and superior (2) which voxel axis is nearest, and whether it runs that way.
/// </summary>
public sealed class AnatomicalAxes
{
    private readonly int[] _axis = new int[3];
    private readonly bool[] _reversed = new bool[3];
    private readonly int[] _size;
    private readonly double[] _spacing;

    /// <summary>The axes of a grid.</summary>
    public AnatomicalAxes(VolumeGeometry geometry)
    {
        _size = [geometry.SizeX, geometry.SizeY, geometry.SizeZ];
        _spacing = [geometry.SpacingX, geometry.SpacingY, geometry.SpacingZ];
        double[][] along = [Components(geometry.DirectionX), Components(geometry.DirectionY), Components(geometry.DirectionZ)];
        var best = double.NegativeInfinity;
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var fit = Math.Abs(along[order[0]][0]) + Math.Abs(along[order[1]][1]) + Math.Abs(along[order[2]][2]);
            if (fit > best)
            {
                best = fit;
                for (var patient = 0; patient < 3; patient++)
                {
                    _axis[patient] = order[patient];
                    _reversed[patient] = along[order[patient]][patient] < 0;
                }
            }
        }
    }

    /// <summary>Voxels along a patient axis.</summary>
    public int Size(int patient) => _size[_axis[patient]];

    /// <summary>Distance of voxels along a patient axis, mm.</summary>
    public double Spacing(int patient) => _spacing[_axis[patient]];

    /// <summary>Index in the voxel array of a position counted along left, posterior and superior.</summary>
    public int Index(int left, int posterior, int superior)
    {
        Span<int> voxel = stackalloc int[3];
        voxel[_axis[0]] = _reversed[0] ? Size(0) - 1 - left : left;
        voxel[_axis[1]] = _reversed[1] ? Size(1) - 1 - posterior : posterior;
        voxel[_axis[2]] = _reversed[2] ? Size(2) - 1 - superior : superior;
        return (voxel[2] * _size[1] + voxel[1]) * _size[0] + voxel[0];
    }

    private static double[] Components(Point3 direction) => [direction.X, direction.Y, direction.Z];
}
