using System.Security.Cryptography;

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

    [Theory]
    [InlineData(" ab 1", "AB  1 ")]
    [InlineData("4711\0", "4711")]
    [InlineData("47 11^^", "4711")]
    public void Case_blanks_and_empty_components_of_an_id_tell_no_patients_apart(string id, string same) =>
        Assert.Equal(_key.MapPatient("A", id), _key.MapPatient("A", same));

    [Fact]
    public void Issuer_and_center_tell_patients_of_one_id_apart()
    {
        string[] pseudonyms = [_key.MapPatient("A", "4711"), _key.MapPatient("B", "4711"), _key.MapPatient("A", "4711", "HIS"), _key.MapPatient("A", "4712")];
        Assert.Equal(4, pseudonyms.Distinct().Count());
        Assert.Equal(_key.MapPatient("A", "4711"), _key.MapPatient("A", "4711", " "));
    }

    [Fact]
    public void A_patient_without_an_id_is_known_by_name_and_birth_date_and_one_without_any_by_none()
    {
        Assert.Equal(_key.MapPatientWithoutId("A", "Doe^Jane", "19800102"), _key.MapPatientWithoutId("A", "DOE^JANE ", "19800102"));
        Assert.NotEqual(_key.MapPatientWithoutId("A", "Doe^Jane", "19800102"), _key.MapPatientWithoutId("A", "Doe^Jane", "19800103"));
        Assert.Null(_key.MapPatientWithoutId("A", null, " "));
    }

    [Theory]
    [InlineData("Doe^Jane", "1980.01.02")]
    [InlineData("Doe^Jane", "1980-01-02 ")]
    [InlineData(" doe ^jane^^", "19800102")]
    public void The_form_of_name_and_birth_date_tells_no_patients_apart(string name, string birthDate) =>
        Assert.Equal(_key.MapPatientWithoutId("A", "Doe^Jane", "19800102"), _key.MapPatientWithoutId("A", name, birthDate));

    [Fact]
    public void A_patients_days_are_the_same_and_never_none() =>
        Assert.All(Enumerable.Range(0, 1000), n => Assert.InRange(_key.DaysToShift($"p-{n}"), 30, 3679));

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => new UidKey(new byte[15]));

    [Fact]
    public void A_sealed_uid_can_be_read_where_it_was_sealed_for_and_nowhere_else()
    {
        var sealedUid = _key.Seal("1.2.840.113619.2.5", "here");

        Assert.Equal("1.2.840.113619.2.5", _key.Unseal(sealedUid, "here"));
        Assert.ThrowsAny<CryptographicException>(() => _key.Unseal(sealedUid, "there"));
        Assert.ThrowsAny<CryptographicException>(() => new UidKey([.. Enumerable.Repeat((byte)8, 32)]).Unseal(sealedUid, "here"));
    }

    [Fact]
    public void The_same_uid_is_never_sealed_alike() => Assert.NotEqual(_key.Seal("1.2.3", "here"), _key.Seal("1.2.3", "here"));
}
