using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads the pixel data of one stack into a volume, a file at a time.</summary>
internal static class VolumeReader
{
    /// <summary><paramref name="sorted"/> are the slices in the order of the grid's z axis.</summary>
    /// <exception cref="RadiomicsException"><c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>ArchiveDamaged</c>.</exception>
    public static Volume Read(EntryReader reader, VolumeGeometry geometry, IReadOnlyList<SliceHeader> sorted)
    {
        var voxels = GC.AllocateUninitializedArray<float>(geometry.Count);
        var area = geometry.SizeX * geometry.SizeY;
        foreach (var entry in sorted.Select((slice, k) => (Slice: slice, K: k)).GroupBy(item => item.Slice.Entry))
        {
            var decoder = new FrameDecoder(reader.Read(entry.Key) ?? throw EntryReader.Truncated());
            foreach (var (slice, k) in entry)
            {
                decoder.Read(slice.Frame, slice.RescaleSlope, slice.RescaleIntercept, voxels.AsSpan(k * area, area));
            }
        }

        return new Volume(geometry, voxels);
    }
}
