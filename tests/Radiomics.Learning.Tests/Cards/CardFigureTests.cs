using ScottPlot;
using SkiaSharp;

namespace Radiomics.Learning.Tests;

/// <summary>Labels of plots are there without any font of the system.</summary>
public sealed class CardFigureTests
{
    private const int Width = 480;
    private const int Height = 420;
    private const int Margin = 70;

    public static TheoryData<string> Figures => ["roc", "calibration", "decision", "weights"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Labels_ticks_and_title_leave_ink_and_nothing_else_does(string name)
    {
        using var written = Figure(name);
        using var empty = Figure(name);
        Erase(empty.Plot);

        using var with = Render(written.Plot);
        using var without = Render(empty.Plot);

        Assert.All(Regions(), region => Assert.Equal(0, Ink(without, region)));
        var expected = name == "weights" ? Regions().Where(region => region.Left != 0) : Regions();
        Assert.All(expected, region => Assert.True(Ink(with, region) > 40, $"{region}: {Ink(with, region)}"));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Letters_are_drawn_and_not_the_boxes_of_letters_that_are_missing(string name)
    {
        using var written = Figure(name);
        using var boxes = Figure(name);
        Change(boxes.Plot, text => new('铁', text.Length));

        using var with = Render(written.Plot);
        using var boxed = Render(boxes.Plot);

        Assert.False(CardFont.Instance.Typeface.ContainsGlyphs("铁"));
        Assert.All(Texts(written.Plot), text => Assert.True(CardFont.Instance.Typeface.ContainsGlyphs(text), text));
        Assert.All(Regions().Skip(1), region => Assert.NotEqual(Ink(boxed, region), Ink(with, region)));
    }

    [Theory]
    [InlineData("roc", 4)]
    [InlineData("calibration", 2)]
    [InlineData("decision", 3)]
    public void Every_entry_of_the_legend_has_its_words(string name, int entries)
    {
        using var figure = Figure(name);
        using var legend = figure.Plot.GetLegendImage();
        using var bitmap = SKBitmap.Decode(legend.GetImageBytes());
        var row = bitmap.Height / entries;

        Assert.All(
            Enumerable.Range(0, entries),
            i => Assert.True(Ink(bitmap, new SKRectI(44, i * row, bitmap.Width - 4, (i + 1) * row)) > 15));
    }

    [Fact]
    public void The_names_of_features_stand_beside_their_bars()
    {
        using var written = Figure("weights");
        using var empty = Figure("weights");
        foreach (var text in empty.Plot.GetPlottables<ScottPlot.Plottables.Text>())
        {
            text.LabelText = string.Empty;
        }

        using var with = Render(written.Plot);
        using var without = Render(empty.Plot);
        var data = new SKRectI(Margin, Margin, Width - Margin, Height - Margin);

        Assert.True(Ink(with, data) > Ink(without, data) + 400);
    }

    [Fact]
    public void The_system_is_never_asked_for_a_font()
    {
        _ = CardFont.Instance;
        var asked = new Recorder();
        Fonts.FontResolvers.Insert(1, asked);
        try
        {
            foreach (var figure in CardFigures.Of(TestCards.Rich))
            {
                using (figure)
                {
                    figure.Png();
                }
            }

            Assert.Equal("Inter", Fonts.GetTypeface("DejaVu Sans", bold: true, italic: true).FamilyName);
        }
        finally
        {
            Fonts.FontResolvers.Remove(asked);
        }

        Assert.Empty(asked.Names);
    }

    [Fact]
    public void A_name_that_the_font_lacks_letters_for_is_replaced_by_a_number()
    {
        using var figure = CardFigures.Weights([new("age", 1, null, 1), new("铁蛋白", -1, null, 1)], Learner.LogisticRegression);

        Assert.Equal(["age", "Feature 2"], figure.Plot.GetPlottables<ScottPlot.Plottables.Text>().Select(text => text.LabelText));
    }

    [Fact]
    public void Figures_are_drawn_of_models_without_weight_or_benefit()
    {
        var nothing = TestCards.Rich.CrossValidation with { Roc = [], Calibration = [], Decision = [] };
        using var weights = CardFigures.Weights([new("a", 0, null, 0)], Learner.FastForest);
        using var none = CardFigures.Weights([], Learner.LogisticRegression);
        using var decision = CardFigures.Decision(nothing, "held-out");
        using var calibration = CardFigures.Calibration(nothing, null);
        using var roc = CardFigures.Roc(nothing, nothing, null);

        Assert.All(new[] { weights, none, decision, calibration, roc }, figure => Assert.NotEmpty(figure.Png()));
    }

    private static CardFigure Figure(string name)
    {
        var card = TestCards.Rich;
        return name switch
        {
            "roc" => CardFigures.Roc(card.Train, card.CrossValidation, card.Test),
            "calibration" => CardFigures.Calibration(card.CrossValidation, card.Test),
            "decision" => CardFigures.Decision(card.Test!, "held-out"),
            _ => CardFigures.Weights(card.Features, card.Learner),
        };
    }

    // The bands around the plot where its title, the numbers and names of its axes are; the frame and the marks of its ticks are left out.
    private static SKRectI[] Regions() =>
    [
        new(0, Margin, Margin - 8, Height - Margin),
        new(Margin, 0, Width - Margin, Margin - 8),
        new(Margin, Height - Margin + 8, Width - Margin, Height),
    ];

    private static SKBitmap Render(Plot plot)
    {
        plot.Layout.Fixed(new PixelPadding(Margin));
        return SKBitmap.Decode(plot.GetImageBytes(Width, Height, ImageFormat.Png));
    }

    private static int Ink(SKBitmap bitmap, SKRectI region)
    {
        var ink = 0;
        for (var y = region.Top; y < region.Bottom; y++)
        {
            for (var x = region.Left; x < region.Right; x++)
            {
                ink += bitmap.GetPixel(x, y).Red < 128 ? 1 : 0;
            }
        }

        return ink;
    }

    private static void Erase(Plot plot) => Change(plot, _ => string.Empty);

    private static void Change(Plot plot, Func<string, string> change)
    {
        plot.Axes.Title.Label.Text = change(plot.Axes.Title.Label.Text);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.Text = change(axis.Label.Text);
            axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                [.. axis.TickGenerator.Ticks.Select(tick => tick.Position)],
                [.. axis.TickGenerator.Ticks.Select(tick => change(tick.Label))]);
        }
    }

    private static IEnumerable<string> Texts(Plot plot) =>
    [
        plot.Axes.Title.Label.Text,
        .. new IAxis[] { plot.Axes.Bottom, plot.Axes.Left }.SelectMany(axis => axis.TickGenerator.Ticks.Select(tick => tick.Label).Append(axis.Label.Text)),
        .. plot.Legend.GetItems().Select(item => item.LabelText),
    ];

    private sealed class Recorder : IFontResolver
    {
        public List<string> Names { get; } = [];

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => CreateTypeface(fontName, false, false);

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic)
        {
            Names.Add(fontName);
            return null;
        }
    }
}
