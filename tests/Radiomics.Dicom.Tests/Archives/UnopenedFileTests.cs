using System.Text;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Archives;

/// <summary>Files of an upload that aren't opened: no matter beside a whole study, the reason where something is missing.</summary>
public sealed class UnopenedFileTests
{
    private const ushort Lzma = 14;
    private const ushort Encrypted = ushort.MaxValue;
    private const string Viewer = "viewer/readme.txt";

    private static readonly byte[] _nested = TestStudy.Dixon.Zip().ToArray();

    [Theory]
    [InlineData(12, "bzip2")]
    [InlineData(Lzma, "LZMA")]
    [InlineData(93, "Zstandard")]
    public void Nothing_but_entries_of_a_compression_that_is_not_read_is_refused_by_its_name(ushort method, string name)
    {
        var refusal = Refusal("UnsupportedCompression", new ZipStudySource(Zip(method, "a.dcm", [("a.dcm", new byte[10])])));
        Assert.Equal($"Files of the archive compressed by {name}, which isn't read here: 1. Pack the study again as a plain zip (Deflate).", refusal.Detail);
    }

    [Fact]
    public void Nothing_but_entries_that_need_a_password_is_refused_for_that() =>
        Refusal("ArchiveEncrypted", new ZipStudySource(Zip(Encrypted, "a.dcm", [("a.dcm", new byte[10]), ("note.txt", new byte[10])])));

