using System.IO.Compression;
using System.Text;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Archives;

/// <summary>
/// Archives that lie, overlap, overflow or aren't any: each is refused by its code, or is the study that it holds, and none takes memory that grows with what it says of itself.
/// </summary>
public sealed class HostileArchiveTests
{
    /// <summary>What any of these may have allocated in the end, all its pieces together: a parser takes as much for half a million elements, a buffer more for what unpacks to 200 MB.</summary>
    private const long MostBytes = 256 << 20;

    private const string Whole = "";

    private static readonly TestStudy _study = TestStudy.Dixon with { Series = [TestStudy.Dixon.Series[3]] };

    private static readonly RawEntry[] _entries = [.. _study.Files().Select(file => new RawEntry(file.Name, file.Content))];

    private static readonly Dictionary<string, (string Code, Func<byte[]> Build)> _kinds = new(StringComparer.Ordinal)
    {
        ["a study"] = (Whole, () => new RawZip(_entries).Build()),
        ["stored entries"] = (Whole, () => new RawZip(Each(entry => entry with { Method = 0 })).Build()),
        ["entries of Deflate64"] = (Whole, () => new RawZip(Each(entry => entry with { Method = 9 })).Build()),
        ["sizes of 64 bits"] = (Whole, () => new RawZip(_entries) { IsZip64 = true }.Build()),
        ["sizes behind the entries"] = (Whole, () => new RawZip(Each(entry => entry with { SizesFollow = true })).Build()),
        ["a comment"] = (Whole, () => new RawZip(_entries) { Comment = "sent by somebody"u8.ToArray() }.Build()),
        ["a comment that looks like an end"] = (Whole, () => new RawZip(_entries) { Comment = [.. "PK\x05\x06"u8, .. new byte[30]] }.Build()),
        ["bytes behind the end"] = (Whole, () => new RawZip(_entries) { Trailing = new byte[100] }.Build()),
        ["names in other alphabets"] = (Whole, () => new RawZip(Each(entry => entry with { Name = $"снимок/肝臓/{entry.Name}", Flags = 1 << 11 })).Build()),
        ["an empty file and a folder beside"] = (Whole, () => new RawZip([.. _entries, new RawEntry("readme", []), new RawEntry("folder/", [])]).Build()),
        ["a symbolic link beside"] = (Whole, () => new RawZip([.. _entries, new RawEntry("link", "/etc/passwd"u8.ToArray()) { Attributes = 0xA1FF0000 }]).Build()),
        ["every file twice"] = (Whole, () => new RawZip([.. _entries, .. _entries]).Build()),
        ["a blank text of 200 MB beside"] = (Whole, () => new RawZip([.. _entries, Blank("notes.txt", 200 << 20, 65)]).Build()),

        ["nothing"] = ("NotAZip", () => []),
        ["a text"] = ("NotAZip", () => Encoding.ASCII.GetBytes("This is a text, however long it may be, and not an archive.")),
        ["zeros"] = ("NotAZip", () => new byte[1 << 20]),
        ["the front half"] = ("NotAZip", () => new RawZip(_entries).Build() is var zip ? zip[..(zip.Length / 2)] : []),
        ["the back half"] = ("NotAZip", () => new RawZip(_entries).Build() is var zip ? zip[(zip.Length / 2)..] : []),
        ["bytes before the start"] = ("NotAZip", () => [.. new byte[100], .. new RawZip(_entries).Build()]),
        ["a part of a split archive"] = ("NotAZip", () => new RawZip(_entries) { Disk = 1 }.Build()),
        ["more entries counted than there are"] = ("NotAZip", () => new RawZip(_entries) { CountedMore = 3 }.Build()),
        ["a directory beyond the end"] = ("NotAZip", () => new RawZip(_entries) { OffsetMore = 1 << 30 }.Build()),
        ["a directory elsewhere"] = ("NotAZip", () => new RawZip(_entries) { OffsetMore = -20 }.Build()),
        ["no entry"] = ("NoDicom", () => new RawZip().Build()),
        ["an empty file"] = ("NoDicom", () => new RawZip(new RawEntry("a.dcm", [])).Build()),

        ["fewer entries counted than there are"] = ("ArchiveDamaged", () => new RawZip(_entries) { CountedMore = -1 }.Build()),
        ["another checksum"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Crc32 = 1 })).Build()),
        ["another checksum in the entry's own header"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { LocalCrc32 = 1 })).Build()),
        ["another checksum of a file that is none of the study"] = ("ArchiveDamaged", () => new RawZip([.. _entries, new RawEntry("notes.txt", [65, 66]) { Crc32 = 1 }]).Build()),
        ["less than it unpacks to"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Length = entry.Content.Length - 100 })).Build()),
        ["less than it unpacks to, with the checksum of that"] = ("ArchiveDamaged", () => new RawZip(First(entry =>
            entry with { Length = entry.Content.Length - 2, Crc32 = System.IO.Hashing.Crc32.HashToUInt32(entry.Content.AsSpan(0, entry.Content.Length - 2)) })).Build()),
        ["ten bytes that unpack to 200 MB"] = ("ArchiveDamaged", () => new RawZip(Blank("a.dcm", 200 << 20) with { Length = 10 }).Build()),
        ["more than it unpacks to"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Length = entry.Content.Length + 100 })).Build()),
        ["another length in the entry's own header"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { LocalLength = 5 })).Build()),
        ["a stored entry of two sizes"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Method = 0, Stored = entry.Content.Length - 10 })).Build()),
        ["compressed data cut short"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Stored = entry.Packed.Length - 10 })).Build()),
        ["compressed data of noise"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Packed = Noise(entry.Packed.Length) })).Build()),
        ["another method in the entry's own header"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { LocalMethod = 0 })).Build()),
        ["another name in the entry's own header"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { LocalName = entry.Name.Replace("IMG", "IMH", StringComparison.Ordinal) })).Build()),
        ["a file that the directory calls a folder"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Name = $"{entry.Name[..^1]}/", LocalName = entry.Name })).Build()),
        ["a password in the directory only"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Flags = 1, LocalFlags = 0 })).Build()),
        ["a password in the entry's own header only"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { LocalFlags = 1 })).Build()),
        ["an entry twice in the directory"] = ("ArchiveDamaged", () => new RawZip([.. _entries, _entries[0] with { Place = 0 }]).Build()),
        ["entries within an entry"] = ("ArchiveDamaged", () => Overlapping()),
        ["an entry beyond the end"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Place = 1 << 30 })).Build()),
        ["an entry inside the directory"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Stored = 1 << 20 })).Build()),

        ["20,001 entries"] = ("ArchiveTooLarge", () => new RawZip([.. Enumerable.Range(0, 20_001).Select(n => new RawEntry($"{n}", []) { Method = 0 })]).Build()),
        ["four billion entries, by its word"] = ("ArchiveTooLarge", () => new RawZip(_entries) { IsZip64 = true, CountedMore = int.MaxValue - 100 }.Build()),
        ["9 GB, by its word"] = ("ArchiveTooLarge", () => new RawZip([.. Enumerable.Range(0, 9).Select(n => new RawEntry($"{n}.dcm", [1]) { Length = 1 << 30 })]).Build()),
        ["16 EB, by its word"] = ("ArchiveTooLarge", () => new RawZip([.. Enumerable.Range(0, 9).Select(n => new RawEntry($"{n}.dcm", [1]) { Length = long.MaxValue })]) { IsZip64 = true }.Build()),
        ["an image of a kilobyte that has more than a gigabyte, by its word"] = ("ArchiveDamaged", () => new RawZip(First(entry => entry with { Length = (1L << 30) + 1 })).Build()),
        ["a file of a megabyte that has more than a gigabyte, by its word"] = ("ArchiveTooLarge", () => new RawZip(Blank("a.dcm", 1 << 20) with { Length = (1L << 30) + 1 }).Build()),
        ["an image that is blank for 260 MB"] = ("ArchiveTooLarge", () => new RawZip(Blank("a.dcm", 260 << 20)).Build()),
        ["a name of 5,000 letters"] = ("UnsafeEntryName", () => new RawZip(new RawEntry(new string('a', 5000), [1])).Build()),
        ["a name that climbs"] = ("UnsafeEntryName", () => new RawZip(new RawEntry("../a.dcm", [1])).Build()),
        ["a password"] = ("ArchiveEncrypted", () => new RawZip(Each(entry => entry with { Flags = 1 })).Build()),
        ["a zip in a zip"] = ("ArchiveNested", () => new RawZip(new RawEntry("study.zip", new RawZip(_entries).Build())).Build()),
        ["a zip of 250 MB in a zip"] = ("ArchiveNested", () => new RawZip(Blank("study.zip", 250 << 20, (byte)'P', (byte)'K', 3, 4)).Build()),
        ["a text of 250 MB"] = ("NoDicom", () => new RawZip(Blank("a.txt", 250 << 20, 65)).Build()),
        ["200 MB of zeros"] = ("NoDicom", () => new RawZip(Blank("a.dcm", 200 << 20)).Build()),
        ["40 MB of sequence items without anything in them"] = ("NoDicom", () => new RawZip(new RawEntry("a.dcm", EmptyItems(5_000_000))).Build()),
        ["12 MB of them in a file that is marked as DICOM"] = ("PixelDataTruncated", () => new RawZip(new RawEntry("a.dcm", Marked(EmptyItems(1_500_000)))).Build()),
        ["40 MB of fragments without anything in them"] = ("PixelDataTruncated", () => new RawZip(new RawEntry("a.dcm", Marked(EmptyFragments(5_000_000)))).Build()),
        ["40 MB of elements without anything in them"] = ("NoDicom", () => new RawZip(new RawEntry("a.dcm", EmptyElements(5_000_000))).Build()),
        ["a mask of 250 MB of zeros"] = ("RoiUnreadable", () => new RawZip([.. _entries.Take(_entries.Length - 1), new RawEntry("liver.nii.gz", Mask())]).Build()),
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_the_study_or_refused_and_takes_little_memory(string kind)
    {
        var (code, build) = _kinds[kind];
        using var zip = new MemoryStream(build());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Record.Exception(() =>
        {
            using var source = new ZipStudySource(zip);
            var fat = Assert.Single(StudyReader.Read(source, Ingest.Rules, Ingest.Key, Ingest.FatModel).Sequences);
            Assert.Equal(_expected.Value, fat.Volume.Voxels);
        });
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(code, failure is null ? Whole : (failure as RadiomicsException)?.Code ?? failure.ToString());
        Assert.InRange(bytes, 0, MostBytes);
    }

    [Theory]
    [InlineData(300, 500_000, 0)]
    [InlineData(3, 10, 100_000)]
    public void What_headers_hold_in_memory_is_bounded(int files, int letters, int frames)
    {
        var entries = Enumerable.Range(0, files).Select(n => new RawEntry($"{n}.dcm", Described(n, letters, frames))).ToArray();
        using var zip = new MemoryStream(new RawZip(entries).Build());
        Assert.InRange(zip.Length, 0, 8 << 20);
        using var source = new ZipStudySource(zip);
        var refusal = Assert.Throws<RadiomicsException>(() => StudyReader.Read(source, Ingest.Rules, Ingest.Key, Ingest.FatModel));
        Assert.Equal("ArchiveTooLarge", refusal.Code);
        Assert.Contains("headers", refusal.Detail, StringComparison.Ordinal);
    }

    /// <summary>An MR image of long texts, or of many frames, as far as headers tell.</summary>
    private static byte[] Described(int number, int letters, int frames)
    {
        var place = new DicomDataset { { DicomTag.ImagePositionPatient, "0", "0", "0" } };
        var image = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, frames > 0 ? DicomUID.EnhancedMRImageStorage : DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, $"2.25.{number + 1}" },
            { DicomTag.StudyInstanceUID, "2.25.1" },
            { DicomTag.SeriesInstanceUID, "2.25.2" },
            { DicomTag.Modality, "MR" },
            { DicomTag.Rows, (ushort)8 },
            { DicomTag.Columns, (ushort)8 },
            { DicomTag.PixelSpacing, "1", "1" },
            { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" },
        };
        image.Add(new DicomUnlimitedText(DicomTag.SeriesDescription, new string('a', letters)));
        if (frames > 0)
        {
            image.Add(DicomTag.NumberOfFrames, frames);
            image.Add(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. Enumerable.Repeat(new DicomDataset { new DicomSequence(DicomTag.PlanePositionSequence, place) }, frames)]));
        }

        using var file = new MemoryStream();
        new DicomFile(image).Save(file);
        return file.ToArray();
    }

    private static readonly Lazy<float[]> _expected = new(() => Assert.Single(Ingest.Read(_study, request: Ingest.FatModel).Sequences).Volume.Voxels);

    private static RawEntry[] Each(Func<RawEntry, RawEntry> change) => [.. _study.Files().Select(file => change(new RawEntry(file.Name, file.Content)))];

    private static RawEntry[] First(Func<RawEntry, RawEntry> change) => [change(new RawEntry(_entries[0].Name, _entries[0].Content)), .. _entries[1..]];

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(3).NextBytes(noise);
        return noise;
    }

    private static RawEntry Blank(string name, int length, params IEnumerable<byte> start)
    {
        var content = new byte[length];
        foreach (var (n, value) in start.Index())
        {
            content[n] = value;
        }

        return new RawEntry(name, content);
    }

    /// <summary>Entries that have the bytes of those after them for their own, so that a small archive unpacks to the square of itself.</summary>
    private static byte[] Overlapping()
    {
        var inner = new RawEntry("b.dcm", new byte[1000]) { Method = 0 };
        var local = new RawZip(inner).Build().AsSpan(0, 30 + 5 + 1000).ToArray();
        return new RawZip(new RawEntry("a.dcm", local) { Method = 0 }, inner with { Place = 30 + 5, Content = inner.Content, Packed = [], Stored = 1000 }).Build();
    }

    /// <summary>A file that starts as DICOM does and holds a sequence of items that hold nothing.</summary>
    private static byte[] EmptyItems(int count) => Items(count, 0x08, 0, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF);

    /// <summary>Pixel data in so many pieces that hold nothing.</summary>
    private static byte[] EmptyFragments(int count) => Items(count, 0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF);

    private static byte[] Items(int count, params byte[] header)
    {
        var bytes = new byte[header.Length + (8 * count)];
        header.CopyTo(bytes, 0);
        for (var n = 0; n < count; n++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(header.Length + (8 * n)), 0x0000_0000_E000_FFFEuL);
        }

        return bytes;
    }

    /// <summary>A file with meta information before a data set in explicit VR.</summary>
    private static byte[] Marked(byte[] dataset) =>
        [.. new byte[128], .. "DICM\u0002\0\0\0UL\u0004\0\u001C\0\0\0\u0002\0\u0010\0UI\u0014\01.2.840.10008.1.2.1\0"u8, .. dataset];

    private static byte[] EmptyElements(int count)
    {
        var file = new byte[8 * count];
        for (var n = 0; n < count; n++)
        {
            BitConverter.TryWriteBytes(file.AsSpan(8 * n), (ushort)(8 + (n >> 16)));
            BitConverter.TryWriteBytes(file.AsSpan((8 * n) + 2), (ushort)n);
        }

        return file;
    }

    /// <summary>A mask whose header says 640 × 640 × 640 voxels, all of which are there.</summary>
    private static byte[] Mask()
    {
        using var plain = new MemoryStream();
        NiftiFile.Write(plain, new Mask(Grids.Axial, new byte[Grids.Axial.Count]), compress: false);
        var header = plain.ToArray()[..352];
        for (var axis = 0; axis < 3; axis++)
        {
            BitConverter.TryWriteBytes(header.AsSpan(42 + (2 * axis)), (short)640);
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(header);
            for (var slice = 0; slice < 640; slice++)
            {
                gzip.Write(new byte[640 * 640]);
            }
        }

        return packed.ToArray();
    }
}
