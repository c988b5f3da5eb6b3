namespace FellowOakDicom;

/// <summary>Reads attributes.tsv: tag (with <c>x</c> for repeating groups), VRs, VM, keyword, R if retired, name; one attribute a line.</summary>
internal static class DicomDictionaryTable
{
    public static DicomDictionary Load()
    {
        var dictionary = new DicomDictionary
        {
            new DicomDictionaryEntry(DicomMaskedTag.Parse("xxxx", "0000"), "Group Length", "GroupLength", DicomVM.Parse("1"), false, DicomVR.UL),
        };
        var representations = new Dictionary<string, DicomVR[]>(StringComparer.Ordinal) { [string.Empty] = [DicomVR.NONE] };
        var multiplicities = new Dictionary<string, DicomVM>(StringComparer.Ordinal);

        using var reader = new StreamReader(typeof(DicomDictionaryTable).Assembly.GetManifestResourceStream("attributes.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (!representations.TryGetValue(cells[1], out var vrs))
                representations[cells[1]] = vrs = [.. cells[1].Split('/').Select(DicomVR.Parse)];
            if (!multiplicities.TryGetValue(cells[2], out var vm))
                multiplicities[cells[2]] = vm = DicomVM.Parse(cells[2]);

            var retired = cells[4] == "R";
            dictionary.Add(cells[0].Contains('x', StringComparison.Ordinal)
                ? new DicomDictionaryEntry(DicomMaskedTag.Parse(cells[0]), cells[5], cells[3], vm, retired, vrs)
                : new DicomDictionaryEntry(DicomTag.Parse(cells[0]), cells[5], cells[3], vm, retired, vrs));
        }

        return dictionary;
    }
}
