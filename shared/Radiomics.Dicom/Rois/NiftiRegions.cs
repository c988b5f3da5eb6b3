using System.IO.Compression;
using System.Text.RegularExpressions;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Regions that came as NIfTI masks. A mask has one value besides 0, which is inside; NIfTI is RAS, the engine's reader makes LPS of it. The
/// file's name is what the region is called; it is matched and forgotten.
/// </summary>
internal static partial class NiftiRegions
{
    private static readonly string[] _endings = [".nii", ".nii.gz"];

    /// <summary>Whether a file calls itself NIfTI.</summary>
    public static bool IsNamedSo(string name) => _endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The upload's NIfTI files as regions, in the order of the source.</summary>
    public static IEnumerable<RegionOfInterest> Read(IStudySource source)
    {
        for (var entry = 0; entry < source.Count; entry++)
        {
            var name = source.NameOf(entry);
            if (IsNamedSo(name))
            {
                var number = entry;
                yield return new RegionOfInterest
                {
                    Source = "NIFTI",
                    Names = [name[..name.LastIndexOf(".nii", StringComparison.OrdinalIgnoreCase)]],
                    FrameOfReferenceUid = null,
                    Region = new Lazy<IRegion>(() => new MaskRegion(ReadMask(source, number))),
                };
            }
        }
    }

    /// <summary>The one mask of an upload, if its name says that it is a mask and nothing more; null otherwise.</summary>
    public static RegionOfInterest? Only(IReadOnlyList<RegionOfInterest> masks) =>
        masks is [var only] && MaskName().IsMatch(only.Names[0]) ? only : null;

    private static Mask ReadMask(IStudySource source, int entry)
    {
        try
        {
            using var file = Inflated(source, entry);
            var volume = NiftiFile.ReadVolume(file, source.Limits.MaxVoxels);
            return new Mask(volume.Geometry, Inside(volume));
        }
        catch (RadiomicsException e) when (e.Code == "InvalidNifti")
        {
            throw new RadiomicsException("RoiUnreadable", $"The NIfTI mask can't be read. {e.Detail}", e);
        }
    }

    private static byte[] Inside(Volume volume)
    {
        var label = 0.0;
        var inside = new byte[volume.Geometry.Count];
        for (var i = 0; i < inside.Length; i++)
        {
            if (volume[i] == 0)
            {
                continue;
            }

            label = label == 0 ? volume[i] : label;
            inside[i] = volume[i] == label
                ? (byte)1
                : throw new RadiomicsException(
                    "RoiUnreadable",
                    "The NIfTI mask has several values besides 0, so nobody can say which is the region of interest. Send a mask of that region alone.");
        }

        return inside;
    }

    private static CappedStream Inflated(IStudySource source, int entry)
    {
        var start = new byte[2];
        using (var file = source.Open(entry))
        {
            _ = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        var content = source.Open(entry);
        return new CappedStream(start is [0x1F, 0x8B] ? new GZipStream(content, CompressionMode.Decompress) : content, VoxelLimit.Most);
    }

    [GeneratedRegex(@"^[\W_]*(roi|mask|segmentation|seg|label|labels|labelmap|contour|region)([\W_]*mask)?[\W_]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MaskName();
}
