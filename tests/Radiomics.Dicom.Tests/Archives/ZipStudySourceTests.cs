using System.Text;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Archives;

public sealed class ZipStudySourceTests
{
    [Fact]
    public void Bytes_that_are_no_zip_are_refused() =>
        Assert.Equal("NotAZip", Refusal(new MemoryStream(Encoding.ASCII.GetBytes("this is a text and not an archive, however long it may be"))).Code);

    [Fact]
    public void Fragments_of_a_zip_of_any_length_are_refused()
    {
        var whole = TestStudy.Zip([("a.dcm", new byte[50]), ("b.dcm", new byte[50])]).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal("NotAZip", Refusal(new MemoryStream(whole[..length])).Code);
            Assert.Equal("NotAZip", Refusal(new MemoryStream(whole[(length + 1)..])).Code);
        }
    }

    [Fact]
    public void A_zip_cut_short_is_refused()
    {
        var whole = TestStudy.Dixon.Zip().ToArray();
        Assert.Equal("NotAZip", Refusal(new MemoryStream(whole[..(whole.Length / 2)])).Code);
    }

    [Fact]
    public void A_zip_with_damaged_content_is_refused()
    {
        var content = new byte[40_000];
        new Random(1).NextBytes(content);
        for (var n = 0; n < content.Length; n++)
        {
            content[n] &= 0x0F;
        }

        var bytes = TestStudy.Zip([("a.dcm", content)]).ToArray();
        bytes.AsSpan(100, 2_000).Fill(0xFF);
        using var source = new ZipStudySource(new MemoryStream(bytes));
        Assert.Equal("ArchiveDamaged", Assert.Throws<RadiomicsException>(() => ReadAll(source)).Code);
    }

    [Fact]
    public void Backslashes_are_taken_for_folders_with_a_warning()
    {
        var files = TestStudy.Dixon.Files().Select(file => (file.Name.Replace('/', '\\'), file.Content));
        using var source = new ZipStudySource(TestStudy.Zip([.. files, ("disk\\DICOMDIR", new byte[10])]));
        Assert.Equal(25, source.Count);
        var study = StudyReader.Read(source, Ingest.Rules, Ingest.Key, new IngestRequest());
        Assert.Equal(4, study.Sequences.Count());
        Assert.Contains(study.Warnings, warning => warning.Contains("backslashes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../outside.dcm")]
    [InlineData("a/../../outside.dcm")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/windows/x.dcm")]
    [InlineData("..\\outside.dcm")]
    [InlineData("\\outside.dcm")]
    [InlineData("a\u0007.dcm")]
    [InlineData("a\0.dcm")]
    public void A_name_that_points_outside_is_refused(string name) =>
        Assert.Equal("UnsafeEntryName", Refusal(TestStudy.Zip([(name, [1])])).Code);

    [Fact]
    public void A_name_of_a_deep_folder_is_fine_and_dots_inside_names_are_too()
    {
        using var source = new ZipStudySource(TestStudy.Zip([("a/b.c/..d/1.2.3", [1])]));
        Assert.Equal(1, source.Count);
    }

    [Theory]
    [InlineData("DICOMDIR")]
    [InlineData("disk/dicomdir")]
    [InlineData("_ready")]
    [InlineData("__MACOSX/a/._x.dcm")]
    [InlineData("a/.DS_Store")]
    [InlineData("a/Thumbs.db")]
    [InlineData("folder/")]
    public void Clutter_is_passed_over(string name)
    {
        using var source = new ZipStudySource(TestStudy.Zip([(name, [])]));
        Assert.Equal(0, source.Count);
    }

    [Fact]
    public void Too_many_entries_are_refused() =>
        Assert.Equal("ArchiveTooLarge", Refusal(TestStudy.Dixon.Zip(), new ArchiveLimits { MaxEntries = 10 }).Code);

    [Fact]
    public void Too_many_bytes_are_refused() =>
        Assert.Equal("ArchiveTooLarge", Refusal(TestStudy.Dixon.Zip(), new ArchiveLimits { MaxTotalBytes = 10_000 }).Code);

    [Fact]
    public void An_entry_that_inflates_beyond_any_volume_and_beyond_the_ratio_is_refused_before_the_rest_of_it_is_read()
    {
        using var source = new ZipStudySource(TestStudy.Zip([("a.dcm", new byte[400 << 20])]));
        using var stream = source.Open(0);
        var (buffer, read) = (new byte[1 << 16], 0L);
        var refusal = Assert.Throws<RadiomicsException>(() =>
        {
            while (stream.Read(buffer) is > 0 and var count)
            {
                read += count;
            }
        });
        Assert.Equal("ArchiveTooLarge", refusal.Code);
        Assert.Contains("more than 268435456 bytes and more than 200 times its stored size", refusal.Detail, StringComparison.Ordinal);
        Assert.InRange(read, (1 << 28) - buffer.Length, 1 << 28);
    }

    [Fact]
    public void A_ratio_of_the_settings_is_asked_above_their_floor()
    {
        var limits = new ArchiveLimits { RatioFloorBytes = 1 << 20 };
        Assert.Equal("ArchiveTooLarge", Refusal(TestStudy.Zip([("a.dcm", new byte[4 << 20])]), limits).Code);
        using var below = new ZipStudySource(TestStudy.Zip([("a.dcm", new byte[1 << 20])]), limits);
        ReadAll(below);
    }

    [Fact]
    public void Bytes_count_once_however_often_an_entry_is_read()
    {
        using var source = new ZipStudySource(TestStudy.Zip([("a.dcm", new byte[1000])]), new ArchiveLimits { MaxTotalBytes = 1500 });
        ReadAll(source);
        ReadAll(source);
        Assert.Equal(1, source.Count);
    }

    [Fact]
    public void A_folder_is_read_like_a_zip()
    {
        var folder = Directory.CreateTempSubdirectory("radiomics-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "deep", "er"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "deep", "er", "1.dcm"), [1, 2, 3]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "_ready"), []);
            var source = FolderStudySource.Create(folder.FullName);
            Assert.Equal(1, source.Count);
            using var content = source.Open(0);
            Assert.Equal(1, content.ReadByte());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RadiomicsException Refusal(MemoryStream zip, ArchiveLimits? limits = null) =>
        Assert.Throws<RadiomicsException>(() =>
        {
            using var source = new ZipStudySource(zip, limits);
            ReadAll(source);
        });

    private static void ReadAll(IStudySource source)
    {
        for (var n = 0; n < source.Count; n++)
        {
            using var stream = source.Open(n);
            stream.CopyTo(Stream.Null);
        }
    }
}
