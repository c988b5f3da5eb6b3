using System.Runtime.InteropServices;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Archives;

/// <summary>Masks and blank images deflate as far as Deflate goes: in a zip they are what they are in a folder.</summary>
public sealed class BlankVolumeTests
{
    /// <summary>320 × 320 × 72 voxels over the whole of <see cref="Grids.Axial"/>.</summary>
    private static readonly VolumeGeometry _fine = Fine(Grids.Axial, 320, 320, 72);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_nifti_mask_of_any_type_is_read_from_a_zip(short type) => AssertRegion("NIFTI", ("liver.nii", Nifti(type)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_segmentation_of_a_byte_a_voxel_is_read_from_a_zip(bool isLabelMap)
    {
        var seg = new SegObject { Grid = _fine, Fractional = true, Inside = IsInside }.Build(TestStudy.Dixon, 0);
        if (isLabelMap)
        {
            byte[] labels = [.. seg.GetValues<byte>(DicomTag.PixelData).Select(value => (byte)(value > 127 ? 1 : 0))];
            seg.AddOrUpdate(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.7");
            seg.AddOrUpdate(DicomTag.SegmentationType, "LABELMAP");
            seg.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(labels)));
        }

        AssertRegion("SEG", ("seg.dcm", TestStudy.Bytes(seg)));
    }

    [Fact]
    public void A_blank_slice_of_a_large_raster_is_read_from_a_zip()
    {
        var series = new MrSeries { Grid = Fine(Grids.Axial, 1024, 1024, 3), Stored = (i, _, k) => k == 0 ? 0 : i };
        var sequence = Ingest.ReadOne(TestStudy.Dixon with { Series = [series] });
        Assert.Equal([0f, 5f, 5f], Enumerable.Range(0, 3).Select(k => sequence.Volume.Voxels[(k << 20) + 5]));
    }

    private static void AssertRegion(string source, (string Name, byte[] Content) mask)
    {
        var study = TestStudy.Dixon with { Segmentations = [], Extra = [mask] };
        Assert.InRange(TestStudy.Zip([mask]).Length, 1, mask.Content.Length / 200);
        var fat = Ingest.Read(study, request: Ingest.FatModel).Sequences[0];
        Assert.Equal(source, fat.RoiSource);
        Assert.Equal(
            Enumerable.Range(0, fat.Roi.Geometry.Count).Select(n => (byte)(n % 12 is >= 3 and < 9 && n / 12 % 10 is >= 2 and < 7 && n / 120 is >= 1 and < 5 ? 1 : 0)),
            fat.Roi.Voxels);
    }

    /// <summary>The box of <see cref="SegObject"/>.</summary>
    private static bool IsInside(int i, int j, int k) => i is >= 80 and < 240 && j is >= 64 and < 224 && k is >= 12 and < 60;

    /// <summary>A mask as an uncompressed NIfTI file whose voxels are of a NIfTI data type: 8 or 16 bits, or floats of 32 or 64.</summary>
    private static byte[] Nifti(short type)
    {
        byte[] voxels = [.. Enumerable.Range(0, _fine.Count).Select(n => (byte)(IsInside(n % 320, n / 320 % 320, n / 320 / 320) ? 1 : 0))];
        using var stream = new MemoryStream();
        NiftiFile.Write(stream, new Mask(_fine, voxels), compress: false);
        var header = stream.ToArray()[..352];
        var (bytes, bits) = type switch
        {
            2 => (voxels, 8),
            4 => (MemoryMarshal.AsBytes<short>(Array.ConvertAll(voxels, voxel => (short)voxel)).ToArray(), 16),
            16 => (MemoryMarshal.AsBytes<float>(Array.ConvertAll(voxels, voxel => (float)voxel)).ToArray(), 32),
            _ => (MemoryMarshal.AsBytes<double>(Array.ConvertAll(voxels, voxel => (double)voxel)).ToArray(), 64),
        };
        BitConverter.TryWriteBytes(header.AsSpan(70), type);
        BitConverter.TryWriteBytes(header.AsSpan(72), (short)bits);
        return [.. header, .. bytes];
    }

    /// <summary>A grid of other voxels over the same extent.</summary>
    private static VolumeGeometry Fine(VolumeGeometry grid, int x, int y, int z)
    {
        var corner = new Point3(-0.5 + (0.5 * grid.SizeX / x), -0.5 + (0.5 * grid.SizeY / y), -0.5 + (0.5 * grid.SizeZ / z));
        return grid with
        {
            SizeX = x,
            SizeY = y,
            SizeZ = z,
            SpacingX = grid.SpacingX * grid.SizeX / x,
            SpacingY = grid.SpacingY * grid.SizeY / y,
            SpacingZ = grid.SpacingZ * grid.SizeZ / z,
            Origin = grid.ToPatient(corner.X, corner.Y, corner.Z),
        };
    }
}
