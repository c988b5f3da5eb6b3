using System.Text.Json;
using FellowOakDicom;
using Radiomics;
using Radiomics.Cli;

namespace EndToEnd.Tests;

/// <summary>Real MR series with RTSTRUCT, sent with the tool as a researcher would.</summary>
public sealed class RealMrTests(Service service)
{
    [Theory]
    [InlineData("STS_001")]
    [InlineData("STS_008")]
    public async Task A_real_study_ends_with_features_and_an_roi_volume_that_agrees_with_its_polygons(string patient)
    {
        var folder = TestData.Require($"mr_sarcoma/{patient}");
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await RadiomicsTool.RunAsync(
            ["submit", folder, "--center", "research", "--connection", service.ConnectionString, "--url", service.BaseUrl.ToString(), "--json"],
            output, error, Environment.GetEnvironmentVariable, default);

        Assert.True(code == 0, $"exit code {code}: {error}");
        var status = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal("succeeded", status.GetProperty("status").GetString());
        var prediction = status.GetProperty("prediction");
        Assert.Equal(JsonValueKind.Null, prediction.TryGetProperty("decision", out var decision) ? decision.ValueKind : JsonValueKind.Null);
        var sequence = Assert.Single(prediction.GetProperty("sequences").EnumerateArray());
        Assert.StartsWith("MR_", sequence.GetProperty("name").GetString(), StringComparison.Ordinal);
        var expected = PolygonVolumeMl(Path.Combine(folder, "mask", "RS.dcm"), SliceSpacing(Path.Combine(folder, "image")));
        Assert.InRange(sequence.GetProperty("roiVolumeMl").GetDouble(), expected * 0.99, expected * 1.01);
    }

    /// <summary>Shoelace area of every contour times the slice spacing.</summary>
    private static double PolygonVolumeMl(string path, double spacing)
    {
        var area = 0.0;
        foreach (var roi in DicomFile.Open(path).Dataset.GetSequence(DicomTag.ROIContourSequence).Items)
        {
            foreach (var contour in roi.GetSequence(DicomTag.ContourSequence).Items)
            {
                var points = contour.GetValues<double>(DicomTag.ContourData);
                var twice = 0.0;
                for (var i = 0; i < points.Length; i += 3)
                {
                    var next = (i + 3) % points.Length;
                    twice += points[i] * points[next + 1] - points[next] * points[i + 1];
                }

                area += Math.Abs(twice) / 2;
            }
        }

        return area * spacing / 1000;
    }

    private static double SliceSpacing(string folder)
    {
        var positions = Directory.EnumerateFiles(folder).Select(file => DicomFile.Open(file).Dataset.GetValues<double>(DicomTag.ImagePositionPatient)[2]).Order().ToList();
        return (positions[^1] - positions[0]) / (positions.Count - 1);
    }
}
