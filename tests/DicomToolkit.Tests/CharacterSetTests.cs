using System.Text;
using FellowOakDicom;

namespace DicomToolkit.Tests;

/// <summary>The examples of PS3.5 annexes H, I, J and K, and the other sets; bytes as the standard prints them.</summary>
public class CharacterSetTests
{
    [Theory]
    [InlineData("ISO_IR 100", "Buc^J\u00e9r\u00f4me", "42 75 63 5e 4a e9 72 f4 6d 65")]
    [InlineData("ISO_IR 101", "Wa\u0142\u0119sa", "57 61 b3 ea 73 61")]
    [InlineData("ISO_IR 144", "\u041b\u044e\u043acе\u043c\u0431yp\u0433", "bb ee da 63 d5 dc d1 79 70 d3")]
    [InlineData("ISO_IR 126", "\u0394\u03b9\u03bf\u03bd\u03c5\u03c3\u03b9\u03bf\u03c2", "c4 e9 ef ed f5 f3 e9 ef f2")]
    [InlineData("ISO_IR 127", "\u0642\u0628\u0627\u0646\u064a^\u0644\u0646\u0632\u0627\u0631", "e2 c8 c7 e6 ea 5e e4 e6 d2 c7 d1")]
    [InlineData("ISO_IR 138", "\u05e9\u05e8\u05d5\u05df^\u05d3\u05d1\u05d5\u05e8\u05d4", "f9 f8 e5 ef 5e e3 e1 e5 f8 e4")]
    [InlineData("ISO_IR 148", "\u00c7avu\u015fo\u011flu", "c7 61 76 75 fe 6f f0 6c 75")]
    [InlineData("ISO_IR 166", "\u0e19\u0e32\u0e22", "b9 d2 c2")]
    [InlineData("ISO_IR 192", "Wang^XiaoDong=\u738b^\u5c0f\u6771=", "57 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d e7 8e 8b 5e e5 b0 8f e6 9d b1 3d")]
    [InlineData("GB18030", "Wang^XiaoDong=\u738b^\u5c0f\u4e1c=", "57 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d cd f5 5e d0 a1 b6 ab 3d")]
    [InlineData("GBK", "\u738b^\u5c0f\u4e1c", "cd f5 5e d0 a1 b6 ab")]
    [InlineData("ISO_IR 13", "\uff94\uff8f\uff80\uff9e^\uff80\uff9b\uff73", "d4 cf c0 de 5e c0 db b3")]
    [InlineData(
        "\\ISO 2022 IR 87",
        "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060^\u305f\u308d\u3046",
        "59 61 6d 61 64 61 5e 54 61 72 6f 75 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42 3d "
        + "1b 24 42 24 64 24 5e 24 40 1b 28 42 5e 1b 24 42 24 3f 24 6d 24 26 1b 28 42")]
    [InlineData(
        "ISO 2022 IR 13\\ISO 2022 IR 87",
        "\uff94\uff8f\uff80\uff9e^\uff80\uff9b\uff73=\u5c71\u7530^\u592a\u90ce",
        "d4 cf c0 de 5e c0 db b3 3d 1b 24 42 3b 33 45 44 1b 28 4a 5e 1b 24 42 42 40 4f 3a 1b 28 4a")]
    [InlineData("\\ISO 2022 IR 159", "\u4e02\u4e04", "1b 24 28 44 30 21 30 22 1b 28 42")]
    [InlineData(
        "\\ISO 2022 IR 149",
        "Hong^Gildong=\u6d2a^\u5409\u6d1e=\ud64d^\uae38\ub3d9",
        "48 6f 6e 67 5e 47 69 6c 64 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7 3d "
        + "1b 24 29 43 c8 ab 5e 1b 24 29 43 b1 e6 b5 bf")]
    [InlineData(
        "\\ISO 2022 IR 58",
        "Zhang^XiaoDong=\u5f20^\u5c0f\u4e1c=",
        "5a 68 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d 1b 24 29 41 d5 c5 5e 1b 24 29 41 d0 a1 b6 ab 3d")]
    public void A_name_is_read_in_its_character_set(string charset, string name, string hex)
    {
        var dataset = DicomFile.Open(new MemoryStream(FileWith(charset, Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal))))).Dataset;
        Assert.Equal(name, dataset.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData("ISO_IR 192", "\u738b^\u5c0f\u6771")]
    [InlineData("GB18030", "\u738b^\u5c0f\u4e1c")]
    [InlineData("ISO_IR 100", "Buc^J\u00e9r\u00f4me")]
    public void A_new_name_is_written_in_the_dataset_s_character_set_also_in_sequences(string charset, string name)
    {
        var dataset = new DicomDataset
        {
            { DicomTag.SpecificCharacterSet, charset },
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.3" },
            { DicomTag.PatientName, name },
            new DicomSequence(DicomTag.OtherPatientIDsSequence, new DicomDataset { { DicomTag.PatientName, name } }),
        };
        var read = DicomFile.Open(new MemoryStream(ReaderTests.Bytes(dataset))).Dataset;
        Assert.Equal(name, read.GetString(DicomTag.PatientName));
        Assert.Equal(name, read.GetSequence(DicomTag.OtherPatientIDsSequence).Items[0].GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Text_without_character_set_is_read_in_the_fallback_encoding()
    {
        var bytes = FileWith(null, [0x4a, 0xe9]);
        Assert.Equal("J\u00e9", DicomFile.Open(new MemoryStream(bytes), Encoding.Latin1).Dataset.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void An_unknown_character_set_is_read_as_ascii() => Assert.Equal(DicomEncoding.Default, DicomEncoding.GetEncoding("KLINGON"));

    private static byte[] FileWith(string? charset, byte[] name)
    {
        var file = new MemoryStream();
        file.Write(ReaderTests.Bytes(new DicomDataset { { DicomTag.SOPClassUID, DicomUID.MRImageStorage }, { DicomTag.SOPInstanceUID, "1.2.3" } }));
        if (charset is not null)
            Element(file, [0x08, 0x00, 0x05, 0x00, (byte)'C', (byte)'S'], Encoding.ASCII.GetBytes(charset), (byte)' ');
        Element(file, [0x10, 0x00, 0x10, 0x00, (byte)'P', (byte)'N'], name, (byte)' ');
        return file.ToArray();
    }

    private static void Element(MemoryStream file, byte[] header, byte[] value, byte padding)
    {
        file.Write(header);
        file.Write(BitConverter.GetBytes((ushort)(value.Length + (value.Length % 2))));
        file.Write(value);
        if (value.Length % 2 == 1)
            file.WriteByte(padding);
    }
}
