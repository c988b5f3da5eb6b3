using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>The part of a report that shows what moved the probability, as bars of plain HTML, and whether the model has seen the like.</summary>
internal static class ExplanationSection
{
    public const string Style =
        ".bars td{vertical-align:middle}.bars th{width:auto}.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
        + ".bar{display:flex;width:14rem;height:.9rem;background:linear-gradient(#8c959f,#8c959f) center/1px 100% no-repeat}"
        + ".bar span{flex:0 0 50%;display:flex}.bar .low{justify-content:flex-end}.bar i{height:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
        + ".low i{background:#2f6db3}.high i{background:#c4532c}.legend{color:#57606a;font-size:.9rem}"
        + ".warning{border:2px solid #b3261e;background:#fdecea;padding:.6rem .9rem;font-weight:600}.warning p{margin:.2rem 0}";

    /// <summary>The warnings, to stand above everything they put in doubt.</summary>
    public static void Warnings(StringBuilder page, PredictionExplanation explanation)
    {
        if (explanation.Warnings.Count > 0)
        {
            page.Append("<div class=\"warning\" role=\"alert\">\n").AppendJoin("", explanation.Warnings.Select(warning => $"<p>{Text(warning)}</p>\n")).Append("</div>\n");
        }
    }

    /// <summary>Bars and distance.</summary>
    public static void Render(StringBuilder page, PredictionExplanation explanation)
    {
        var longest = explanation.Contributions.Max(c => Math.Abs(c.Contribution));
        page.Append("<h2>What moved the probability</h2>\n<table class=\"bars\">\n")
            .Append("<tr><th>Feature</th><th class=\"num\">Value</th><th class=\"num\">From the training mean</th><th>lowers | raises</th><th class=\"num\">Log-odds</th></tr>\n");
        foreach (var contribution in explanation.Contributions.OrderByDescending(c => Math.Abs(c.Contribution)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(contribution.Feature)}</td><td class=\"num\">{Value(contribution)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"num\">{Signed(contribution.Standardised)} SD</td><td>{Bar(contribution.Contribution, longest)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"num\">{Signed(contribution.Contribution)}</td></tr>\n");
        }

        var before = 1 / (1 + Math.Exp(-explanation.Base));
        page.Append("</table>\n<p class=\"legend\">")
            .Append(Text(string.Create(
                CultureInfo.InvariantCulture,
                $"Before any feature the model says {before:0.###} (log-odds {Signed(explanation.Base)}); each bar adds its log-odds to that, and together they give the probability. ")))
            .Append(explanation.ExactContributions
                ? "The contributions are exact."
                : "In a model of trees the share of each feature is that of the path taken; other ways to share exist.")
            .Append("</p>\n");
        Distance(page, explanation.Distance);
    }

    private static void Distance(StringBuilder page, TrainingDistance distance)
    {
        var outOfRange = distance.OutOfRange.Count > 0 ? string.Join(", ", distance.OutOfRange) : "none";
        page.Append("<h2>Does it resemble the training cases?</h2>\n<table>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr><th>Answer</th><td>{(distance.Outside ? "No: treat the probability with caution" : "Yes")}</td></tr>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr><th>Distance</th><td>{distance.Mahalanobis:0.##} (Mahalanobis); {distance.Percentile:0.#} % of the training cases lie nearer</td></tr>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr><th>Features out of range</th><td>{Text(outOfRange)}</td></tr>\n</table>\n");
    }

    private static string Bar(double contribution, double longest)
    {
        var width = (longest > 0 ? 100 * Math.Abs(contribution) / longest : 0).ToString("0.#", CultureInfo.InvariantCulture);
        var (low, high) = contribution < 0 ? ($"<i style=\"width:{width}%\"></i>", "") : ("", $"<i style=\"width:{width}%\"></i>");
        return $"<div class=\"bar\"><span class=\"low\">{low}</span><span class=\"high\">{high}</span></div>";
    }

    private static string Value(FeatureContribution contribution) => contribution.Value?.ToString("G5", CultureInfo.InvariantCulture) ?? "undefined";

    private static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    private static string Text(string value) => HtmlEncoder.Default.Encode(value);
}
