using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Whether the intensities of a CT are Hounsfield units (PS3.3 C.8.2.1.1.2).</summary>
internal static class HounsfieldUnits
{
    /// <summary>Refuses a stack whose headers don't say how stored values become Hounsfield units, or say that they become something else.</summary>
    /// <exception cref="RadiomicsException"><c>QuantityUnknown</c>.</exception>
    public static void Ensure(string name, IReadOnlyList<SliceHeader> slices)
    {
        foreach (var slice in slices)
        {
            if (slice.LacksSlope || slice.LacksIntercept)
            {
                throw Unknown(name, $"{(slice.LacksSlope ? "RescaleSlope" : "RescaleIntercept")} is missing");
            }

            if (slice.RescaleType is not (null or "HU" or "US"))
            {
                throw Unknown(name, $"RescaleType says that its values are something else ({(slice.RescaleType.Length > 16 ? "a text of its own" : slice.RescaleType)})");
            }
        }
    }

    private static RadiomicsException Unknown(string name, string why) =>
        new("QuantityUnknown", $"{name}: its intensities are no Hounsfield units, since {why}. Send the series as the scanner reconstructed it.");
}
