using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Why an image can't be used. Found while headers are read, it counts once something needs the image: what nobody needs stops no study.</summary>
/// <param name="Code">Of the refusal.</param>
/// <param name="What">What is wrong, as the end of a sentence that starts with an attribute or with "pixel data".</param>
/// <param name="Advice">What can be done.</param>
internal sealed record ObjectFault(string Code, string What, string Advice)
{
    private const string Correct = "Export the study again from the scanner or PACS, or correct the attribute.";

    /// <summary>The file is damaged, or holds less than it says.</summary>
    public static ObjectFault Damaged { get; } = new("PixelDataTruncated", "The file is damaged or ends before its pixel data does", "Export the study again and send it again.");

    /// <summary>Several files claim to be the object, and differ in what was measured.</summary>
    public static ObjectFault Contradicted { get; } = new(
        "DuplicateInstances", "Two files have the same SOPInstanceUID but different content, so nobody can say which is right", "Export the study again and send each object once.");

    /// <summary>A RescaleSlope that makes one value of all that was measured.</summary>
    public static ObjectFault NoSlope { get; } = new("AttributeUnreadable", "RescaleSlope is 0, which makes all intensities equal", Correct);

    /// <summary>An attribute that some images of a sequence have, and that isn't what its absence stands for in the others.</summary>
    public static ObjectFault Missing(string keyword, string standsFor) =>
        new("AttributeUnreadable", $"{keyword} is missing, which would stand for {standsFor}, while other images have another", Correct);

    /// <summary>An attribute that intensities or places hang on.</summary>
    public static ObjectFault Unreadable(string keyword) =>
        new("AttributeUnreadable", $"{keyword} can't be read as a number (PS3.5 6.2)", Correct);

    /// <summary>An attribute that says how pixels are stored.</summary>
    public static ObjectFault PixelFormat(string keyword, string state) =>
        new("UnsupportedPixelFormat", $"{keyword} {state}, so nobody can say how the pixels are stored", "Export the study again, complete.");

    /// <summary>The refusal of the object itself.</summary>
    public RadiomicsException Refusal() => new(Code, $"{What}. {Advice}");

    /// <summary>The refusal of <paramref name="name"/>, of whose <paramref name="images"/> images <paramref name="faulty"/> have this fault.</summary>
    public RadiomicsException Refusal(string name, int faulty, int images) =>
        new(Code, $"{What}: in {faulty} of the {images} images of {name}. {Advice}");
}
