using FellowOakDicom;
using FellowOakDicom.Imaging;

namespace DicomToolkit.Tests;

/// <summary>What the real library's datasets do, read in its sources.</summary>
public class DatasetTests
{
    [Fact]
    public void A_missing_value_throws_or_gives_the_default()
    {
        var dataset = new DicomDataset();
        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<double>(DicomTag.SliceThickness));
        Assert.Throws<DicomDataException>(() => dataset.GetString(DicomTag.PatientName));
        Assert.Equal(2.5, dataset.GetSingleValueOrDefault(DicomTag.SliceThickness, 2.5));
        Assert.False(dataset.TryGetSingleValue<double>(DicomTag.SliceThickness, out _));
        Assert.Null(dataset.GetDicomItem<DicomItem>(DicomTag.PatientName));
    }

    [Fact]
    public void An_empty_or_multiple_value_is_not_a_single_one()
    {
        var dataset = new DicomDataset { { DicomTag.EchoTime, string.Empty }, { DicomTag.ImageType, "DERIVED", "PRIMARY" } };
        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<double>(DicomTag.EchoTime));
        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<string>(DicomTag.ImageType));
        Assert.True(dataset.TryGetString(DicomTag.EchoTime, out var empty));
        Assert.Equal(string.Empty, empty);
        Assert.Equal("DERIVED\\PRIMARY", dataset.GetString(DicomTag.ImageType));
        Assert.Equal("PRIMARY", dataset.GetValue<string>(DicomTag.ImageType, 1));
        Assert.Throws<DicomDataException>(() => dataset.GetValue<string>(DicomTag.ImageType, 2));
        Assert.Equal(2, dataset.GetValueCount(DicomTag.ImageType));
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" -2.5e1 ", -25)]
    [InlineData("+.5", 0.5)]
    [InlineData("007", 7)]
    public void A_decimal_string_is_read_with_its_spaces_signs_and_exponents(string text, double value)
    {
        var dataset = new DicomDataset().NotValidated().Add(new DicomDecimalString(DicomTag.EchoTime, text));
        Assert.Equal(value, dataset.GetSingleValue<double>(DicomTag.EchoTime));
        Assert.Equal((decimal)value, dataset.GetSingleValue<decimal>(DicomTag.EchoTime));
        Assert.Equal([value], dataset.GetValues<double>(DicomTag.EchoTime));
    }

    [Fact]
    public void Text_that_is_no_number_throws_but_is_not_tried_successfully()
    {
        var dataset = new DicomDataset().NotValidated().Add(new DicomDecimalString(DicomTag.EchoTime, "abc")).Add(new DicomIntegerString(DicomTag.InstanceNumber, "x"));
        Assert.Throws<FormatException>(() => dataset.GetSingleValue<double>(DicomTag.EchoTime));
        Assert.False(dataset.TryGetSingleValue<double>(DicomTag.EchoTime, out _));
        Assert.Equal(3, dataset.GetSingleValueOrDefault(DicomTag.InstanceNumber, 3));
    }

    [Fact]
    public void Long_decimals_are_written_in_sixteen_characters()
    {
        Assert.Equal("0.3333333333", DicomDecimalString.ToDecimalString(1m / 3));
        Assert.Equal("-12345.678", DicomDecimalString.ToDecimalString(-12345.678m));
        var dataset = new DicomDataset { { DicomTag.PixelSpacing, 1.0 / 3, 0.1 } };
        Assert.Equal("0.3333333333", dataset.GetValue<string>(DicomTag.PixelSpacing, 0)[..12]);
        Assert.All(dataset.GetValues<string>(DicomTag.PixelSpacing), v => Assert.InRange(v.Length, 1, 16));
    }

    [Fact]
    public void Adding_what_is_there_throws_and_updating_replaces_it()
    {
        var dataset = new DicomDataset { { DicomTag.PatientID, "1" } };
        Assert.Throws<ArgumentException>(() => dataset.Add(DicomTag.PatientID, "2"));
        Assert.Equal("2", dataset.AddOrUpdate(DicomTag.PatientID, "2").GetString(DicomTag.PatientID));
        Assert.False(dataset.Remove(DicomTag.PatientID, DicomTag.PatientName).Contains(DicomTag.PatientID));
    }

    [Theory]
    [InlineData("lower case")]
    [InlineData("SEVENTEEN_LETTERS")]
    public void An_invalid_code_is_refused_unless_validation_is_off(string code)
    {
        Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(DicomTag.Modality, code));
        Assert.Equal(code, new DicomDataset().NotValidated().Add(DicomTag.Modality, code).GetString(DicomTag.Modality));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2", true)]
    [InlineData("1.02.3", false)]
    [InlineData("1..3", false)]
    [InlineData("1.2.a", false)]
    [InlineData("1.2.", false)]
    public void Uids_are_checked(string uid, bool isValid) => Assert.Equal(isValid, DicomUID.IsValidUid(uid));

    [Fact]
    public void A_generated_uid_is_valid_and_the_same_for_the_same_source()
    {
        var generator = new DicomUIDGenerator();
        var source = DicomUID.Parse("1.2.3");
        Assert.Equal(generator.Generate(source), generator.Generate(source));
        Assert.NotEqual(generator.Generate(source), DicomUIDGenerator.GenerateDerivedFromUUID());
        Assert.True(DicomUID.IsValidUid(DicomUIDGenerator.GenerateDerivedFromUUID().UID));
        Assert.StartsWith("2.25.", generator.Generate(source).UID, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_uids_and_syntaxes_are_found_by_their_text()
    {
        Assert.Equal(DicomUIDType(DicomUID.MRImageStorage), DicomUIDType(DicomUID.Parse("1.2.840.10008.5.1.4.1.1.4\0")));
        Assert.Same(DicomTransferSyntax.JPEGProcess14SV1, DicomTransferSyntax.Parse("1.2.840.10008.1.2.4.70"));
        Assert.Throws<DicomDataException>(() => DicomTransferSyntax.Parse(DicomUID.MRImageStorage.UID));
        Assert.True(DicomTransferSyntax.Parse("1.2.3.4.5").IsEncapsulated);
        Assert.Equal(DicomStorageCategory.Image, DicomUID.MRImageStorage.StorageCategory);
    }

    [Fact]
    public void Functional_groups_of_a_frame_override_the_shared_ones()
    {
        static DicomDataset Group(DicomTag sequence, DicomTag tag, string value) =>
            new() { new DicomSequence(sequence, new DicomDataset { { tag, value } }) };
        var dataset = new DicomDataset
        {
            new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, Group(DicomTag.PixelMeasuresSequence, DicomTag.SliceThickness, "3")),
            new DicomSequence(
                DicomTag.PerFrameFunctionalGroupsSequence,
                Group(DicomTag.PlanePositionSequence, DicomTag.ImageComments, "first"),
                Group(DicomTag.PixelMeasuresSequence, DicomTag.SliceThickness, "5")),
        };
        Assert.Equal(3, dataset.FunctionalGroupValues(0).GetSingleValue<double>(DicomTag.SliceThickness));
        Assert.Equal("first", dataset.FunctionalGroupValues(0).GetString(DicomTag.ImageComments));
        Assert.Equal(5, dataset.FunctionalGroupValues(1).GetSingleValue<double>(DicomTag.SliceThickness));
    }

    [Theory]
    [InlineData("(0010,0010)")]
    [InlineData("0010,0010")]
    [InlineData("00100010")]
    public void Tags_are_read_in_every_notation(string text) => Assert.Equal(DicomTag.PatientName, DicomTag.Parse(text));

    [Fact]
    public void Tags_are_written_and_looked_up()
    {
        Assert.Equal("(0010,0010)", DicomTag.PatientName.ToString());
        Assert.Equal("00100010", DicomTag.PatientName.ToString("J", null));
        Assert.Equal(DicomTag.MagneticFieldStrength, DicomDictionary.Default["MagneticFieldStrength"]);
        Assert.Equal(DicomVR.DS, DicomTag.MagneticFieldStrength.DictionaryEntry.ValueRepresentations[0]);
        Assert.Equal("Overlay Data", new DicomTag(0x6002, 0x3000).DictionaryEntry.Name);
        Assert.Throws<DicomDataException>(() => DicomTag.Parse("nonsense"));
    }

    [Fact]
    public void Dates_times_and_names_are_read()
    {
        var dataset = new DicomDataset
        {
            { DicomTag.StudyDate, new DateTime(2025, 3, 4) }, { DicomTag.StudyTime, "101112.5" }, { DicomTag.PatientName, "Last^First^Middle^Dr.^Jr." },
        };
        Assert.Equal("20250304", dataset.GetString(DicomTag.StudyDate));
        Assert.Equal(new DateTime(2025, 3, 4, 10, 11, 12), dataset.GetDateTime(DicomTag.StudyDate, DicomTag.StudyTime));
        var name = dataset.GetDicomItem<DicomPersonName>(DicomTag.PatientName);
        Assert.Equal(("Last", "First", "Middle", "Dr.", "Jr."), (name.Last, name.First, name.Middle, name.Prefix, name.Suffix));
    }

    [Fact]
    public void Single_bit_frames_take_whole_bytes()
    {
        var dataset = new DicomDataset
        {
            { DicomTag.Rows, (ushort)3 }, { DicomTag.Columns, (ushort)7 }, { DicomTag.BitsAllocated, (ushort)1 }, { DicomTag.BitsStored, (ushort)1 },
            { DicomTag.HighBit, (ushort)0 }, { DicomTag.PixelRepresentation, (ushort)0 }, { DicomTag.SamplesPerPixel, (ushort)1 },
        };
        var pixels = DicomPixelData.Create(dataset, newPixelData: true);
        Assert.Equal(3, pixels.UncompressedFrameSize);
        pixels.AddFrame(new FellowOakDicom.IO.Buffer.MemoryByteBuffer([1, 2, 3]));
        Assert.Equal(1, pixels.NumberOfFrames);
        Assert.Equal(4u, dataset.GetDicomItem<DicomOtherByte>(DicomTag.PixelData).Length);
        Assert.Throws<IndexOutOfRangeException>(() => pixels.GetFrame(1));
    }

    private static DicomUidType DicomUIDType(DicomUID uid) => uid.Type;
}
