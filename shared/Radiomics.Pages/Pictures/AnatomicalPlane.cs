using Radiomics.Extraction;

namespace Radiomics.Pages.Pictures;

/// <summary>One plane through the ROI's center, as it is looked at: rows from the top, columns from the left.</summary>
public sealed class AnatomicalPlane
{
    private AnatomicalPlane(string name, string labels, int columns, int rows, double columnSpacing, double rowSpacing)
    {
        (Name, Labels, Columns, Rows, Width, Height) = (name, labels, columns, rows, columns * columnSpacing, rows * rowSpacing);
        Intensities = new float[columns * rows];
        Inside = new bool[columns * rows];
    }

    /// <summary>Axial, coronal or sagittal.</summary>
    public string Name { get; }

    /// <summary>What lies left, right, top and bottom.</summary>
    public string Labels { get; }

    /// <summary>Pixels from left to right.</summary>
    public int Columns { get; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>Extent from left to right, mm.</summary>
    public double Width { get; }

    /// <summary>Extent from top to bottom, mm.</summary>
    public double Height { get; }

    /// <summary>Row by row.</summary>
    public float[] Intensities { get; }

    /// <summary>Which pixels are in the ROI, row by row.</summary>
    public bool[] Inside { get; }

    /// <summary>Axial as seen from the feet, coronal from the front, sagittal from the left; the patient's left is on the right.</summary>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>.</exception>
    public static IReadOnlyList<AnatomicalPlane> Through(Volume image, Mask roi)
    {
        var axes = new AnatomicalAxes(image.Geometry);
        var (l, p, s) = Center(axes, roi);
        var (left, posterior, superior) = (axes.Size(0), axes.Size(1), axes.Size(2));
        var axial = new AnatomicalPlane("axial", "RLAP", left, posterior, axes.Spacing(0), axes.Spacing(1));
        axial.Fill(image, roi, (column, row) => axes.Index(column, row, s));
        var coronal = new AnatomicalPlane("coronal", "RLSI", left, superior, axes.Spacing(0), axes.Spacing(2));
        coronal.Fill(image, roi, (column, row) => axes.Index(column, p, superior - 1 - row));
        var sagittal = new AnatomicalPlane("sagittal", "APSI", posterior, superior, axes.Spacing(1), axes.Spacing(2));
        sagittal.Fill(image, roi, (column, row) => axes.Index(l, column, superior - 1 - row));
        return [axial, coronal, sagittal];
    }

    /// <summary>The 1st and 99th percentile of what is shown: black and white.</summary>
    public static (float Low, float High) Window(IReadOnlyList<AnatomicalPlane> planes)
    {
        float[] shown = [.. planes.SelectMany(plane => plane.Intensities).Where(float.IsFinite)];
        if (shown.Length == 0)
        {
            return (0, 1);
        }

        Array.Sort(shown);
        var (low, high) = (shown[shown.Length / 100], shown[shown.Length - 1 - shown.Length / 100]);
        return high > low ? (low, high) : (low, low + 1);
    }

    /// <summary>Whether a pixel is in the ROI; none outside the plane is.</summary>
    public bool IsInside(int column, int row) => column >= 0 && row >= 0 && column < Columns && row < Rows && Inside[row * Columns + column];

    private void Fill(Volume image, Mask roi, Func<int, int, int> index)
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var from = index(column, row);
                Intensities[row * Columns + column] = (float)image[from];
                Inside[row * Columns + column] = roi.Voxels[from] != 0;
            }
        }
    }

    /// <summary>The voxel nearest to the ROI's center of mass.</summary>
    private static (int Left, int Posterior, int Superior) Center(AnatomicalAxes axes, Mask roi)
    {
        double left = 0, posterior = 0, superior = 0;
        long count = 0;
        for (var s = 0; s < axes.Size(2); s++)
        {
            for (var p = 0; p < axes.Size(1); p++)
            {
                for (var l = 0; l < axes.Size(0); l++)
                {
                    if (roi.Voxels[axes.Index(l, p, s)] != 0)
                    {
                        (left, posterior, superior, count) = (left + l, posterior + p, superior + s, count + 1);
                    }
                }
            }
        }

        return count == 0
            ? throw new RadiomicsException("EmptyRoi", "The ROI has no voxel inside.")
            : ((int)Math.Round(left / count), (int)Math.Round(posterior / count), (int)Math.Round(superior / count));
    }
}
