using ScottPlot;
using ScottPlot.TickGenerators;

namespace Radiomics.Learning;

/// <summary>The figures of a card.</summary>
public static class CardFigures
{
    private const int Width = 480;
    private const int Height = 420;
    private const int RowHeight = 38;
    private const int LongestName = 52;

    private static readonly Color Ink = Color.FromHex("#222222");
    private static readonly Color Pale = Color.FromHex("#767676");
    private static readonly Color Blue = Color.FromHex("#0072B2");
    private static readonly Color Orange = Color.FromHex("#C2410C");

    /// <summary>All figures of a card, in its order; whoever asks for them disposes of them.</summary>
    public static IReadOnlyList<CardFigure> Of(ModelCard card) =>
    [
        Roc(card.Train, card.CrossValidation, card.Test),
        Calibration(card.CrossValidation, card.Test),
        Decision(CardWords.Judged(card), CardWords.Cases(card)),
        Weights(card.Features, card.Learner),
    ];

    /// <summary>ROC curves of the training cases, of the cross-validation and of the held-out cases.</summary>
    public static CardFigure Roc(Evaluation train, Evaluation crossValidation, Evaluation? test)
    {
        var plot = Unit("ROC curves", "1 − specificity (false alarms)", "Sensitivity (cases found)");
        Diagonal(plot);
        Curve(plot, train, $"Training {CardNumber.Three(train.Auc)}", Pale, LinePattern.DenselyDashed, 1.5f);
        Curve(plot, crossValidation, $"Cross-validation {CardNumber.Three(crossValidation.Auc)}", Blue, LinePattern.Solid, test is null ? 3 : 2);
        if (test is not null)
        {
            Curve(plot, test, $"Test {CardNumber.Three(test.Auc)}", Orange, LinePattern.Solid, 3);
        }

        var judged = test ?? crossValidation;
        var point = plot.Add.Marker(1 - judged.Specificity, judged.Sensitivity, MarkerShape.FilledCircle, 10, test is null ? Blue : Orange);
        point.LegendText = "At the threshold";
        Legend(plot, Alignment.LowerRight);
        return new(
            "figure-roc",
            "How well it ranks patients (ROC)",
            $"ROC curves with areas: training {CardNumber.Three(train.Auc)}, cross-validation {CardNumber.Three(crossValidation.Auc)}, "
                + (test is null ? "no held-out test." : $"held-out test {CardNumber.Three(test.Auc)}."),
            "Each curve shows how many of the cases with the outcome are found (upwards) at the price of how many false alarms (to the right). "
                + "The nearer to the upper left corner the better; the dotted diagonal is guessing. The legend gives the areas under the curves (AUC). "
                + "The training curve is optimistic by construction; "
                + (test is null ? "the cross-validated one is the honest one here." : "the test curve is the one to believe."),
            plot,
            Width,
            Height);
    }

    /// <summary>Observed against predicted.</summary>
    public static CardFigure Calibration(Evaluation crossValidation, Evaluation? test)
    {
        var plot = Unit("Calibration", "Predicted probability", "Observed share with the outcome");
        Diagonal(plot);
        Groups(plot, crossValidation, "Cross-validation", Blue, MarkerShape.OpenSquare, 1.5f);
        if (test is not null)
        {
            Groups(plot, test, "Test", Orange, MarkerShape.FilledCircle, 2.5f);
        }

        Legend(plot, Alignment.UpperLeft);
        var judged = test ?? crossValidation;
        var smallest = judged.Calibration.Count == 0 ? 0 : judged.Calibration.Min(group => group.Cases);
        return new(
            "figure-calibration",
            "Whether its probabilities can be taken at their word (calibration)",
            $"Observed share against predicted probability in {judged.Calibration.Count} groups; slope {CardNumber.Two(judged.CalibrationSlope)}, "
                + $"intercept {CardNumber.Two(judged.CalibrationIntercept)}.",
            "Patients with similar predictions are grouped. A point on the dotted diagonal means that, where the model said 30 %, 30 % did have the outcome. "
                + $"Below the diagonal the model said too much, above it too little. Groups here hold as few as {CardNumber.Count(smallest)} cases, so single points scatter.",
            plot,
            Width,
            Height);
    }

    /// <summary>Net benefit over threshold probabilities.</summary>
    public static CardFigure Decision(Evaluation judged, string cases)
    {
        var prevalence = (double)judged.Positives / judged.Cases;
        var top = 1.25 * Math.Max(prevalence, judged.Decision.Select(point => point.Model).DefaultIfEmpty(0).Max());
        var bottom = -0.3 * top;
        var plot = Empty("Decision curve", "Threshold probability", "Net benefit per patient");
        plot.Axes.SetLimits(0, 1, bottom, top);
        plot.Axes.Bottom.TickGenerator = Ticks(0, 1, 0.2);
        plot.Axes.Left.TickGenerator = Ticks(bottom, top, top > 0.5 ? 0.2 : top > 0.2 ? 0.1 : 0.05);
        double[] thresholds = [.. judged.Decision.Select(point => point.Threshold)];
        Line(plot, thresholds, [.. judged.Decision.Select(point => point.TreatAll)], "Act on everybody", Pale, LinePattern.DenselyDashed, 1.5f);
        Line(plot, [0, 1], [0, 0], "Act on nobody", Ink, LinePattern.Dotted, 1.5f);
        Line(plot, thresholds, [.. judged.Decision.Select(point => point.Model)], $"Model ({cases})", Orange, LinePattern.Solid, 3);
        Legend(plot, Alignment.UpperRight);
        return new(
            "figure-decision",
            "Whether acting on it does more good than harm (decision curve)",
            $"Net benefit of the model, of acting on everybody and of acting on nobody over threshold probabilities, on the {cases} cases.",
            "The threshold probability is the risk from which on a doctor would act; it says how many needless actions one missed case is worth. "
                + "Where the model's line lies above both others, using it would do more good than acting on everybody or on nobody. Elsewhere it adds nothing.",
            plot,
            Width,
            Height);
    }

