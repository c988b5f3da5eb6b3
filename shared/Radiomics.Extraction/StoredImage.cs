using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Radiomics.Extraction;

/// <summary>
/// An image in a file whose header has been read: what it says of the voxels, and the stream that brings them. Every format comes down to this, so that numbers, labels,
/// truncated files and headers that promise gigabytes are treated alike.
/// </summary>
public sealed class StoredImage : IDisposable
{
    /// <summary>Voxels that an image may have.</summary>
    public const long MostVoxels = 1L << 29;

    private const int ChunkBytes = 1 << 18;

    private readonly List<string> _warnings = [];

    /// <summary>What the file is called in sentences, e.g. <c>NIfTI file</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Code of the error of a file that can't be used.</summary>
    public required string ErrorCode { get; init; }

    /// <summary>The grid.</summary>
    public required VolumeGeometry Geometry { get; init; }

    /// <summary>What kind of number a voxel is.</summary>
    public required PixelType PixelType { get; init; }

    /// <summary>Whether the first byte of a number is its highest.</summary>
    public required bool IsBigEndian { get; init; }

    /// <summary>Intensities are <c>stored · slope + intercept</c>.</summary>
    public double Slope { get; init; } = 1;

    /// <summary>See <see cref="Slope"/>.</summary>
    public double Intercept { get; init; }

    /// <summary>Numbers that are stored for each voxel, one after the other.</summary>
    public int Components { get; init; } = 1;

    /// <summary>Which of them is meant, counted from 0.</summary>
    public int Component { get; init; }

    /// <summary>Whether more may follow the last voxel: other volumes.</summary>
    public bool HasMore { get; init; }

    /// <summary>The voxels' bytes, from the first voxel on.</summary>
    public required Stream Data { get; init; }

    /// <summary>Names of labels, where the format has them.</summary>
    public IReadOnlyDictionary<int, string> LabelNames { get; init; } = new Dictionary<int, string>();

    /// <summary>What may not be as it was meant, as sentences; complete when the voxels are read.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    private bool IsUnscaled => Slope == 1 && Intercept == 0;

    private bool IsSwapped => IsBigEndian == BitConverter.IsLittleEndian;

    /// <summary>Adds a sentence to <see cref="Warnings"/>.</summary>
    public StoredImage Warn(IEnumerable<string> warnings)
    {
        _warnings.AddRange(warnings);
        return this;
    }

    /// <summary>Reads the voxels as intensities, every number as the file holds it.</summary>
    /// <param name="mostVoxels">Voxels that there may be.</param>
    /// <exception cref="RadiomicsException"><see cref="ErrorCode"/>: there are fewer bytes, or damaged ones; <c>IntensityPrecisionExceeded</c>: an integer beyond ±2⁵³.</exception>
    public Volume ReadVolume(int mostVoxels = int.MaxValue)
    {
        if (Geometry.Count > mostVoxels)
        {
            throw new RadiomicsException(ErrorCode, $"The {Format} has more than {mostVoxels} voxels.");
        }

        var decoder = new VoxelDecoder(PixelType, Geometry.Count, Slope, Intercept);
        Read(decoder.Add);
        return decoder.ToVolume(Geometry);
    }

    /// <summary>Reads the voxels as labels of regions.</summary>
    /// <exception cref="RadiomicsException">As <see cref="ReadVolume"/>; <c>InvalidLabel</c>: more labels than can be told apart.</exception>
    public LabelMap ReadLabels(LabelChoice choice)
    {
        var decoder = new LabelDecoder(PixelType, Geometry.Count, IsUnscaled ? null : (Slope, Intercept), choice);
        Read(decoder.Add);
        return decoder.ToMap(Geometry, LabelNames);
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => Data.Dispose();

    private delegate void Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Reads as far as there are bytes, each decoded as it comes, in this machine's order: a header that promises gigabytes costs nothing until they come.</summary>
    private void Read(Decode decode)
    {
        var size = PixelType.Size();
        var stored = checked(size * Components);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, stored));
        try
        {
            var count = Geometry.Count;
            for (var done = 0; done < count;)
            {
                var now = Math.Min(Math.Max(1, ChunkBytes / stored), count - done);
                Data.ReadExactly(buffer, 0, now * stored);
                for (var i = 0; i < now && Components > 1; i++)
                {
                    buffer.AsSpan(i * stored + Component * size, size).CopyTo(buffer.AsSpan(i * size));
                }

                var voxels = buffer.AsSpan(0, now * size);
                if (IsSwapped)
                {
                    Swap(voxels, size);
                }

                decode(voxels);
                done += now;
            }

            // Only at its end does gzip tell whether the bytes before it are those that were written.
            if (Data.Read(buffer, 0, 1) > 0)
            {
                if (!HasMore)
                {
                    _warnings.Add($"The {Format} goes on after its last voxel: its header may have the wrong sizes or type.");
                }

                while (Data is GZipStream or ZLibStream && Data.Read(buffer, 0, buffer.Length) > 0)
                {
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new RadiomicsException(ErrorCode, $"The {Format} is truncated or damaged.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Turns the bytes of each number round.</summary>
    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