    public static TheoryData<string, string, byte[]> Archives() => new()
    {
        { "study.zip", "zip", TestStudy.Dixon.Zip().ToArray() },
        { "study.ZIP.dat", "zip", TestStudy.Dixon.Zip().ToArray() },
        { "study", "zip", TestStudy.Zip([("a.dcm", new byte[10])]).ToArray() },
        { "study.7z", "7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. new byte[500]] },
        { "study.rar", "RAR", [.. "Rar!"u8, 0x1A, 7, 1, 0, .. new byte[50_000]] },
        { "study.tar", "tar", [.. new byte[257], .. "ustar"u8, .. new byte[50_000]] },
        { "study.tgz", "gzip", [0x1F, 0x8B, 8, .. new byte[100]] },
        { "study.tar.xz", "XZ", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, .. new byte[100]] },
        { "study.tar.bz2", "bzip2", [.. "BZh91AY&SY"u8, .. new byte[100]] },
        { "study.zst", "Zstandard", [0x28, 0xB5, 0x2F, 0xFD, .. new byte[100]] },
        { "cd.iso", "ISO image", [.. new byte[0x8001], .. "CD001"u8, .. new byte[5000]] },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public void An_upload_that_holds_but_an_archive_is_refused_by_its_kind(string name, string kind, byte[] content)
    {
        var expected = $"Archives ({kind}) inside the upload, which aren't opened: 1. Unpack them, and send the files of the study as one zip.";
        Assert.Equal(expected, Refusal("ArchiveNested", new ZipStudySource(TestStudy.Zip([(name, content), ("readme.txt", [65])]))).Detail);
        Assert.Equal(expected, Refusal("ArchiveNested", new ListedStudySource([new ListedFile(name, () => new MemoryStream(content))])).Detail);
    }

    [Theory]
    [InlineData("[Content_Types].xml")]
    [InlineData("META-INF/MANIFEST.MF")]
    [InlineData("mimetype")]
    public void A_document_or_program_that_is_a_zip_inside_is_just_a_file(string first) =>
        Refusal("NoDicom", new ZipStudySource(TestStudy.Zip([("report", TestStudy.Zip([(first, [1]), ("a", [2])]).ToArray())])));

    [Fact]
    public void A_study_beside_an_archive_is_whole_with_a_warning()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Extra = [("weasis/resources.zip", _nested), ("README.TXT", [65])] }, request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
        Assert.Contains("Archives (zip) inside the upload, which aren't opened: 1. Left out.", study.Warnings);
        Assert.Contains("1 files that are not DICOM objects of a study were left out.", study.Warnings);
    }

    [Theory]
    [InlineData(Lzma, Viewer, "Files of the archive compressed by LZMA, which isn't read here: 1. Left out.")]
    [InlineData(12, Viewer, "Files of the archive compressed by bzip2, which isn't read here: 1. Left out.")]
    [InlineData(Encrypted, Viewer, "Files of the archive that need a password: 1. Left out.")]
    [InlineData(Lzma, "viewer/", null)]
    public void A_study_beside_an_entry_that_is_not_opened_is_whole(ushort method, string name, string? warning)
    {
        using var source = new ZipStudySource(Zip(method, name, [.. TestStudy.Dixon.Files(), ("viewer/", []), (Viewer, [65, 66])]));
        var study = StudyReader.Read(source, Ingest.Rules, Ingest.Key, Ingest.FatModel);
        Assert.Equal(4, study.Sequences.Count());
        if (warning is not null)
        {
            Assert.Contains(warning, study.Warnings);
        }
        else
        {
            Assert.DoesNotContain(study.Warnings, text => text.Contains("isn't read", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("sequence", "The study has no T1_F series")]
    [InlineData("region", "The upload holds no region of interest.")]
    [InlineData("images", "The upload holds DICOM objects, but no MR images.")]
    public void What_is_missing_may_be_in_what_was_not_opened(string missing, string sentence)
    {
        var study = missing switch
        {
            "sequence" => TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Take(3)] },
            "region" => TestStudy.Dixon with { Segmentations = [] },
            _ => TestStudy.Dixon with { Series = [] },
        };
        var refusal = Ingest.Refused("ArchiveNested", study with { Extra = [("rest.zip", _nested)] }, request: Ingest.FatModel);
        Assert.StartsWith(sentence, refusal.Detail, StringComparison.Ordinal);
        Assert.EndsWith(
            "It may be in what wasn't opened: archives (zip) inside the upload, which aren't opened: 1. Unpack them, and send the files of the study as one zip.",
            refusal.Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_is_wrong_is_not_blamed_on_what_was_not_opened()
    {
        var unknown = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Select(series => series with { FieldStrength = null })] };
        Ingest.Refused("FieldStrengthUnknown", unknown with { Extra = [("rest.zip", _nested)] }, request: Ingest.FatModel);
    }

    [Fact]
    public void An_image_whose_preamble_is_that_of_an_archive_is_an_image()
    {
        var files = TestStudy.Dixon.Files().Select(file => (file.Name, (byte[])[.. "PK\x03\x04"u8, .. file.Content[4..]]));
        Assert.Equal(4, Ingest.Read(new TestStudy { Series = [], Extra = [.. files] }, request: Ingest.FatModel).Sequences.Count);
    }

    [Fact]
    public void An_export_of_nothing_but_a_closed_archive_says_so()
    {
        using var source = new ZipStudySource(Zip(Lzma, "a.dcm", [("a.dcm", new byte[10])]));
        var refusal = Assert.Throws<RadiomicsException>(() => StudyExport.Write(source, new Deidentifier(Ingest.Key, "A"), Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())));
        Assert.Equal("UnsupportedCompression", refusal.Code);
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Nobody_knows_whose_an_archive_inside_is(string name, string kind, byte[] content)
    {
        Assert.NotEmpty(kind);
        Assert.False(Patients(TestStudy.Zip([.. TestStudy.Dixon.Files(), (name, content)])).IsWhole);
    }

    [Theory]
    [InlineData(Lzma)]
    [InlineData(Encrypted)]
    public void Nobody_knows_whose_an_entry_is_that_is_not_opened(ushort method) =>
        Assert.False(Patients(Zip(method, "b.dcm", [.. TestStudy.Dixon.Files(), ("b.dcm", new byte[10])])).IsWhole);

    [Fact]
    public void Of_a_study_with_a_mask_and_a_text_everything_is_known()
    {
        var patients = Patients((TestStudy.Dixon with { Extra = [("liver.nii.gz", [0x1F, 0x8B, 8, .. new byte[100]]), ("README.TXT", [65])] }).Zip());
        Assert.True(patients.IsWhole);
        Assert.Equal(Ingest.Key.Map(TestStudy.Dixon.StudyUid), Assert.Single(patients.Studies).Study);
    }

    private static UploadedPatients Patients(MemoryStream zip)
    {
        using var source = new ZipStudySource(zip);
        return UploadedPatients.Read(source, Ingest.Key, "A");
    }

    private static RadiomicsException Refusal(string code, IStudySource source)
    {
        using var owned = source as IDisposable;
        var refusal = Assert.Throws<RadiomicsException>(() => StudyReader.Read(source, Ingest.Rules, Ingest.Key, Ingest.FatModel));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    /// <summary>A zip in which one entry's headers, the local one and that in the directory, name another method, or the password's bit.</summary>
    private static MemoryStream Zip(ushort method, string name, IEnumerable<(string Name, byte[] Content)> files)
    {
        var bytes = TestStudy.Zip(files).ToArray();
        var (local, central) = (HeaderOf(bytes, name, "PK\x03\x04"u8, lengthAt: 26, nameAt: 30), HeaderOf(bytes, name, "PK\x01\x02"u8, lengthAt: 28, nameAt: 46));
        if (method == Encrypted)
        {
            bytes[local + 6] |= 1;
            bytes[central + 8] |= 1;
        }
        else
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(local + 8), method);
            BitConverter.TryWriteBytes(bytes.AsSpan(central + 10), method);
        }

        return new MemoryStream(bytes);
    }

    private static int HeaderOf(byte[] zip, string name, ReadOnlySpan<byte> signature, int lengthAt, int nameAt)
    {
        var text = Encoding.ASCII.GetBytes(name);
        for (var at = 0; ; at++)
        {
            if (zip.AsSpan(at).StartsWith(signature) && BitConverter.ToUInt16(zip, at + lengthAt) == text.Length && zip.AsSpan(at + nameAt).StartsWith(text))
            {
                return at;
            }
        }
    }
}