    /// <summary>What the features weigh.</summary>
    public static CardFigure Weights(IReadOnlyList<FeatureCard> features, Learner learner)
    {
        var linear = learner == Learner.LogisticRegression;
        var plot = Empty("Feature weights", linear ? "Change of the log-odds per standard deviation" : "Share of the contributions", "");
        var reach = 1.1 * features.Select(feature => Math.Abs(feature.Weight)).Append(1e-9).Max();
        var least = features.Any(feature => feature.Weight < 0) ? -reach : 0;
        plot.Axes.SetLimits(least, reach, -features.Count, 0.1);
        plot.Axes.Bottom.TickGenerator = Ticks(least, reach, Step(reach - least));
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Add.VerticalLine(0, 1.5f, Ink);
        for (var i = 0; i < features.Count; i++)
        {
            var (weight, y) = (features[i].Weight, -i - 0.7);
            var bar = plot.Add.Rectangle(Math.Min(0, weight), Math.Max(0, weight), y - 0.18, y + 0.18);
            bar.FillColor = weight < 0 ? Blue : Orange;
            bar.LineWidth = 0;
            var name = plot.Add.Text(CardFont.Instance.Legible(Shorten(features[i].Name), $"Feature {CardNumber.Count(i + 1)}"), least, -i - 0.28);
            name.LabelFontSize = 12;
            name.LabelFontColor = Ink;
            name.LabelBackgroundColor = Colors.White;
            name.LabelAlignment = Alignment.MiddleLeft;
            name.LabelOffsetX = 4;
        }

        return new(
            "figure-weights",
            "What it looks at (feature weights)",
            $"Weights of {CardNumber.Count(features.Count)} features; the numbers are in the table of features.",
            linear
                ? "A bar to the right raises the probability when the feature lies above its mean, a bar to the left lowers it; the longer the bar, the more. "
                    + "Weights show association, not cause, and features that go together share their weight."
                : "The longer the bar, the more the feature moves the model's answers, in either direction. Weights show association, not cause.",
            plot,
            Width,
            90 + (RowHeight * Math.Max(1, features.Count)));
    }

    private static Plot Unit(string title, string x, string y)
    {
        var plot = Empty(title, x, y);
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        plot.Axes.Bottom.TickGenerator = Ticks(0, 1, 0.2);
        plot.Axes.Left.TickGenerator = Ticks(0, 1, 0.2);
        return plot;
    }

    private static Plot Empty(string title, string x, string y)
    {
        _ = CardFont.Instance;
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Title(title, 15);
        plot.XLabel(x, 13);
        plot.YLabel(y, 13);
        plot.Axes.Title.Label.Bold = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 12;
        }

        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        return plot;
    }

    private static void Legend(Plot plot, Alignment alignment)
    {
        var legend = plot.ShowLegend(alignment);
        legend.FontSize = 12;
        legend.ShadowColor = Colors.Transparent;
        legend.OutlineColor = Color.FromHex("#CCCCCC");
        legend.BackgroundColor = Colors.White.WithAlpha(0.9);
    }

    private static void Diagonal(Plot plot) => Line(plot, [0, 1], [0, 1], null, Pale, LinePattern.Dotted, 1.5f);

    private static void Curve(Plot plot, Evaluation evaluation, string name, Color color, LinePattern pattern, float width) => Line(
        plot,
        [.. evaluation.Roc.Select(point => point.FalsePositiveRate)],
        [.. evaluation.Roc.Select(point => point.TruePositiveRate)],
        name,
        color,
        pattern,
        width);

    private static void Groups(Plot plot, Evaluation evaluation, string name, Color color, MarkerShape shape, float width)
    {
        var line = plot.Add.Scatter(
            evaluation.Calibration.Select(group => group.Predicted).ToArray(),
            evaluation.Calibration.Select(group => group.Observed).ToArray(),
            color);
        line.LegendText = name;
        line.MarkerShape = shape;
        line.MarkerSize = 8;
        line.LineWidth = width;
    }

    private static void Line(Plot plot, double[] x, double[] y, string? name, Color color, LinePattern pattern, float width)
    {
        var line = plot.Add.ScatterLine(x, y, color);
        line.LegendText = name ?? string.Empty;
        line.LinePattern = pattern;
        line.LineWidth = width;
    }

    private static NumericManual Ticks(double from, double to, double step)
    {
        var decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        var (first, last) = ((int)Math.Ceiling((from / step) - 1e-9), (int)Math.Floor((to / step) + 1e-9));
        double[] positions = [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)];
        return new(positions, [.. positions.Select(position => CardNumber.Tick(position, decimals))]);
    }

    private static double Step(double span)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(span / 4)));
        return unit * (span / 4 / unit) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }

    private static string Shorten(string name) =>
        name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, 20), "…", name.AsSpan(name.Length - (LongestName - 21)));
}
