namespace Radiomics.Extraction;

/// <summary>
/// Input that can't be used: a stable code and a sentence that its sender can act on. Faults (storage, network, bugs) are other exceptions; only those of a
/// DICOM service have codes as well, and say that they may pass.
/// </summary>
/// <param name="code">Stable PascalCase code, e.g. <c>StudyHasNoRoi</c>; part of the product's interface.</param>
/// <param name="detail">One sentence for the sender; names no patient, file or original UID.</param>
public class RadiomicsException(string code, string detail, Exception? inner = null) : Exception($"{code}: {detail}", inner)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The sentence for the sender.</summary>
    public string Detail { get; } = detail;
}
