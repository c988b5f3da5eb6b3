namespace Radiomics.Extraction;

/// <summary>Analyze 7.5 headers, whose first fields NIfTI-1 took over; the others mean something else.</summary>
internal static class AnalyzeHeader
{
    private const int OrientPlace = 252;

    /// <summary>
    /// The fields of a header without NIfTI's magic, as ITK reads them: axial slices (<c>orient</c> 0), columns to the patient's left, rows to the front, slices upwards,
    /// from the origin on, without scaling.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>: slices that aren't axial.</exception>
    public static NiftiFields Fields(NiftiFields fields, ReadOnlySpan<byte> bytes, List<string> warnings)
    {
        if (bytes[OrientPlace] != 0)
        {
            throw NiftiHeader.Invalid($"It is Analyze 7.5 with slices that aren't axial (orient {bytes[OrientPlace]}): convert it to NIfTI.");
        }

        warnings.Add("The image is Analyze 7.5, which doesn't say where it lies or what is left and right: the patient's left is taken to be at the end of each row, as ITK does.");
        var sizes = fields.VoxelSizes;
        var (x, y, z) = (Math.Abs(sizes[1]), Math.Abs(sizes[2]), Math.Abs(sizes[3]));
        return fields with
        {
            VoxelSizes = [1, x, y, z],
            Slope = 0,
            Intercept = 0,
            Units = 2,
            QformCode = 0,
            SformCode = 1,
            Rows = [-x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0],
        };
    }
}
