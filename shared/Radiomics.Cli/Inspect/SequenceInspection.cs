using System.Security.Cryptography;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Cli.Inspect;

/// <summary>A sequence as features would be extracted from it.</summary>
internal sealed record SequenceInspection
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The grid.</summary>
    public required ManifestGeometry Geometry { get; init; }

    /// <summary>How it was acquired.</summary>
    public required AcquisitionFacts Acquisition { get; init; }

    /// <summary>Where the region came from: <c>RTSTRUCT</c>, <c>SEG</c> or <c>NIFTI</c>.</summary>
    public required string RoiSource { get; init; }

    /// <summary>What can be said of the region on this grid.</summary>
    public required RoiQuality Roi { get; init; }

    /// <summary>SHA-256 of the intensities as an uncompressed NIfTI file: equal uploads have equal ones, whatever their UIDs.</summary>
    public required string VolumeSha256 { get; init; }

    /// <summary>SHA-256 of the region as an uncompressed NIfTI file.</summary>
    public required string RoiSha256 { get; init; }

    /// <summary>File name of its picture; null if none was asked for.</summary>
    public string? Preview { get; init; }

    public static SequenceInspection Of(IngestedSequence sequence) => new()
    {
        Name = sequence.Name,
        Geometry = ManifestGeometry.Of(sequence.Volume.Geometry),
        Acquisition = sequence.Acquisition,
        RoiSource = sequence.RoiSource,
        Roi = sequence.RoiQuality,
        VolumeSha256 = Hash(stream => NiftiFile.Write(stream, sequence.Volume, compress: false)),
        RoiSha256 = Hash(stream => NiftiFile.Write(stream, sequence.Roi, compress: false)),
    };

    private static string Hash(Action<Stream> write)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            write(stream);
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }
}
