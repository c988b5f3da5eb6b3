using System.IO.Compression;
using Radiomics.Dicom.Phantom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Archives;

/// <summary>
/// One bit of an archive turns over, on a disk or on its way: the study is refused, or it was a bit that says nothing of it. <c>RADIOMICS_FLIPS</c> says how many are tried of each study (600); a
/// failure names its bit.
/// </summary>
public sealed class FlippedBitTests
{
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("RADIOMICS_FLIPS"), out var count) ? count : 600;

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public async Task A_bit_anywhere_in_a_phantom_study_never_makes_another_study(CompressionLevel level)
    {
        var settings = new PhantomSettings { Center = "A", FieldStrength = "3.0T", LiverIronConcentration = 12, Seed = 5 }.WithSize(136, 10);
        using var phantom = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, phantom);
        phantom.Position = 0;
        using var entries = new ZipArchive(phantom);
        AssertNeverAnother(Packed([.. entries.Entries.Select(Read)], level), Ingest.Shipped, _ => true);
    }

    [Fact]
    public void A_bit_anywhere_in_the_headers_of_an_archive_never_makes_another_study()
    {
        var study = TestStudy.Dixon with { Series = [TestStudy.Dixon.Series[3]], Extra = [("notes.txt", [65, 66, 67])] };
        var zip = Packed([.. study.Files()], CompressionLevel.Optimal);
        AssertNeverAnother(zip, Ingest.Rules, IsHeader(zip));
    }

    [Theory]
    [InlineData("pixels")]
    [InlineData("header")]
    public void A_bit_of_a_file_that_is_only_looked_at_and_left_out_is_found_too(string where)
    {
        var grid = Grids.Axial with { SizeX = 200, SizeY = 200, SizeZ = 3 };
        var other = new MrSeries { Number = 7, ImageType = ["ORIGINAL", "PRIMARY", "OTHER"], ScanningSequence = "SE", EchoTime = 12, Grid = grid };
        var study = TestStudy.Dixon with { Series = [TestStudy.Dixon.Series[3], other] };
        var zip = Packed([.. study.Files()], CompressionLevel.NoCompression);
        Assert.Contains(Read(zip, Ingest.Rules), text => text.StartsWith("T1_F ", StringComparison.Ordinal));
        var file = zip.AsSpan().IndexOf(TestStudy.Bytes(other.Build(study).First()));
        zip[file + (where == "pixels" ? 60_000 : 140)] ^= 4;
        Assert.Equal("ArchiveDamaged", Assert.Throws<RadiomicsException>(() => Read(zip, Ingest.Rules)).Code);
    }

    [Fact]
    public void What_a_damaged_archive_lacks_is_said_to_be_damage()
    {
        var study = TestStudy.Dixon with { Series = [TestStudy.Dixon.Series[3]] };
        var zip = Packed([.. study.Files()], CompressionLevel.NoCompression);
        var type = zip.AsSpan().IndexOf("DIXON\\FAT"u8);
        zip[type] ^= 1;
        Assert.Equal("ArchiveDamaged", Assert.Throws<RadiomicsException>(() => Read(zip, Ingest.Rules)).Code);
    }

    private static void AssertNeverAnother(byte[] zip, IngestRules rules, Func<int, bool> isMeant)
    {
        var whole = Read(zip, rules);
        Assert.NotEmpty(whole);
        int[] places = [.. Enumerable.Range(0, zip.Length).Where(isMeant)];
        var random = new Random(11);
        var refused = 0;
        for (var n = 0; n < Count; n++)
        {
            var (place, bit) = (places[random.Next(places.Length)], random.Next(8));
            var flipped = (byte[])zip.Clone();
            flipped[place] ^= (byte)(1 << bit);
            try
            {
                Assert.True(whole.SequenceEqual(Read(flipped, rules)), $"Bit {bit} of byte {place} makes another study of it.");
            }
            catch (RadiomicsException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Count / 4, Count);
    }

    /// <summary>What a prediction is made of, and what is said beside it.</summary>
    private static IReadOnlyList<string> Read(byte[] zip, IngestRules rules)
    {
        using var source = new ZipStudySource(new MemoryStream(zip));
        var study = StudyReader.Read(source, rules, Ingest.Key, Ingest.FatModel);
        var sequences = study.Sequences.Select(sequence =>
            $"{sequence.Name} {sequence.SeriesUid} {Hash(sequence.Volume.Voxels)} {Hash(sequence.Roi.Voxels)} {sequence.Volume.Geometry} {string.Join(' ', sequence.Images)}").ToArray();
        return [study.StudyUid, study.Patient ?? "", $"{study.FieldStrength}", .. sequences, .. study.Warnings];
    }

    private static ulong Hash<T>(T[] values)
        where T : struct => System.IO.Hashing.XxHash3.HashToUInt64(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values));

    /// <summary>Whether a byte belongs to no entry's content.</summary>
    private static Func<int, bool> IsHeader(byte[] zip)
    {
        var content = ZipDirectory.Read(new MemoryStream(zip), new ArchiveBudget(new ArchiveLimits()));
        return place => !content.Any(entry => place >= entry.DataOffset && place < entry.DataEnd);
    }

    private static byte[] Packed(IEnumerable<(string Name, byte[] Content)> files, CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static (string Name, byte[] Content) Read(ZipArchiveEntry entry)
    {
        var content = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(content);
        return (entry.FullName, content);
    }
}
