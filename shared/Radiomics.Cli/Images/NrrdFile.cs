using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>NRRD in, attached (.nrrd) or detached (.nhdr): PyRadiomics' and 3D Slicer's default.</summary>
internal static class NrrdFile
{
    private const string Format = NrrdHeader.Format;

    /// <summary>Makes of a header, and of the stream that <paramref name="data"/> is, what is read from there on.</summary>
    /// <param name="header">The header.</param>
    /// <param name="data">The stream behind it, or that of the other file.</param>
    /// <param name="volume">Which volume (or layer of a segmentation) of several, counted from 0.</param>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>.</exception>
    public static StoredImage Open(NrrdHeader header, Stream data, int? volume)
    {
        var type = Type(header.Required("type"));
        var sizes = ImageGrid.Integers(Format, "sizes", header.Required("sizes"));
        if (ImageGrid.Integers(Format, "dimension", header.Required("dimension")) is not [var dimension] || dimension != sizes.Length)
        {
            throw ImageError.Of(Format, "It has not as many sizes as dimensions.");
        }

        var warnings = new List<string>();
        var axes = NrrdAxes.Read(header, sizes, warnings);
        var (component, skipped) = VolumeChoice.Of(Format, volume, axes.Components, axes.Volumes, "volumes, or layers of a segmentation");
        return new StoredImage
        {
            Format = Format,
            ErrorCode = ImageError.Code,
            Geometry = axes.Geometry,
            PixelType = type,
            IsBigEndian = IsBigEndian(header, type),
            Components = axes.Components,
            Component = component,
            HasMore = skipped < axes.Volumes - 1,
            Data = Voxels(header, data, type, axes, skipped),
            LabelNames = header.LabelNames(),
        }.Warn(warnings);
    }

    private static Stream Voxels(NrrdHeader header, Stream data, PixelType type, NrrdAxes axes, int skipped)
    {
        var encoding = header.Required("encoding").ToLowerInvariant();
        var lines = Skip(header, "line skip", "lineskip");
        var bytes = Skip(header, "byte skip", "byteskip");
        var volume = (long)axes.Geometry.Count * axes.Components * type.Size();
        try
        {
            DataStreams.SkipLines(data, lines);
            var voxels = encoding switch
            {
                "raw" => data,
                "gzip" or "gz" => DataStreams.Inflated(data),
                "ascii" or "text" or "txt" => new TextVoxels(data, type, Format),
                _ => throw ImageError.Of(Format, $"Its voxels are encoded as '{encoding}'; raw, gzip and ascii are read."),
            };
            if (bytes == -1 && encoding == "raw")
            {
                DataStreams.SkipToLast(data, volume * axes.Volumes, Format);
                bytes = 0;
            }

            DataStreams.Skip(voxels, bytes < 0 ? throw ImageError.Of(Format, "Its 'byte skip' is out of range.") : bytes);
            DataStreams.Skip(voxels, volume * skipped);

            // Who gave the stream goes on with it.
            return ReferenceEquals(voxels, data) ? new PrefixedStream(default, voxels) : voxels;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw ImageError.Of(Format, "It is truncated or damaged.", e);
        }
    }

    private static long Skip(NrrdHeader header, string field, string otherName) =>
        (header[field] ?? header[otherName]) is not { } text ? 0
        : ImageGrid.Integers(Format, field, text) is [>= -1 and var count] ? count
        : throw ImageError.Of(Format, $"Its '{field}' is out of range.");

    private static bool IsBigEndian(NrrdHeader header, PixelType type)
    {
        if (type.Size() == 1 || header.Required("encoding").ToLowerInvariant() is "ascii" or "text" or "txt")
        {
            return false;
        }

        return header.Required("endian").ToLowerInvariant() switch
        {
            "little" => false,
            "big" => true,
            _ => throw ImageError.Of(Format, "Its 'endian' is neither 'little' nor 'big'."),
        };
    }

    private static PixelType Type(string name) => name.ToLowerInvariant() switch
    {
        "uchar" or "unsigned char" or "uint8" or "uint8_t" => PixelType.UInt8,
        "signed char" or "int8" or "int8_t" => PixelType.Int8,
        "ushort" or "unsigned short" or "unsigned short int" or "uint16" or "uint16_t" => PixelType.UInt16,
        "short" or "short int" or "signed short" or "signed short int" or "int16" or "int16_t" => PixelType.Int16,
        "uint" or "unsigned int" or "uint32" or "uint32_t" => PixelType.UInt32,
        "int" or "signed int" or "int32" or "int32_t" => PixelType.Int32,
        "ulonglong" or "unsigned long long" or "unsigned long long int" or "uint64" or "uint64_t" => PixelType.UInt64,
        "longlong" or "long long" or "long long int" or "signed long long" or "signed long long int" or "int64" or "int64_t" => PixelType.Int64,
        "float" => PixelType.Float32,
        "double" => PixelType.Float64,
        _ => throw ImageError.Of(Format, $"Its voxels are of type '{name}'; those are neither integers nor floats of up to 64 bits."),
    };
}
