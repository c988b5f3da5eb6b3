using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Radiomics.Pipeline;

/// <summary>A prediction as one page for people: self-contained, printable, the same bytes for the same prediction.</summary>
public static class PredictionReport
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}"
        + "h1{font-size:1.4rem}h2{font-size:1.05rem;margin-top:1.6rem}table{border-collapse:collapse;width:100%}"
        + "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dee4}th{font-weight:600;width:14rem}"
        + "td{overflow-wrap:anywhere}.notice{border:2px solid #b35900;padding:.6rem .9rem}.answer{font-size:1.3rem}"
        + ExplanationSection.Style
        + "@media print{body{margin:0;max-width:none}}";

    /// <summary>The page. Every value is encoded.</summary>
    public static string Render(Prediction prediction)
    {
        var page = new StringBuilder()
            .Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append($"<title>Prediction {Text(prediction.Id)}</title>\n<style>{Style}</style>\n</head>\n<body>\n")
            .Append("<h1>Liver iron prognosis from MRI</h1>\n")
            .Append($"<p class=\"notice\">{Text(prediction.Notice)}</p>\n")
            .Append($"<p class=\"answer\">{Text(Answer(prediction))}</p>\n");
        if (prediction.Explanation is { } explanation)
        {
            ExplanationSection.Warnings(page, explanation);
            ExplanationSection.Render(page, explanation);
        }

        Table(page, "What was predicted from what", Facts(prediction));
        Table(page, "Sequences", prediction.Sequences.Select(sequence => (sequence.Name, Sequence(sequence))));
        string[] others = [.. prediction.Warnings.Except(prediction.Explanation?.Warnings ?? [])];
        if (others.Length > 0)
        {
            page.Append("<h2>Left out or assumed</h2>\n<ul>\n").AppendJoin("", others.Select(warning => $"<li>{Text(warning)}</li>\n")).Append("</ul>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Answer(Prediction prediction) => prediction.Model is { } model
        ? $"{model.Outcome}: {(prediction.Decision == PredictionDecision.Positive ? "yes" : "no")} "
            + $"(probability {Number(prediction.Probability)}, threshold {Number(prediction.Threshold)})"
        : "Features were extracted; nothing was predicted.";

    private static IEnumerable<(string, string)> Facts(Prediction prediction)
    {
        yield return ("Prediction", prediction.Id);
        yield return ("Center", prediction.Center);
        yield return ("Study", prediction.StudyUid);
        yield return ("Field strength", prediction.FieldStrength ?? "unknown");
        if (prediction.Model is { } model)
        {
            yield return ("Model", $"{model.Name}, version {model.Version}");
            yield return ("Model of", $"center {model.Center}, {model.FieldStrength}, reads {model.Sequence}");
            yield return ("Learner", model.Learner);
            yield return ("Model package (SHA-256)", model.PackageSha256);
        }

        yield return ("Extraction settings", $"{prediction.Settings} ({prediction.SettingsHash})");
        yield return ("Engine, ingest", $"{prediction.EngineVersion}, {prediction.IngestVersion}");
        yield return ("Upload (SHA-256)", prediction.UploadSha256);
        if (prediction.Supersedes is { } earlier)
        {
            yield return ("Replaces", earlier);
        }
    }

    private static string Sequence(PredictionSequence sequence) =>
        $"ROI {Number(sequence.RoiVolumeMl)} ml{Quality(sequence)}; " + (sequence.Features is { } features ? $"features {features.Sha256}" : "no features");

    private static string Quality(PredictionSequence sequence) => sequence.RoiQuality is { } quality
        ? $" from {sequence.RoiSource}, in {quality.Slices} slices, {Count(quality.Components, "part")} (the largest {Number(100 * quality.LargestComponentShare)} %), "
            + $"{Count(quality.Holes, "hole")}, {Number(100 * quality.ShareOutside)} % outside the image"
            + (quality.BeyondLimits.Count > 0 ? $"; beyond the center's limits: {string.Join(", ", quality.BeyondLimits)}" : "")
        : "";

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static void Table(StringBuilder page, string title, IEnumerable<(string Name, string Value)> rows)
    {
        page.Append($"<h2>{Text(title)}</h2>\n<table>\n");
        foreach (var (name, value) in rows)
        {
            page.Append($"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "none";

    private static string Text(string value) => HtmlEncoder.Default.Encode(value);
}
