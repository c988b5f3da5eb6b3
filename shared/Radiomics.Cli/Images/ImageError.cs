using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>The error of an image file of another format than NIfTI.</summary>
internal static class ImageError
{
    /// <summary>Its code.</summary>
    public const string Code = "InvalidImage";

    /// <summary>With <paramref name="format"/>, e.g. <c>NRRD file</c>, and a sentence that says what is wrong.</summary>
    public static RadiomicsException Of(string format, string detail, Exception? inner = null) => new(Code, $"The {format} can't be used. {detail}", inner);
}
