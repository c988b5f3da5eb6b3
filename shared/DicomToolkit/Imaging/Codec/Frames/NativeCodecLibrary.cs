using System.Runtime.InteropServices;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>A codec library of the system, loaded when first needed.</summary>
internal sealed class NativeCodecLibrary(string codec, params string[] names)
{
    private readonly Lazy<nint> _handle = new(() => Load(names));

    public bool IsPresent => _handle.Value != 0;

    /// <exception cref="DicomCodecException">The library isn't there, or lacks the function.</exception>
    public nint Function(string name) => IsPresent && NativeLibrary.TryGetExport(_handle.Value, name, out var function)
        ? function
        : throw new DicomCodecException($"Decoding {codec} needs the system's {names[0]}, which is absent.");

    private static nint Load(string[] names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        return 0;
    }
}
