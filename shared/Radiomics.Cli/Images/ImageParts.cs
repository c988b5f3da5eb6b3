using System.Buffers.Binary;
using System.Security.Cryptography;
using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>What kinds of image files there are.</summary>
internal enum ImageFormat
{
    /// <summary>NIfTI-1 or -2.</summary>
    Nifti,

    /// <summary>A header and the voxels of NIfTI-1, NIfTI-2 or Analyze 7.5.</summary>
    NiftiPair,

    /// <summary>NRRD.</summary>
    Nrrd,

    /// <summary>MetaImage.</summary>
    MetaImage,
}

/// <summary>The file or files of an image, found by what they begin with, and not by what they are called.</summary>
/// <param name="Format">The format.</param>
/// <param name="Header">Path of the file, or of that with the header.</param>
/// <param name="Voxels">Path of a file with the voxels alone; null if they are in the same.</param>
internal sealed record ImageParts(ImageFormat Format, string Header, string? Voxels)
{
    private const int DicomMagic = 128;
    private const int PairMagic = 344;

    /// <summary>Looks at the file at a path; of a pair either may be named.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidImage</c>, <c>InvalidNifti</c>: it is none of these.</exception>
    /// <exception cref="FileNotFoundException">It, or the other file that it names, isn't there.</exception>
    public static ImageParts Find(string path)
    {
        path = HeaderOf(path) ?? path;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12);
        var bytes = new byte[352];
        var start = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        file.Position = 0;
        if (NrrdHeader.IsMagic(start))
        {
            return new(ImageFormat.Nrrd, path, Beside(path, NrrdHeader.Read(file).DataFile, NrrdHeader.Format));
        }

        if (MetaImageFile.IsBeginning(start))
        {
            return new(ImageFormat.MetaImage, path, Beside(path, MetaImageFile.Read(file).DataFile, "MetaImage file"));
        }

        if (IsPair(start) && VoxelsOf(path) is { } voxels)
        {
            return new(ImageFormat.NiftiPair, path, voxels);
        }

        return IsNifti(path, start) ? new(ImageFormat.Nifti, path, null)
            : start.Length >= DicomMagic + 4 && start.Slice(DicomMagic, 4).SequenceEqual("DICM"u8) ? throw new RadiomicsException(ImageError.Code, "It is a DICOM file: name the folder or zip of its study as IMAGE, without MASK.")
            : throw new RadiomicsException(ImageError.Code, "It is no image that can be read: NIfTI (.nii, .nii.gz, .hdr with .img), NRRD (.nrrd, .nhdr) and MetaImage (.mha, .mhd) can.");
    }

    /// <summary>SHA-256 of the file, or of header and voxels one after the other; lower-case hex.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in Voxels is null ? (ReadOnlySpan<string>)[Header] : [Header, Voxels])
        {
            using var file = File.OpenRead(path);
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What is called NIfTI, or begins so; gzip is looked into by the reader.</summary>
    private static bool IsNifti(string path, ReadOnlySpan<byte> start) =>
        path.EndsWith(".nii", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase)
        || start is [0x1f, 0x8b, ..]
        || (start.Length >= 4 && HeaderSize(start) is 348 or 540);

    private static bool IsPair(ReadOnlySpan<byte> start) =>
        start.Length >= PairMagic + 4
        && HeaderSize(start) is 348 or 540
        && !start.Slice(PairMagic, 4).SequenceEqual("n+1\0"u8)
        && !start.Slice(4, 4).SequenceEqual("n+2\0"u8);

    private static int HeaderSize(ReadOnlySpan<byte> start)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(start);
        return size is 348 or 540 ? size : BinaryPrimitives.ReverseEndianness(size);
    }

    /// <summary>The header beside an <c>.img</c>.</summary>
    private static string? HeaderOf(string path)
    {
        var stem = path.EndsWith(".img", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path.EndsWith(".img.gz", StringComparison.OrdinalIgnoreCase) ? path[..^7] : null;
        return stem is null ? null : FirstThere(stem, ".hdr", ".HDR");
    }

    private static string? VoxelsOf(string header) => FirstThere(Path.ChangeExtension(header, null), ".img", ".img.gz", ".IMG");

    private static string? FirstThere(string stem, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (File.Exists(stem + ending))
            {
                return stem + ending;
            }
        }

        return null;
    }

    private static string? Beside(string header, string? name, string format)
    {
        if (name is null)
        {
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(header))!, name);
        return File.Exists(path) ? path : throw ImageError.Of(format, name.Contains('%') || name.Contains(' ') || name.StartsWith("LIST", StringComparison.Ordinal)
            ? "Its voxels are in several files; write them into one."
            : "The file with its voxels, which its header names, isn't beside it.");
    }
}
