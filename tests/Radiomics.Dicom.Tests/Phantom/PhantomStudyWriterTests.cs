using System.IO.Compression;
using System.Security.Cryptography;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Phantom;

public sealed class PhantomStudyWriterTests : IDisposable
{
    // 42 × 30 pixels: a SEG frame has 1260 bits, no multiple of 8.
    private static readonly PhantomSettings s_settings = new()
    {
        Center = "A",
        FieldStrength = "3.0T",
        LiverIronConcentration = 6,
        Seed = 21,
        Columns = 42,
        Rows = 30,
        Slices = 12,
        PixelSpacing = 9,
        SliceSpacing = 16,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phantom-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("A", "3.0T", 3.0)]
    [InlineData("A", "1.5T", 1.5)]
    [InlineData("B", "3.0T", 3.0)]
    [InlineData("B", "1.5T", 1.5)]
    public async Task A_zipped_study_holds_four_series_and_a_segmentation_with_the_headers_of_its_scanner(
        string center, string fieldStrength, double tesla)
    {
        var settings = s_settings with { Center = center, FieldStrength = fieldStrength };
        var protocol = settings.ResolveProtocol();
        var files = await ReadZip(await Zip(settings));
        Assert.Equal(4 * settings.Slices + 1, files.Count);
        Assert.Single(files.Values.Select(d => d.GetSingleValue<string>(DicomTag.StudyInstanceUID)).Distinct());
        Assert.Single(files.Values.Select(d => d.GetSingleValue<string>(DicomTag.FrameOfReferenceUID)).Distinct());
        Assert.Equal(5, files.Values.Select(d => d.GetSingleValue<string>(DicomTag.SeriesInstanceUID)).Distinct().Count());
        Assert.Equal(files.Count, files.Values.Select(d => d.GetSingleValue<string>(DicomTag.SOPInstanceUID)).Distinct().Count());
        Assert.All(files.Values, d => Assert.True(DicomUID.IsValidUid(d.GetSingleValue<string>(DicomTag.SOPInstanceUID))));
        foreach (var sequence in new[] { "T1_in", "T1_opp", "T1_W", "T1_F" })
        {
            var dataset = files[$"{sequence}/000001.dcm"];
            Assert.Equal(DicomUID.MRImageStorage.UID, dataset.GetSingleValue<string>(DicomTag.SOPClassUID));
            Assert.Equal(tesla, dataset.GetSingleValue<double>(DicomTag.MagneticFieldStrength));
            Assert.Equal(protocol.RepetitionTime, dataset.GetSingleValue<double>(DicomTag.RepetitionTime));
            Assert.Equal(protocol.FlipAngle, dataset.GetSingleValue<double>(DicomTag.FlipAngle));
            Assert.Equal(
                sequence == "T1_opp" ? protocol.OpposedPhaseEchoTime : protocol.InPhaseEchoTime,
                dataset.GetSingleValue<double>(DicomTag.EchoTime));
            Assert.Equal(
                sequence is "T1_W" or "T1_F" ? "DERIVED" : "ORIGINAL",
                dataset.GetValue<string>(DicomTag.ImageType, 0));
        }

        Assert.Equal("FAT", files["T1_F/000001.dcm"].GetValue<string>(DicomTag.ImageType, 3));
        Assert.Equal("WATER", files["T1_W/000001.dcm"].GetValue<string>(DicomTag.ImageType, 3));
    }

    [Fact]
    public async Task Stored_pixels_times_slope_are_the_volume_and_positions_are_its_grid()
    {
        var settings = s_settings with { Center = "B" };
        var volume = LiverPhantom.Generate(settings).Sequences["T1_W"];
        var files = await ReadZip(await Zip(settings));
        for (var k = 0; k < settings.Slices; k++)
        {
            var dataset = files[$"T1_W/{k + 1:D6}.dcm"];
            var position = dataset.GetValues<double>(DicomTag.ImagePositionPatient);
            var expected = volume.Geometry.ToPatient(0, 0, k);
            Assert.Equal([expected.X, expected.Y, expected.Z], position);
            var slope = dataset.GetSingleValue<double>(DicomTag.RescaleSlope);
            var stored = DicomPixelData.Create(dataset).GetFrame(0).Data;
            for (var n = 0; n < settings.Columns * settings.Rows; n++)
            {
                var intensity = BitConverter.ToUInt16(stored, 2 * n) * slope;
                Assert.Equal(volume.Voxels[k * settings.Columns * settings.Rows + n], intensity, slope / 2 + 1e-3);
            }
        }
    }

