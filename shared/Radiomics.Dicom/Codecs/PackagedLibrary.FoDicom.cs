using System.Runtime.InteropServices;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>The native library of fo-dicom.Codecs, which holds CharLS and OpenJPEG among others.</summary>
internal static class PackagedLibrary
{
    private static readonly Lazy<bool> _isPresent = new(() => NativeLibrary.TryLoad("Dicom.Native", typeof(NativeTranscoderManager).Assembly, null, out _));

    /// <summary>Whether the package has it for this platform.</summary>
    public static bool IsPresent => _isPresent.Value;
}
