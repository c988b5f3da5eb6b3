using System.Globalization;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// A file of an upload that isn't looked into: it needs a password, is compressed by a method that isn't read here, or is an archive itself. It may be no business
/// of ours (a viewer's resources), so it stops no study that is whole without it; where something is missing, it may be in there.
/// </summary>
/// <param name="Code"><c>ArchiveEncrypted</c>, <c>UnsupportedCompression</c> or <c>ArchiveNested</c>.</param>
/// <param name="How">What people call its compression, or the kind of archive.</param>
public sealed record UnopenedFile(string Code, string How = "")
{
    /// <summary>It needs a password.</summary>
    internal static UnopenedFile Encrypted { get; } = new("ArchiveEncrypted");

    /// <summary>It is compressed by a method that isn't read here.</summary>
    internal static UnopenedFile Compressed(string method) => new("UnsupportedCompression", method);

    /// <summary>It is an archive.</summary>
    internal static UnopenedFile Archive(string kind) => new("ArchiveNested", kind);

    /// <summary>The refusal of an upload in which something is missing.</summary>
    /// <param name="files">What wasn't opened; not empty.</param>
    /// <param name="missing">What is missing; null if there is nothing else in the upload.</param>
    internal static RadiomicsException Refusal(IReadOnlyList<UnopenedFile> files, RadiomicsException? missing = null)
    {
        var sentences = string.Join(' ', Groups(files).Select(group => $"{Found(group)} {Advice(group.Key)}"));
        return new(Groups(files).First().Key, missing is null ? sentences : $"{missing.Detail} It may be in what wasn't opened: {char.ToLowerInvariant(sentences[0])}{sentences[1..]}", missing);
    }

    /// <summary>What is said of them to the sender of a study that can be used without them.</summary>
    internal static IEnumerable<string> Warnings(IReadOnlyList<UnopenedFile> files) => Groups(files).Select(group => $"{Found(group)} Left out.");

    private static IOrderedEnumerable<IGrouping<string, UnopenedFile>> Groups(IEnumerable<UnopenedFile> files) =>
        files.GroupBy(file => file.Code).OrderBy(group => group.Key switch { "ArchiveEncrypted" => 0, "UnsupportedCompression" => 1, _ => 2 });

    private static string Found(IGrouping<string, UnopenedFile> files)
    {
        var count = files.Count().ToString(CultureInfo.InvariantCulture);
        var how = string.Join(" and ", files.Select(file => file.How).Distinct().Order(StringComparer.Ordinal));
        return files.Key switch
        {
            "ArchiveEncrypted" => $"Files of the archive that need a password: {count}.",
            "UnsupportedCompression" => $"Files of the archive compressed by {how}, which isn't read here: {count}.",
            _ => $"Archives ({how}) inside the upload, which aren't opened: {count}.",
        };
    }

    private static string Advice(string code) => code switch
    {
        "ArchiveEncrypted" => "Pack the study again without a password; the way it is sent protects it.",
        "UnsupportedCompression" => "Pack the study again as a plain zip (Deflate).",
        _ => "Unpack them, and send the files of the study as one zip.",
    };
}
