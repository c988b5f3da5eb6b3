namespace Radiomics.Extraction;

/// <summary>Walks along a row of a mask from run to run of voxels inside: an ROI's row is mostly one run.</summary>
internal static class MaskRun
{
    /// <summary>Finds the next run at or after <paramref name="end"/>, which then is the run's end; false if there is none.</summary>
    public static bool Next(ReadOnlySpan<byte> row, ref int end, out int start)
    {
        var skip = row[end..].IndexOfAnyExcept((byte)0);
        if (skip < 0)
        {
            start = row.Length;
            return false;
        }

        start = end + skip;
        var length = row[start..].IndexOf((byte)0);
        end = length < 0 ? row.Length : start + length;
        return true;
    }
}
