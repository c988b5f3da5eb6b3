using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Deidentification;

public sealed class NoIdentityLeavesTests
{
    private const string Name = "ZBIGNIEW";

    [Fact]
    public void A_name_in_every_text_of_the_headers_and_in_file_names_is_in_nothing_that_leaves()
    {
        var study = TestStudy.Dixon with
        {
            PatientName = $"{Name}^Jan",
            PatientId = $"{Name}-1",
            Series = [.. TestStudy.Dixon.Series.Select(series => series with
            {
                Manufacturer = $"SIEMENS {Name}",
                Description = $"liver of {Name}",
                ImageType = [.. series.ImageType, Name],
                Edit = (slice, _) =>
                {
                    slice.Add(DicomTag.ManufacturerModelName, Name);
                    slice.Add(DicomTag.ProtocolName, Name);
                    slice.Add(DicomTag.ReferringPhysicianName, Name);
                    slice.Add(DicomTag.ScanOptions, Name);
                },
            })],
            Segmentations = [new SegObject { Label = $"Liver {Name}" }],
            Extra = [($"{Name}.txt", Encoding.UTF8.GetBytes(Name))],
        };
        var (read, sequences) = Ingest.Read(study);
        var manifest = StudyManifest.Create(read, sequences.Select(sequence =>
            ManifestSequence.Create(sequence, new StoredFile("a", "b"), new StoredFile("c", "d"))));
        var leaving = new List<byte[]> { JsonSerializer.SerializeToUtf8Bytes(manifest, RadiomicsJson.Options) };
        foreach (var sequence in sequences)
        {
            leaving.Add(Inflated(stream => NiftiFile.Write(stream, sequence.Volume)));
            leaving.Add(Inflated(stream => NiftiFile.Write(stream, sequence.Roi)));
        }

        Assert.Equal(9, leaving.Count);
        Assert.All(leaving, bytes => Assert.DoesNotContain(Name, Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("1.2.826.0.1.3680043.10.999", Encoding.UTF8.GetString(leaving[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_is_the_same_after_a_trip_through_json()
    {
        var (read, sequences) = Ingest.Read(TestStudy.Dixon);
        var manifest = StudyManifest.Create(read, sequences.Select(sequence =>
            ManifestSequence.Create(sequence, new StoredFile("a", "b"), new StoredFile("c", "d"))));
        var json = JsonSerializer.Serialize(manifest, RadiomicsJson.Options);
        var back = JsonSerializer.Deserialize<StudyManifest>(json, RadiomicsJson.Options)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, RadiomicsJson.Options));
        Assert.Equal("Siemens", back.Sequences[0].Acquisition.Manufacturer);
    }

    private static byte[] Inflated(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        write(packed);
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        gzip.CopyTo(raw);
        return raw.ToArray();
    }
}
