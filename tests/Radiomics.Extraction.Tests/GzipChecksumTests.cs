using System.IO.Compression;

namespace Radiomics.Extraction.Tests;

/// <summary>Gzip tells at its end whether its bytes are those that were written; that must not depend on whether the image ends before.</summary>
public class GzipChecksumTests
{
    [Theory]
    [InlineData(3, 0, null)]
    [InlineData(3, 500_000, null)]
    [InlineData(4, 0, 0)]
    [InlineData(4, 0, 1)]
    public void Voxels_that_are_not_those_that_were_written_are_refused_whatever_follows_them(int dimensions, int trailing, int? volume)
    {
        var geometry = Case.Geometry(9, 8, 7, 1, 1, 1);
        using var plain = new MemoryStream();
        NiftiFile.Write(plain, Volume.Of(geometry, [.. Enumerable.Range(0, geometry.Count).Select(i => (double)i)]), compress: false);
        var bytes = plain.ToArray();
        if (dimensions == 4)
        {
            bytes[40] = 4;
            bytes[48] = 2;
            trailing = 2 * geometry.Count;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
            gzip.Write(new byte[trailing]);
        }

        var file = packed.ToArray();
        Assert.Equal(geometry.Count, Read(file, volume));
        file[^8] ^= 1;
        Assert.Equal("InvalidNifti", Assert.Throws<RadiomicsException>(() => Read(file, volume)).Code);
    }

    private static int Read(byte[] file, int? volume)
    {
        using var stored = NiftiFile.Open(new MemoryStream(file), volume: volume);
        return stored.ReadVolume().Geometry.Count;
    }
}
