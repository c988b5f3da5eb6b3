using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Reads the pixel data of one stack into a volume, a file at a time: as floats, which hold stored values of up to 24 bits (a rescale slope that isn't whole is applied in
/// double precision, and rounded last), or as doubles where stored values have more.
/// </summary>
internal static class VolumeReader
{
    /// <summary><paramref name="sorted"/> are the slices in the order of the grid's z axis.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>ArchiveDamaged</c>.</exception>
    public static Volume Read(EntryReader reader, VolumeGeometry geometry, IReadOnlyList<SliceHeader> sorted)
    {
        var voxels = GC.AllocateUninitializedArray<float>(geometry.Count);
        double[]? doubles = null;
        var area = geometry.SizeX * geometry.SizeY;
        foreach (var entry in sorted.Select((slice, k) => (Slice: slice, K: k)).GroupBy(item => item.Slice.Entry))
        {
            var decoder = new FrameDecoder(reader.Read(entry.Key) ?? throw EntryReader.Truncated());
            foreach (var (slice, k) in entry)
            {
                if (decoder.IsWide && doubles is null)
                {
                    doubles = Array.ConvertAll(voxels, voxel => (double)voxel);
                }

                if (doubles is null)
                {
                    decoder.Read(slice.Frame, slice.RescaleSlope, slice.RescaleIntercept, voxels.AsSpan(k * area, area));
                }
                else
                {
                    decoder.Read(slice.Frame, slice.RescaleSlope, slice.RescaleIntercept, doubles.AsSpan(k * area, area));
                }
            }
        }

        var isWhole = sorted.All(slice => double.IsInteger(slice.RescaleSlope) && double.IsInteger(slice.RescaleIntercept));
        return doubles is null
            ? new Volume(geometry, voxels, TypeOf(isWhole, voxels))
            : Volume.Of(geometry, doubles, isWhole ? PixelType.Int32 : PixelType.Float64);
    }

    /// <summary>As other readers of DICOM have it: integers as long as slope and intercept are whole.</summary>
    private static PixelType TypeOf(bool isWhole, ReadOnlySpan<float> voxels) =>
        !isWhole ? PixelType.Float64
        : voxels.ContainsAnyExceptInRange((float)short.MinValue, short.MaxValue) ? PixelType.Int32
        : PixelType.Int16;
}
