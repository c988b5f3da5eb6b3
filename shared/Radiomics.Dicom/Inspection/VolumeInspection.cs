using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Images of one series that were acquired alike, and the volume they make.</summary>
public sealed record VolumeInspection
{
    /// <summary>Cosine of the angle, 10°, up to which a volume is called by its plane alone.</summary>
    private const double StraightCosine = 0.9848;

    /// <summary>Images, or frames of multi-frame objects.</summary>
    public required int Images { get; init; }

    /// <summary>How they were acquired.</summary>
    public required AcquisitionFacts Acquisition { get; init; }

    /// <summary>The grid; null if they make none.</summary>
    public ManifestGeometry? Geometry { get; init; }

    /// <summary>Distance of slices less SliceThickness, mm: negative where they overlap; null if one of them is unknown.</summary>
    public double? SliceGap { get; init; }

    /// <summary><c>axial</c>, <c>coronal</c> or <c>sagittal</c>, followed by <c>oblique</c> from 10° on; null without a grid.</summary>
    public string? Orientation { get; init; }

    /// <summary>Code of what is wrong with the grid, e.g. <c>SliceMissing</c>; null if there is one.</summary>
    public string? Fault { get; init; }

    internal static VolumeInspection Of(SliceStack stack)
    {
        var inspection = new VolumeInspection { Images = stack.Slices.Count, Acquisition = FactWhitelist.Of(stack) };
        try
        {
            var (geometry, _) = StackGeometry.Build(stack.Slices);
            return inspection with
            {
                Geometry = ManifestGeometry.Of(geometry),
                SliceGap = ManifestGeometry.SliceGapOf(geometry, stack.First.SliceThickness),
                Orientation = OrientationOf(geometry.DirectionZ),
            };
        }
        catch (RadiomicsException e)
        {
            return inspection with { Fault = e.Code };
        }
    }

    private static string OrientationOf(Point3 normal)
    {
        (double Cosine, string Name)[] planes = [(Math.Abs(normal.Z), "axial"), (Math.Abs(normal.Y), "coronal"), (Math.Abs(normal.X), "sagittal")];
        var (cosine, name) = planes.MaxBy(plane => plane.Cosine);
        return cosine >= StraightCosine ? name : $"{name} oblique";
    }
}
