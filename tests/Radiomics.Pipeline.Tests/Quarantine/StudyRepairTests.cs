using System.IO.Compression;
using FellowOakDicom;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.Quarantine;

/// <summary>What is made of an upload that could not be used.</summary>
public sealed class StudyRepairTests
{
    private static readonly Lazy<Task<SortedDictionary<string, byte[]>>> s_phantom = new(() => Steps.PhantomAsync(seed: 816));

    [Fact]
    public async Task What_stays_is_byte_by_byte_what_was_sent_and_the_same_again()
    {
        var files = new SortedDictionary<string, byte[]>(await s_phantom.Value, StringComparer.Ordinal) { ["notes.txt"] = "no image"u8.ToArray() };
        files[files.Keys.First()] = files.Values.First()[..^500];

        var (result, zip) = Repair(files, new RepairOrder { WithoutBroken = true });

        Assert.Equal((files.Count - 2, 0, 0), (result.Kept, result.Changed, result.Added));
        Assert.Equal([("NotDicom", 1), ("PixelDataTruncated", 1)], result.LeftOut.Select(one => (one.Key, one.Value)));
        Assert.Equal(files.Values.Skip(1).Where(bytes => bytes.Length > 100).Select(Digest).Order(), Unpack(zip).Select(file => Digest(file.Value)).Order());
        Assert.Equal(zip, Repair(files, new RepairOrder { WithoutBroken = true }).Zip);
    }

    [Fact]
    public async Task A_series_is_left_out_by_its_number_or_all_others_are()
    {
        var files = await s_phantom.Value;
        var numbers = files.Values.Select(Open).GroupBy(dataset => dataset.GetSingleValueOrDefault(DicomTag.SeriesNumber, 0)).ToDictionary(series => series.Key, series => (Count: series.Count(), Modality: series.First().GetString(DicomTag.Modality)));
        var image = numbers.First(series => series.Value.Modality == "MR").Key;

        var without = Repair(files, new RepairOrder { WithoutSeries = new HashSet<int> { image } });
        var only = Repair(files, new RepairOrder { OnlySeries = new HashSet<int> { image } });

        Assert.Equal(files.Count - numbers[image].Count, without.Result.Kept);
        Assert.DoesNotContain(image, Unpack(without.Zip).Values.Select(bytes => Open(bytes).GetSingleValueOrDefault(DicomTag.SeriesNumber, 0)));
        // The region stays with them.
        Assert.Equal(["MR", "SEG"], Unpack(only.Zip).Values.Select(bytes => Open(bytes).GetString(DicomTag.Modality)).Distinct().Order());
        Assert.Equal(numbers[image].Count + 1, only.Result.Kept);
    }

    [Fact]
    public async Task Regions_are_left_out_and_others_come_in_their_place_under_their_names()
    {
        var files = new SortedDictionary<string, byte[]>(await s_phantom.Value, StringComparer.Ordinal) { ["mask.nii.gz"] = [1, 2, 3] };

        var (result, zip) = Repair(files, new RepairOrder { WithoutRegions = true, Added = [new ListedFile("folder/liver.nii.gz", () => new MemoryStream([4, 5, 6]))] });

        var made = Unpack(zip);
        Assert.Equal((2, 1), (result.LeftOut["Region"], result.Added));
        Assert.Equal([4, 5, 6], made["liver.nii.gz"]);
        Assert.DoesNotContain("mask.nii.gz", made.Keys);
    }

    [Fact]
    public async Task The_field_strength_is_written_where_images_do_not_say_it_and_nowhere_else()
    {
        var phantom = await s_phantom.Value;
        var silent = phantom.Keys.First(name => name.StartsWith("T1_F/", StringComparison.Ordinal));
        var files = new SortedDictionary<string, byte[]>(phantom, StringComparer.Ordinal) { [silent] = Without(phantom[silent], DicomTag.MagneticFieldStrength) };

        var (result, zip) = Repair(files, new RepairOrder { FieldStrength = 1.5 });

        Assert.Equal((files.Count - 1, 1), (result.Kept, result.Changed));
        var said = Unpack(zip).Values.Select(Open).Where(dataset => dataset.GetString(DicomTag.Modality) == "MR").Select(dataset => dataset.GetSingleValue<double>(DicomTag.MagneticFieldStrength)).GroupBy(tesla => tesla).ToDictionary(tesla => tesla.Key, tesla => tesla.Count());
        Assert.Equal(1, said[1.5]);
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public async Task An_order_that_changes_nothing_or_leaves_nothing_is_refused()
    {
        var files = await s_phantom.Value;
        Assert.Equal("FixChangesNothing", Assert.Throws<RadiomicsException>(() => Repair(files, new RepairOrder { WithoutBroken = true })).Code);
        Assert.Equal("FixChangesNothing", Assert.Throws<RadiomicsException>(() => Repair(files, new RepairOrder { FieldStrength = 3 })).Code);
        Assert.Equal("FixLeavesNothing", Assert.Throws<RadiomicsException>(() => Repair(files, new RepairOrder { OnlySeries = new HashSet<int> { 4711 } })).Code);
    }

    private static (RepairResult Result, byte[] Zip) Repair(IEnumerable<KeyValuePair<string, byte[]>> files, RepairOrder order)
    {
        using var upload = new MemoryStream(Steps.Zip(files));
        using var source = new ZipStudySource(upload);
        using var target = new MemoryStream();
        var result = StudyRepair.Write(source, order, target);
        return (result, target.ToArray());
    }

    private static Dictionary<string, byte[]> Unpack(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        });
    }

    private static DicomDataset Open(byte[] bytes) => DicomFile.Open(new MemoryStream(bytes), FileReadOption.ReadAll).Dataset;

    private static byte[] Without(byte[] bytes, DicomTag tag)
    {
        var file = DicomFile.Open(new MemoryStream(bytes), FileReadOption.ReadAll);
        file.Dataset.Remove(tag);
        using var copy = new MemoryStream();
        file.Save(copy);
        return copy.ToArray();
    }

    private static string Digest(byte[] bytes) => Pipeline.Digest.Of(new BinaryData(bytes));
}
