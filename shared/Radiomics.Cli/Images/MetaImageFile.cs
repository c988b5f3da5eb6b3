using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>MetaImage in: header and voxels in one file (.mha) or in two (.mhd with .raw or .zraw), as ITK writes them; places are LPS.</summary>
internal sealed class MetaImageFile
{
    private const string Format = "MetaImage file";

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private MetaImageFile()
    {
    }

    /// <summary>Name of the file with the voxels; null if they follow the header.</summary>
    public string? DataFile => Required("ElementDataFile") is var name && name.Equals("LOCAL", StringComparison.OrdinalIgnoreCase) ? null : name;

    /// <summary>Whether text is the beginning of such a file, which has no magic: its first line is one of these.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> start)
    {
        var line = System.Text.Encoding.ASCII.GetString(start).TrimStart();
        return line.IndexOf('=') is > 0 and var end && line[..end].Trim() is "ObjectType" or "NDims" or "Comment" or "ObjectSubType" or "Name" or "ID";
    }

    /// <summary>Reads the header and leaves the stream behind it.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static MetaImageFile Read(Stream stream)
    {
        var file = new MetaImageFile();
        foreach (var line in HeaderText.Read(stream, Format, line => line.TrimStart().StartsWith("ElementDataFile", StringComparison.OrdinalIgnoreCase), endsWithFile: false))
        {
            if (line.IndexOf('=') is > 0 and var at)
            {
                file._fields[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }

        return file;
    }

    /// <summary>Makes of the header, and of the stream that <paramref name="data"/> is, what is read from there on.</summary>
    /// <param name="data">The stream behind the header, or that of the other file.</param>
    /// <param name="volume">Which volume, or which channel, of several, counted from 0.</param>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public StoredImage Open(Stream data, int? volume)
    {
        if (_fields.GetValueOrDefault("ObjectType") is { } kind && !kind.Equals("Image", StringComparison.OrdinalIgnoreCase))
        {
            throw ImageError.Of(Format, "It isn't of an image ('ObjectType').");
        }

        var sizes = ImageGrid.Integers(Format, "DimSize", Required("DimSize"));
        if (ImageGrid.Integers(Format, "NDims", Required("NDims")) is not [>= 2 and <= 7 and var dimensions] || sizes.Length != dimensions)
        {
            throw ImageError.Of(Format, "It has not as many sizes as dimensions, or fewer than two.");
        }

        var type = Type(Required("ElementType"));
        var geometry = Geometry(sizes);
        var channels = Count("ElementNumberOfChannels", 1);
        var volumes = sizes.Skip(3).Aggregate(1L, (product, size) => size is >= 1 and <= 1 << 16 && product <= 1 << 16 ? product * size : throw ImageError.Of(Format, "It has too many volumes."));
        var (channel, skipped) = VolumeChoice.Of(Format, volume, channels, volumes, "volumes or channels");
        return new StoredImage
        {
            Format = Format,
            ErrorCode = ImageError.Code,
            Geometry = geometry,
            PixelType = type,
            IsBigEndian = Is("BinaryDataByteOrderMSB") || Is("ElementByteOrderMSB"),
            Components = channels,
            Component = channel,
            HasMore = skipped < volumes - 1,
            Data = Voxels(data, type, (long)geometry.Count * channels * type.Size(), volumes, skipped),
        }.Warn(_fields.ContainsKey("ElementToIntensityFunctionSlope") ? ["The MetaImage file has a scaling of its intensities, which isn't applied: ITK doesn't, either."] : []);
    }

    private VolumeGeometry Geometry(long[] sizes)
    {
        var (dimensions, space) = (sizes.Length, Math.Min(3, sizes.Length));
        var spacings = Numbers(["ElementSpacing", "ElementSize"], dimensions);
        var origin = Numbers(["Offset", "Position", "Origin"], dimensions);
        var matrix = Numbers(["TransformMatrix", "Rotation", "Orientation"], dimensions * dimensions);
        var steps = new Point3[space];
        for (var axis = 0; axis < space; axis++)
        {
            // A row of the matrix is the direction of an axis.
            double Direction(int along) => along >= space ? 0 : matrix is null ? (along == axis ? 1 : 0) : matrix[axis * dimensions + along];
            var spacing = spacings?[axis] ?? 1;
            var step = new Point3(Direction(0), Direction(1), Direction(2)) is { Length: > 0 } direction ? direction.Normalized() * Math.Abs(spacing) : default;
            steps[axis] = new(step.X + 0.0, step.Y + 0.0, step.Z + 0.0);
        }

        return ImageGrid.Of(Format, sizes[..space], steps, origin is null ? Point3.Zero : new(origin[0], origin[1], space > 2 ? origin[2] : 0));
    }

    private Stream Voxels(Stream data, PixelType type, long volume, long volumes, long skipped)
    {
        try
        {
            if (Count("HeaderSize", 0, least: -1) is not 0 and var skip)
            {
                if (skip > 0)
                {
                    DataStreams.Skip(data, skip);
                }
                else if (Is("CompressedData"))
                {
                    throw ImageError.Of(Format, "Its voxels are compressed and counted from the file's end.");
                }
                else
                {
                    DataStreams.SkipToLast(data, volume * volumes, Format);
                }
            }

            var voxels = Is("CompressedData") ? DataStreams.Inflated(data)
                : _fields.ContainsKey("BinaryData") && !Is("BinaryData") ? new TextVoxels(data, type, Format)
                : data;
            DataStreams.Skip(voxels, volume * skipped);

            // Who gave the stream goes on with it.
            return ReferenceEquals(voxels, data) ? new PrefixedStream(default, voxels) : voxels;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw ImageError.Of(Format, "It is truncated or damaged.", e);
        }
    }

    private double[]? Numbers(ReadOnlySpan<string> names, int count)
    {
        foreach (var name in names)
        {
            if (_fields.TryGetValue(name, out var text))
            {
                var numbers = ImageGrid.Numbers(Format, name, text);
                return numbers.Length == count ? numbers : throw ImageError.Of(Format, $"Its '{name}' has {numbers.Length} numbers instead of {count}.");
            }
        }

        return null;
    }

    private int Count(string name, int otherwise, int least = 1)
    {
        return !_fields.TryGetValue(name, out var text) ? otherwise
            : ImageGrid.Integers(Format, name, text) is [var count] && count >= least && count <= 1 << 16 ? (int)count
            : throw ImageError.Of(Format, $"Its '{name}' is out of range.");
    }

    private bool Is(string name) => _fields.GetValueOrDefault(name) is { Length: > 0 } text && text[0] is 'T' or 't' or '1';

    private string Required(string name) => _fields.GetValueOrDefault(name) ?? throw ImageError.Of(Format, $"Its header has no '{name}'.");

    /// <summary>MET_LONG has 32 bits, wherever it is written.</summary>
    private static PixelType Type(string name) => name.ToUpperInvariant() switch
    {
        "MET_UCHAR" => PixelType.UInt8,
        "MET_CHAR" => PixelType.Int8,
        "MET_USHORT" => PixelType.UInt16,
        "MET_SHORT" => PixelType.Int16,
        "MET_UINT" or "MET_ULONG" => PixelType.UInt32,
        "MET_INT" or "MET_LONG" => PixelType.Int32,
        "MET_ULONG_LONG" => PixelType.UInt64,
        "MET_LONG_LONG" => PixelType.Int64,
        "MET_FLOAT" => PixelType.Float32,
        "MET_DOUBLE" => PixelType.Float64,
        _ => throw ImageError.Of(Format, $"Its voxels are of type '{name}'; those are neither integers nor floats of up to 64 bits."),
    };
}