    [Fact]
    public async Task The_segmentation_holds_the_mask_bit_by_bit_and_refers_to_the_in_phase_slices()
    {
        var mask = LiverPhantom.Generate(s_settings).Liver;
        var files = await ReadZip(await Zip(s_settings));
        var seg = files["SEG/000001.dcm"];
        var frames = seg.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items;
        Assert.Equal(seg.GetSingleValue<int>(DicomTag.NumberOfFrames), frames.Count);
        var bits = seg.GetDicomItem<DicomElement>(DicomTag.PixelData).Buffer.Data;
        var size = s_settings.Columns * s_settings.Rows;
        var inside = 0;
        for (var f = 0; f < frames.Count; f++)
        {
            var z = frames[f].GetSequence(DicomTag.PlanePositionSequence).Items[0].GetValue<double>(DicomTag.ImagePositionPatient, 2);
            var k = (int)Math.Round(mask.Geometry.ToIndex(new Point3(0, 0, z)).Z);
            for (var n = 0; n < size; n++)
            {
                var bit = (bits[(f * size + n) / 8] >> ((f * size + n) % 8)) & 1;
                Assert.Equal(mask.Voxels[k * size + n], bit);
                inside += bit;
            }

            var source = frames[f].GetSequence(DicomTag.DerivationImageSequence).Items[0].GetSequence(DicomTag.SourceImageSequence).Items[0];
            Assert.Equal(
                files[$"T1_in/{k + 1:D6}.dcm"].GetSingleValue<string>(DicomTag.SOPInstanceUID),
                source.GetSingleValue<string>(DicomTag.ReferencedSOPInstanceUID));
        }

        Assert.Equal(mask.CountInside(), inside);
        var segment = seg.GetSequence(DicomTag.SegmentSequence).Items[0];
        Assert.Equal("Liver", segment.GetSingleValue<string>(DicomTag.SegmentLabel));
        var code = segment.GetSequence(DicomTag.SegmentedPropertyTypeCodeSequence).Items[0];
        Assert.Equal(("10200004", "SCT"), (code.GetSingleValue<string>(DicomTag.CodeValue), code.GetSingleValue<string>(DicomTag.CodingSchemeDesignator)));
    }

    [Fact]
    public async Task The_same_settings_give_the_same_zip_and_another_seed_another_study()
    {
        var first = await Zip(s_settings);
        Assert.Equal(SHA256.HashData(first), SHA256.HashData(await Zip(s_settings)));
        Assert.NotEqual(await StudyUid(first), await StudyUid(await Zip(s_settings with { Seed = 22 })));
    }

    [Fact]
    public async Task Folder_and_zip_hold_the_same_files()
    {
        await PhantomStudyWriter.WriteAsync(LiverPhantom.Generate(s_settings), s_settings, _folder.FullName);
        using var zip = new ZipArchive(new MemoryStream(await Zip(s_settings)));
        foreach (var entry in zip.Entries)
        {
            using var memory = new MemoryStream();
            await using (var stream = await entry.OpenAsync())
            {
                await stream.CopyToAsync(memory);
            }

            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, entry.FullName)), memory.ToArray());
        }

        Assert.Equal(zip.Entries.Count, Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_patient_name_can_be_given_in_any_script()
    {
        var files = await ReadZip(await Zip(s_settings with { PatientName = "王^小明", PatientID = "P1" }));
        Assert.Equal("王^小明", files["T1_in/000001.dcm"].GetSingleValue<string>(DicomTag.PatientName));
        Assert.Equal("P1", files["SEG/000001.dcm"].GetSingleValue<string>(DicomTag.PatientID));
        var named = await ReadZip(await Zip(s_settings));
        Assert.Equal("PHANTOM^A^21", named["T1_in/000001.dcm"].GetSingleValue<string>(DicomTag.PatientName));
    }

    private static async Task<byte[]> Zip(PhantomSettings settings)
    {
        using var memory = new MemoryStream();
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(settings), settings, memory);
        return memory.ToArray();
    }

    private static async Task<string> StudyUid(byte[] zip) =>
        (await ReadZip(zip)).Values.First().GetSingleValue<string>(DicomTag.StudyInstanceUID);

    private static async Task<Dictionary<string, DicomDataset>> ReadZip(byte[] bytes)
    {
        var files = new Dictionary<string, DicomDataset>();
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            var memory = new MemoryStream();
            await using (var stream = await entry.OpenAsync())
            {
                await stream.CopyToAsync(memory);
            }

            memory.Position = 0;
            files.Add(entry.FullName, (await DicomFile.OpenAsync(memory, FileReadOption.ReadAll)).Dataset);
        }

        return files;
    }
}
