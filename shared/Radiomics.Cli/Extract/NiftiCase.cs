using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>A NIfTI image with its mask.</summary>
/// <param name="Image">Path of the image.</param>
/// <param name="Mask">Path of the mask.</param>
/// <param name="Label">Value of the ROI in the mask; null: any that isn't 0.</param>
/// <param name="ReferenceMask">Path of the mask of the normalisation's reference region, or null.</param>
internal sealed record NiftiCase(string Image, string Mask, int? Label, string? ReferenceMask)
{
    /// <summary>Reads image and masks side by side, with <paramref name="settings"/> made meanwhile.</summary>
    /// <exception cref="RadiomicsException">As the engine and the reader throw them; <c>EmptyRoi</c> where the mask has no such label.</exception>
    public ReadNiftiCase Read(Func<ExtractionSettings> settings)
    {
        var image = Task.Run(() => NiftiInput.Read("image", Image, stream => NiftiFile.ReadVolume(stream)));
        var mask = Task.Run(() => NiftiInput.Read("mask", Mask, stream => NiftiFile.ReadMask(stream, Label)));
        var reference = ReferenceMask is null ? null : Task.Run(() => NiftiInput.Read("reference mask", ReferenceMask, stream => NiftiFile.ReadMask(stream)));
        var chosen = settings();
        var (volume, imageHash) = image.GetAwaiter().GetResult();
        var (roi, maskHash) = mask.GetAwaiter().GetResult();
        if (Label is { } label && !roi.Voxels.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw new RadiomicsException("EmptyRoi", $"The mask has no voxel of label {label}.");
        }

        var (region, regionHash) = reference?.GetAwaiter().GetResult() ?? default;
        return new(this, volume, roi, region, chosen, imageHash, maskHash, regionHash);
    }
}

/// <summary>A case in memory.</summary>
internal sealed record ReadNiftiCase(
    NiftiCase Source,
    Volume Image,
    Mask Roi,
    Mask? Reference,
    ExtractionSettings Settings,
    Task<string> ImageSha256,
    Task<string> MaskSha256,
    Task<string>? ReferenceSha256)
{
    /// <summary>Extracts its features.</summary>
    public ExtractedSequence Extract(int maxThreads, CancellationToken cancellation, IExtractionMaps? maps = null, long? maxMemory = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var options = new ExtractionOptions { ReferenceRegion = Reference, MaxThreads = maxThreads, Cancellation = cancellation, Maps = maps, MaxMemory = maxMemory };
        var vector = FeatureExtractor.Extract(Image, Roi, Settings, options);
        return new(
            "image", vector, ImageSha256.GetAwaiter().GetResult(), MaskSha256.GetAwaiter().GetResult(), Source.Label, ReferenceSha256?.GetAwaiter().GetResult());
    }
}
