using Radiomics.Dicom.Phantom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Phantom;

/// <summary>Asks <c>dciodvfy</c> (dicom3tools, David Clunie), which checks every attribute against the standard's object definitions.</summary>
public sealed class PhantomConformanceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phantom-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("A", "3.0T")]
    [InlineData("B", "1.5T")]
    public async Task Every_kind_of_object_is_valid_DICOM(string center, string fieldStrength)
    {
        var settings = new PhantomSettings
        {
            Center = center,
            FieldStrength = fieldStrength,
            LiverIronConcentration = 12,
            Seed = 4,
        }.WithSize(32, 12);
        await PhantomStudyWriter.WriteAsync(LiverPhantom.Generate(settings), settings, _folder.FullName);
        foreach (var name in new[] { "T1_in", "T1_opp", "T1_W", "T1_F", "SEG" })
        {
            var file = Path.Combine(_folder.FullName, name, "000001.dcm");
            Assert.Empty(await DicomTool.DciodvfyErrorsAsync(file, name == "SEG" ? "Segmentation" : "MRImage"));
        }
    }
}
