using System.Text.Json;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.Serialization;
using Radiomics;

namespace DicomToolkit.Tests;

public class RealFileTests
{
    [Theory]
    [InlineData("mr_sarcoma")]
    [InlineData("ibsi1/ct_phantom/dicom")]
    [InlineData("seg_bitpacking")]
    public void Every_real_file_opens_whole(string folder)
    {
        foreach (var path in Files(folder))
        {
            var file = DicomFile.Open(path);
            Assert.False(file.IsPartial, path);
            Assert.NotEqual(string.Empty, file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
            Assert.Equal(file.FileMetaInfo.MediaStorageSOPInstanceUID, file.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPInstanceUID));
        }
    }

    [Theory]
    [InlineData("mr_sarcoma")]
    [InlineData("ibsi1/ct_phantom/dicom")]
    [InlineData("seg_bitpacking")]
    public void A_real_file_saved_and_opened_again_has_the_same_content(string folder)
    {
        foreach (var path in Files(folder))
        {
            var file = DicomFile.Open(path);
            var saved = new MemoryStream();
            file.Save(saved);
            saved.Position = 0;
            DatasetAssert.SameContent(file.Dataset, DicomFile.Open(saved).Dataset);
        }
    }

    [Theory]
    [InlineData("mr_sarcoma")]
    [InlineData("ibsi1/ct_phantom/dicom")]
    [InlineData("seg_bitpacking")]
    public void A_real_file_survives_every_uncompressed_transfer_syntax(string folder)
    {
        var path = Files(folder)[^1];
        foreach (var syntax in new[]
                 {
                     DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian,
                     DicomTransferSyntax.DeflatedExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian,
                 })
        {
            var original = DicomFile.Open(path);
            original.FileMetaInfo.TransferSyntax = syntax;
            var saved = new MemoryStream();
            original.Save(saved);
            saved.Position = 0;
            var reopened = DicomFile.Open(saved);
            Assert.Equal(syntax, reopened.Dataset.InternalTransferSyntax);
            DatasetAssert.SameValues(original.Dataset, reopened.Dataset);
        }
    }

    [Theory]
    [InlineData("mr_sarcoma")]
    [InlineData("ibsi1/ct_phantom/dicom")]
    [InlineData("seg_bitpacking")]
    public void A_real_file_survives_json(string folder)
    {
        foreach (var path in Files(folder))
        {
            var dataset = DicomFile.Open(path, FileReadOption.ReadAll).Dataset;
            var json = DicomJson.ConvertDicomToJson(dataset);
            using (JsonDocument.Parse(json))
                DatasetAssert.SameValues(dataset, DicomJson.ConvertJsonToDicom(json, autoValidate: false));
        }
    }

    [Fact]
    public void A_real_slice_has_the_pixels_its_header_says()
    {
        foreach (var path in Files("mr_sarcoma").Where(p => p.Contains("image", StringComparison.Ordinal)))
        {
            var pixels = DicomPixelData.Create(DicomFile.Open(path).Dataset);
            Assert.Equal(pixels.Width * pixels.Height * pixels.BytesAllocated, pixels.GetFrame(0).Data.Length);
        }
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(TestData.Require(folder), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
