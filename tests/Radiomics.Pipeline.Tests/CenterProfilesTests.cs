using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests;

public sealed class CenterProfilesTests
{
    private readonly CenterProfiles _profiles = new(Account.ModelsFolder);

    [Theory]
    [InlineData("A", "3.0T", "T1_F")]
    [InlineData("A", "1.5T", "T1_F")]
    [InlineData("B", "3.0T", "T1_W")]
    [InlineData("B", "1.5T", "T1_opp")]
    public void A_center_has_a_sequence_for_each_field_strength(string center, string fieldStrength, string sequence) =>
        Assert.Equal(sequence, _profiles.Get(center).Models[fieldStrength]);

    /// <summary>A sequence or field strength that no rule names would be found only by the first study that is refused.</summary>
    [Fact]
    public void Every_sequence_that_a_model_reads_is_one_that_the_rules_name()
    {
        foreach (var profile in _profiles.Centers.Select(_profiles.Get))
        {
            Assert.Equal([], profile.Models.Values.Except(profile.Ingest.Sequences.Select(rule => rule.Name)).Select(sequence => $"{profile.Center}: {sequence}"));
            Assert.Equal([], profile.Models.Keys.Except(profile.Ingest.FieldStrengths.Select(one => one.Name)).Select(strength => $"{profile.Center}: {strength}"));
        }
    }

    [Fact]
    public void Research_has_no_model_and_takes_any_series()
    {
        var research = _profiles.Get("research");
        Assert.Empty(research.Models);
        Assert.True(research.Ingest.AdmitUnclassified);
    }

    [Theory]
    [InlineData("sequences")]
    [InlineData("fieldStrengths")]
    [InlineData("roiNames")]
    public void A_profile_must_say_by_which_rules_its_studies_are_read(string property)
    {
        var profile = JsonNode.Parse(BlobStore.Json(_profiles.Get("A")))!;
        profile["ingest"]!.AsObject().Remove(property);
        Assert.Throws<JsonException>(() => Load(profile));
    }

    [Fact]
    public void Profiles_share_their_rules_and_override_them_in_part()
    {
        var (a, b, research) = (_profiles.Get("A").Ingest, _profiles.Get("B").Ingest, _profiles.Get("research").Ingest);
        Assert.Equal(BlobStore.Json(a).ToString(), BlobStore.Json(b).ToString());
        Assert.Equal(BlobStore.Json(a.Sequences).ToString(), BlobStore.Json(research.Sequences).ToString());
        Assert.NotEqual(a.RoiNames, research.RoiNames);
        Assert.NotEmpty(a.Excluded);
    }

    [Fact]
    public void A_profile_that_says_everything_itself_needs_no_shared_rules()
    {
        var whole = BlobStore.Json(_profiles.Get("A"));
        Assert.Equal(whole.ToString(), BlobStore.Json(CenterProfileFile.Load(whole, "there-is-no-such-folder")).ToString());
        Assert.DoesNotContain("\"rules\"", whole.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_are_not_there_are_named()
    {
        var profile = JsonNode.Parse(File.ReadAllText(ProfilePath("A")))!;
        profile["ingest"]!["rules"] = "../settings/liver-mri";
        Assert.Equal("UnknownIngestRules", Assert.Throws<RadiomicsException>(() => Load(profile)).Code);
    }

    [Theory]
    [InlineData("roiName")]
    [InlineData("admitUnclasified")]
    public void A_misspelt_rule_is_refused(string property)
    {
        var profile = JsonNode.Parse(File.ReadAllText(ProfilePath("A")))!;
        profile["ingest"]![property] = true;
        Assert.Throws<JsonException>(() => Load(profile));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    [InlineData("research")]
    public void The_pinned_digest_covers_every_rule_in_force(string center)
    {
        var pinned = _profiles.Pin(center);
        var ingest = pinned.Profile.Ingest;
        PinnedProfile[] others =
        [
            Changed(ingest with { Sequences = [.. ingest.Sequences.Skip(1)] }),
            Changed(ingest with { Sequences = [ingest.Sequences[0] with { EchoTime = null }, .. ingest.Sequences.Skip(1)] }),
            Changed(ingest with { FieldStrengths = [ingest.FieldStrengths[0] with { Tolerance = 0.1 }, .. ingest.FieldStrengths.Skip(1)] }),
            Changed(ingest with { RoiNames = [.. ingest.RoiNames.Skip(1)] }),
            Changed(ingest with { AdmitUnclassified = !ingest.AdmitUnclassified }),
            Changed(ingest with { AdmitSecondary = !ingest.AdmitSecondary }),
            Changed(ingest with { Excluded = [.. ingest.Excluded.Skip(1)] }),
        ];
        Assert.Equal(others.Length + 1, others.Append(pinned).Select(profile => Digest.Of(BlobStore.Json(profile))).Distinct().Count());

        PinnedProfile Changed(IngestRules rules) => pinned with { Profile = pinned.Profile with { Ingest = rules } };
    }

    [Theory]
    [InlineData("C")]
    [InlineData("a")]
    [InlineData("../centers/A")]
    [InlineData("")]
    public void Another_name_is_an_unknown_center(string center)
    {
        Assert.Equal("UnknownCenter", Assert.Throws<RadiomicsException>(() => _profiles.Get(center)).Code);
        Assert.Equal(Containers.System, _profiles.AreaOf(center));
    }

    [Fact]
    public void A_pinned_profile_reads_back_as_it_was()
    {
        var json = BlobStore.Json(_profiles.Pin("B"));
        Assert.Equal(Digest.Of(json), _profiles.Digest("B"));
        Assert.Equal(_profiles.Digest("B"), Digest.Of(BlobStore.Json(BlobStore.Parse<PinnedProfile>(json))));
    }

    private static CenterProfile Load(JsonNode profile) => CenterProfileFile.Load(Encoding.UTF8.GetBytes(profile.ToJsonString()), Account.ModelsFolder);

    private static string ProfilePath(string center) => Path.Combine(Account.ModelsFolder, "centers", $"{center}.json");
}
