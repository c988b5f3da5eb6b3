using FellowOakDicom;

namespace DicomToolkit.Tests;

public class SignatureTests
{
    /// <summary>Keyword members are covered by the rule below instead of lines.</summary>
    [Fact]
    public void Every_public_member_is_one_of_the_real_package()
    {
        string[] members = ["FellowOakDicom.DicomTag: static DicomTag ", "FellowOakDicom.DicomUID: static DicomUID "];
        var unlisted = PublicSignatures.NotListed(typeof(DicomFile).Assembly, "Signatures.txt")
            .Where(line => !members.Any(m => line.StartsWith(m, StringComparison.Ordinal) && !line.Contains('(', StringComparison.Ordinal)));
        Assert.Equal(string.Empty, string.Join('\n', unlisted));
    }

    [Fact]
    public void Every_tag_member_is_a_keyword_of_the_dictionary_and_retired_ones_say_so()
    {
        var entries = DicomDictionary.Default.DistinctBy(e => e.Keyword).ToDictionary(e => e.Keyword);
        foreach (var field in typeof(DicomTag).GetFields().Where(f => f.FieldType == typeof(DicomTag) && f.Name != nameof(DicomTag.Unknown)))
        {
            var tag = (DicomTag)field.GetValue(null)!;
            var entry = entries[KeywordOf(field.Name)];
            Assert.True(entry.MaskTag?.IsMatch(tag) ?? entry.Tag == tag, field.Name);
            Assert.Equal(entry.IsRetired, field.Name.EndsWith("RETIRED", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_uid_member_is_registered_once()
    {
        var uids = typeof(DicomUID).GetFields().Where(f => f.FieldType == typeof(DicomUID)).Select(f => (DicomUID)f.GetValue(null)!).ToArray();
        Assert.True(uids.Length > 400);
        Assert.All(uids, u => Assert.Same(u, DicomUID.Parse(u.UID)));
        Assert.All(uids, u => Assert.True(DicomUID.IsValidUid(u.UID)));
    }

    private static string KeywordOf(string member) =>
        member.EndsWith("RETIRED", StringComparison.Ordinal) ? member[..^"RETIRED".Length] : member;
}
