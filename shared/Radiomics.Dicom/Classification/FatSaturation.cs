using System.Text.RegularExpressions;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Whether fat was suppressed by saturation or excitation of water alone: not by Dixon, whose water image is no such thing.</summary>
internal static partial class FatSaturation
{
    private static readonly HashSet<string> _options = new(StringComparer.OrdinalIgnoreCase)
    {
        "FS", "FATSAT", "FAT_SAT", "FSAT", "SFS", "WE", "WATER_EXC", "SPIR", "SPAIR", "SPECIR", "ASPIR", "PROSET", "FSS_GEMS", "FS_GEMS", "SPECIAL_GEMS",
    };

    /// <summary>What an enhanced frame says of spectral suppression and excitation (PS3.3 C.8.13.5.6 and C.8.13.5.2).</summary>
    public static bool IsSpectral(FrameAttributes frame) =>
        frame.Text(DicomTag.SpectrallySelectedSuppression, DicomTag.MRModifierSequence)?.ToUpperInvariant() is "FAT" or "FAT_AND_WATER"
        || frame.Text(DicomTag.SpectrallySelectedExcitation, DicomTag.MRModifierSequence)?.ToUpperInvariant() is "WATER";

    /// <summary>Whether a stack's fat is suppressed, by ScanOptions, the frame, or what the series is called.</summary>
    public static bool Of(SliceStack stack) =>
        stack.First.IsFatSuppressed
        || stack.Series.ScanOptions.Any(_options.Contains)
        || Called().IsMatch(stack.Series.SeriesDescription ?? stack.Series.ProtocolName ?? "");

    [GeneratedRegex(
        @"(^|[\W_])(fs|f/s|fatsat|fat[ ._/-]*sat\w*|fat[ ._/-]*sup(?!in)\w*|water[ ._/-]*(exc|sel)\w*|spair|spir|stir|e-?thrive|q-?fs)([\W_]|$)|压脂|抑脂",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Called();
}
