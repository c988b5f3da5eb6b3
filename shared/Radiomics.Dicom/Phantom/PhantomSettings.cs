using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>One synthetic patient on one scanner. Equal settings give equal volumes and equal files.</summary>
public sealed record PhantomSettings
{
    private const double FieldOfViewXy = 384;
    private const double FieldOfViewZ = 216;

    /// <summary>Center whose protocol is simulated, e.g. <c>A</c>.</summary>
    public required string Center { get; init; }

    /// <summary><c>1.5T</c> or <c>3.0T</c>.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>Mean liver iron concentration, mg Fe per g dry tissue, 0 to 60.</summary>
    public required double LiverIronConcentration { get; init; }

    /// <summary>Decides anatomy, texture, noise, outcome and UIDs. One seed is one patient, whatever the scanner.</summary>
    public required int Seed { get; init; }

    /// <summary>Voxels along x.</summary>
    public int Columns { get; init; } = 320;

    /// <summary>Voxels along y.</summary>
    public int Rows { get; init; } = 320;

    /// <summary>Voxels along z.</summary>
    public int Slices { get; init; } = 72;

    /// <summary>Distance of voxel centers in the slice, mm.</summary>
    public double PixelSpacing { get; init; } = 1.2;

    /// <summary>Distance of slices, mm.</summary>
    public double SliceSpacing { get; init; } = 3.0;

    /// <summary>DICOM PatientName; <c>PHANTOM^{center}^{seed}</c> if null.</summary>
    public string? PatientName { get; init; }

    /// <summary>DICOM PatientID; <c>PHANTOM-{center}-{seed}</c> if null.</summary>
    public string? PatientID { get; init; }

    /// <summary>The protocol; the built-in one of center and field strength if null.</summary>
    public PhantomProtocol? Protocol { get; init; }

    /// <summary>The grid: axial, centered on the upper abdomen.</summary>
    public VolumeGeometry Geometry => new()
    {
        SizeX = Columns,
        SizeY = Rows,
        SizeZ = Slices,
        SpacingX = PixelSpacing,
        SpacingY = PixelSpacing,
        SpacingZ = SliceSpacing,
        Origin = new(-PixelSpacing * (Columns - 1) / 2, -PixelSpacing * (Rows - 1) / 2, -SliceSpacing * (Slices - 1) / 2),
    };

    /// <summary>The same patient on a grid of another size over the same field of view (384 × 384 × 216 mm), e.g. 48³ for training cohorts.</summary>
    public PhantomSettings WithSize(int sizeInPlane, int slices) => this with
    {
        Columns = sizeInPlane,
        Rows = sizeInPlane,
        Slices = slices,
        PixelSpacing = FieldOfViewXy / sizeInPlane,
        SliceSpacing = FieldOfViewZ / slices,
    };

    /// <summary>The protocol that applies.</summary>
    /// <exception cref="RadiomicsException"><c>UnknownPhantomProtocol</c>.</exception>
    public PhantomProtocol ResolveProtocol() => Protocol ?? PhantomProtocol.For(Center, FieldStrength);

    /// <summary>Refuses what can't be simulated.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidPhantomSettings</c>.</exception>
    public void Validate()
    {
        if (LiverIronConcentration is not (>= 0 and <= 60))
        {
            throw new RadiomicsException("InvalidPhantomSettings", "The liver iron concentration must lie between 0 and 60 mg/g dry weight.");
        }

        if (Columns is < 8 or > 1024 || Rows is < 8 or > 1024 || Slices is < 2 or > 512)
        {
            throw new RadiomicsException("InvalidPhantomSettings", "A phantom has 8 to 1024 columns and rows and 2 to 512 slices.");
        }

        if (Protocol is { Sequences.Count: > 0 } protocol && DixonSeries.Names.Any(name => !protocol.Sequences.ContainsKey(name)))
        {
            throw new RadiomicsException("InvalidPhantomSettings", $"A protocol with sequences of their own has all of {string.Join(", ", DixonSeries.Names)}.");
        }

        if (PixelSpacing is not (> 0 and <= 50) || SliceSpacing is not (> 0 and <= 50))
        {
            throw new RadiomicsException("InvalidPhantomSettings", "The spacings of a phantom must be positive and at most 50 mm.");
        }
    }
}
