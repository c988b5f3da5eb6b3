using System.Globalization;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// The attributes that say how pixels are stored (PS3.3 C.7.6.3), without the pixels: all that a decoder needs, and none of the thousands
/// of frames' descriptions that it would copy.
/// </summary>
internal static class PixelModule
{
    private static readonly DicomTag[] _numbers =
    [
        DicomTag.SamplesPerPixel, DicomTag.Rows, DicomTag.Columns, DicomTag.BitsAllocated, DicomTag.BitsStored, DicomTag.HighBit, DicomTag.PixelRepresentation,
    ];

    /// <summary>A dataset of <paramref name="frames"/> frames of one sample a pixel, stored as in <paramref name="dataset"/>.</summary>
    public static DicomDataset Of(DicomDataset dataset, DicomTransferSyntax syntax, int frames)
    {
        var module = new DicomDataset(syntax);
        foreach (var tag in _numbers.Where(dataset.Contains))
        {
            module.Add(dataset.GetDicomItem<DicomItem>(tag));
        }

        module.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        module.Add(DicomTag.NumberOfFrames, frames.ToString(CultureInfo.InvariantCulture));
        return module;
    }
}
