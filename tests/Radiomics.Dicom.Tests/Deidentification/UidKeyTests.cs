namespace Radiomics.Dicom.Tests.Deidentification;

public sealed class UidKeyTests
{
    private static readonly UidKey _key = new([.. Enumerable.Repeat((byte)7, 32)]);

    [Fact]
    public void The_same_uid_maps_to_the_same_uid() => Assert.Equal(_key.Map("1.2.3"), _key.Map("1.2.3\0"));

    [Fact]
    public void A_mapped_uid_is_a_valid_uid_of_the_uuid_root()
    {
        var mapped = _key.Map("1.2.840.113619.2.5");
        Assert.Matches(@"^2\.25\.(0|[1-9][0-9]{0,38})$", mapped);
    }

    [Fact]
    public void Another_key_gives_another_uid() =>
        Assert.NotEqual(_key.Map("1.2.3"), new UidKey([.. Enumerable.Repeat((byte)8, 32)]).Map("1.2.3"));

    [Fact]
    public void The_mapping_never_changes() =>
        Assert.Equal("2.25.153836008634119388434028482358183704447", _key.Map("1.2.3"));

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => new UidKey(new byte[15]));
}
