using System.Globalization;
using Microsoft.AspNetCore.Http;
using Radiomics.Dicom;
using Radiomics.Extraction;
using RadiomicsFunctions.Console;

namespace RadiomicsFunctions.Quarantine;

/// <summary>Makes of what the form of the console says a change of what was kept.</summary>
internal static class ResubmissionForm
{
    // A scanner's.
    private const double MostTesla = 30;

    /// <summary>The change; null: none.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidRequest</c>.</exception>
    public static RepairOrder? Read(string way, IFormCollection form) => way switch
    {
        "same" or "center" => null,
        "broken" => new() { WithoutBroken = true },
        "series" => new() { WithoutSeries = SeriesOf(form.TextOf("series")) },
        "field" => new() { FieldStrength = TeslaOf(form.TextOf("tesla")) },
        "region" => new() { WithoutRegions = true, Added = [RegionOf(form)] },
        _ => throw new RadiomicsException("InvalidRequest", "Choose how it is to be sent again."),
    };

    private static HashSet<int> SeriesOf(string? text)
    {
        HashSet<int> numbers = [];
        foreach (var part in (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            numbers.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unnamed());
        }

        return numbers.Count > 0 ? numbers : throw Unnamed();
    }

    private static double TeslaOf(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var tesla) && tesla is > 0 and < MostTesla
        ? tesla
        : throw new RadiomicsException("InvalidRequest", "Say the field strength in tesla, such as 3.0.");

    private static ListedFile RegionOf(IFormCollection form) => form.Files.GetFile("region") is { Length: > 0 } file
        ? new ListedFile(Path.GetFileName(file.FileName), file.OpenReadStream)
        : throw new RadiomicsException("InvalidRequest", "Choose the file with the region: an RTSTRUCT, a SEG or a NIfTI mask.");

    private static RadiomicsException Unnamed() => new("InvalidRequest", "Say which series to leave out, by their numbers, such as 4, 7.");
}
