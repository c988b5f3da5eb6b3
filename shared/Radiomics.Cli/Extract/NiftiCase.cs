using Radiomics.Cli.Images;
using Radiomics.Cli.PyRadiomics;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>An image with its mask, of any format that can be read.</summary>
/// <param name="Image">Path of the image.</param>
/// <param name="Mask">Path of the mask.</param>
/// <param name="Labels">Which regions of the mask are meant.</param>
/// <param name="ReferenceMask">Path of the mask of the normalisation's reference region, or null.</param>
internal sealed record NiftiCase(string Image, string Mask, RoiLabels Labels, string? ReferenceMask)
{
    /// <summary>Which volume of an image with several, counted from 0.</summary>
    public int? Volume { get; init; }

    /// <summary>Which volume, layer or channel of a mask with several, counted from 0.</summary>
    public int? MaskVolume { get; init; }

    /// <summary>Whether masks on another grid are laid onto the image's.</summary>
    public bool ResampleMask { get; init; }

    /// <summary>What of these is other than usual, in words; null if nothing is.</summary>
    public string? Reading
    {
        get
        {
            string?[] words = [Volume is { } v ? $"volume {v}" : null, MaskVolume is { } m ? $"mask volume {m}" : null, ResampleMask ? "mask laid onto the image's grid" : null];
            return words.Any(word => word is not null) ? string.Join("; ", words.OfType<string>()) : null;
        }
    }

    /// <summary>Reads image and masks side by side, with <paramref name="settings"/> made meanwhile.</summary>
    /// <exception cref="RadiomicsException">As the engine and the readers throw them; <c>EmptyRoi</c> where the mask has no such label.</exception>
    public ReadNiftiCase Read(Func<ExtractionSettings> settings) => ReadAll(settings).First();

    /// <summary>As <see cref="Read"/>, for each region that is meant; each mask is made when it comes to it, since there may be a hundred.</summary>
    /// <exception cref="RadiomicsException">As for <see cref="Read"/>; <c>EmptyRoi</c> of a region when it comes to it: see <see cref="ReadNiftiCase.Roi"/>.</exception>
    public IEnumerable<ReadNiftiCase> ReadAll(Func<ExtractionSettings> settings)
    {
        var image = Task.Run(() => ImageFile.Read("image", Image, Volume, stored => (Volume: stored.ReadVolume(), stored.Warnings)));
        var mask = Task.Run(() => ImageFile.Read("mask", Mask, MaskVolume, stored => (Map: stored.ReadLabels(Labels.In(stored)), stored.Warnings)));
        var reference = ReferenceMask is null
            ? null
            : Task.Run(() => ImageFile.Read("reference mask", ReferenceMask, null, stored => (Mask: stored.ReadLabels(LabelChoice.Any).Mask(null), stored.Warnings)));
        var chosen = settings();
        var ((volume, imageWarnings), imageHash) = image.GetAwaiter().GetResult();
        var ((map, maskWarnings), maskHash) = mask.GetAwaiter().GetResult();
        var ((region, referenceWarnings), regionHash) = reference?.GetAwaiter().GetResult() ?? default;
        var placed = region is not null && ResampleMask ? region.ResampledOnto(volume.Geometry) : region;
        string[] warnings = [.. imageWarnings.Concat(maskWarnings).Concat(map.Warnings).Concat(referenceWarnings ?? []).Distinct(StringComparer.Ordinal)];
        var regions = map.Regions();
        return regions.Count > 0
            ? regions.Select(labels => new ReadNiftiCase(this, volume, new(map, labels, volume.Geometry, ResampleMask), placed, chosen, imageHash, maskHash, regionHash, warnings))
            : throw map.Missing(null);
    }
}

/// <summary>A region of a mask, of which the mask is made when it is asked for.</summary>
internal sealed class MaskRegionOfCase(LabelMap map, IReadOnlyList<int>? labels, VolumeGeometry grid, bool resamples)
{
    /// <summary>Its labels as they are written; null for whatever isn't 0.</summary>
    public string? Label => labels is null ? null : string.Join('+', labels);

    /// <summary>The mask in the order of the image's voxels, or laid onto them if that is wished.</summary>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>.</exception>
    public Mask Mask()
    {
        var own = map.Mask(labels);
        if (!own.Voxels.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw map.Missing(labels);
        }

        if (!resamples)
        {
            // On another grid it stays as it is, and the engine says how they differ.
            return own.Reindexed(grid) ?? own;
        }

        var resampled = own.ResampledOnto(grid);
        return resampled.Voxels.AsSpan().ContainsAnyExcept((byte)0)
            ? resampled
            : throw new RadiomicsException("EmptyRoi", "On the image's grid nothing is left of the mask: it lies elsewhere, or is smaller than the voxels.");
    }
}

/// <summary>A case in memory.</summary>
internal sealed record ReadNiftiCase(
    NiftiCase Source,
    Volume Image,
    MaskRegionOfCase Region,
    Mask? Reference,
    ExtractionSettings Settings,
    Task<string> ImageSha256,
    Task<string> MaskSha256,
    Task<string>? ReferenceSha256,
    IReadOnlyList<string> Warnings)
{
    private Mask? _roi;

    /// <summary>The region's labels as they are written; null for whatever isn't 0.</summary>
    public string? Label => Region.Label;

    /// <summary>The ROI.</summary>
    /// <exception cref="RadiomicsException"><c>EmptyRoi</c>.</exception>
    public Mask Roi => _roi ??= Region.Mask();

    /// <summary>Whether its files have these digests.</summary>
    public bool IsOf(string image, string mask, string? reference) =>
        (ImageSha256.GetAwaiter().GetResult(), MaskSha256.GetAwaiter().GetResult(), ReferenceSha256?.GetAwaiter().GetResult()) == (image, mask, reference);

    /// <summary>Extracts its features.</summary>
    public ExtractedSequence Extract(int maxThreads, CancellationToken cancellation, IExtractionMaps? maps = null, long? maxMemory = null, IProgress<double>? progress = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var options = new ExtractionOptions { ReferenceRegion = Reference, MaxThreads = maxThreads, Cancellation = cancellation, Maps = maps, MaxMemory = maxMemory, Progress = progress };
        var vector = FeatureExtractor.Extract(Image, Roi, Settings, options);
        return new(
            Source.Labels.AreMany ? $"label {Label}" : "image",
            vector with { Warnings = [.. Warnings, .. vector.Warnings] },
            ImageSha256.GetAwaiter().GetResult(),
            MaskSha256.GetAwaiter().GetResult(),
            Label,
            ReferenceSha256?.GetAwaiter().GetResult())
        {
            Reading = Source.Reading,
        };
    }
}
