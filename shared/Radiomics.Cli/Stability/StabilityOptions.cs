using System.CommandLine;
using System.CommandLine.Parsing;
using Radiomics.Cli.Extract;
using Radiomics.Cli.Extract.Batch;
using Radiomics.Cli.PyRadiomics;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Cli.Stability;

/// <summary>Arguments and options of <c>radiomics stability</c>.</summary>
internal sealed class StabilityOptions
{
    private const string Kinds = "RTNVC";

    public Argument<string?> Image { get; } = new("IMAGE") { Description = "Image of a single case, which has a dispersion but no ICC.", Arity = ArgumentArity.ZeroOrOne };

    public Argument<string?> Mask { get; } = new("MASK") { Description = "Mask of a single case.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Batch { get; } = new("--batch")
    {
        Description = "ICC over many cases, ten at least: a list as 'radiomics extract --batch' takes it.",
        HelpName = "FILE",
    };

    public Option<string?> Settings { get; } = new("--settings")
    {
        Description = "Extraction settings: a shipped name or a JSON file. Default: liver-mri.",
        HelpName = "NAME|PATH",
    };

    public PyRadiomicsOptions PyRadiomics { get; } = new();

    public CaseOptions Files { get; } = new();

    public Option<string> Chain { get; } = new("--chain")
    {
        Description = "What every perturbation does, in this order: R rotation, T translation, N noise, V volume of the ROI, C contour drawn anew by supervoxels.",
        HelpName = "LETTERS",
        DefaultValueFactory = _ => Kinds,
    };

    public Option<double> Rotation { get; } = new("--rotation") { Description = "Most degrees of rotation in the plane of the slices, either way.", DefaultValueFactory = _ => 6 };

    public Option<double> Translation { get; } = new("--translation") { Description = "Most voxels of translation along each axis, either way.", DefaultValueFactory = _ => 0.5 };

    public Option<double> Noise { get; } = new("--noise") { Description = "Noise added, in units of the image's own.", DefaultValueFactory = _ => 1 };

    public Option<double> Growth { get; } = new("--growth") { Description = "Most growth or loss of the ROI, as share of its volume.", DefaultValueFactory = _ => 0.15 };

    public Option<int> Repeats { get; } = new("--repeats") { Description = "Perturbed images of each case; the image as it is comes beside them.", DefaultValueFactory = _ => 10 };

    public Option<int> Seed { get; } = new("--seed") { Description = "Seed of what is drawn at random; it stands in the output.", DefaultValueFactory = _ => 1 };

    public Option<string> Icc { get; } = new Option<string>("--icc")
    {
        Description = "Form of the ICC with --batch: 1,1 draws perturbations anew for each case; 2,1 (agreement) and 3,1 (consistency) draw the same for all.",
        HelpName = "1,1|2,1|3,1",
        DefaultValueFactory = _ => "1,1",
    }.AcceptOnlyFromAmong("1,1", "2,1", "3,1");

    public Option<int?> Jobs { get; } = new("--jobs") { Description = "Cases (of a single case: perturbed images) at a time; the output doesn't depend on it. Default: all cores." };

    public Option<string?> Out { get; } = new("--out") { Description = "File to write (.csv or .json); it is there only when all is done.", HelpName = "FILE" };

    /// <summary>Adds all of them to the command, with what they demand of each other.</summary>
    public void AddTo(Command command)
    {
        command.Add(Image);
        command.Add(Mask);
        foreach (var option in (ReadOnlySpan<Option>)[Batch, Settings, PyRadiomics.Params, PyRadiomics.Naming, .. Files.All, Chain, Rotation, Translation, Noise, Growth, Repeats, Seed, Icc, Jobs, Files.MaxMemory, Out])
        {
            command.Add(option);
        }

        command.Validators.Add(Validate);
        command.Validators.Add(Files.Validate);
        command.Validators.Add(result => PyRadiomics.Validate(result, Settings));
    }

    /// <summary>What is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="theirs">What its parameter file says; null without one.</param>
    /// <exception cref="RadiomicsException"><c>InvalidPerturbation</c>, <c>InvalidSettings</c>.</exception>
    public StabilityRequest Request(ParseResult parsed, PyRadiomicsParameters? theirs)
    {
        var settings = theirs?.Settings ?? ExtractionSettingsFile.Load(parsed.GetValue(Settings) ?? "liver-mri");
        PyRadiomicsOptions.RefuseMaps(settings, "of which there is no stability");
        var letters = parsed.GetRequiredValue(Chain).ToUpperInvariant();
        var chain = new PerturbationChain
        {
            Rotation = letters.Contains('R') ? parsed.GetValue(Rotation) : 0,
            Translation = letters.Contains('T') ? parsed.GetValue(Translation) : 0,
            Noise = letters.Contains('N') ? parsed.GetValue(Noise) : 0,
            Volume = letters.Contains('V') ? parsed.GetValue(Growth) : 0,
            Contour = letters.Contains('C'),
        };
        chain.Draw(1, 0);
        return new(
            settings,
            chain,
            parsed.GetValue(Repeats),
            parsed.GetValue(Seed),
            parsed.GetValue(Icc) switch { "2,1" => IccForm.TwoWayRandom, "3,1" => IccForm.TwoWayMixed, _ => IccForm.OneWayRandom },
            parsed.GetValue(Jobs) ?? Environment.ProcessorCount)
        {
            MaxMemory = Files.MaxMemoryBytes(parsed),
            Words = PyRadiomics.Words(parsed),
        };
    }

    /// <summary>The single case.</summary>
    public NiftiCase Case(ParseResult parsed, PyRadiomicsParameters? theirs) => Files.Case(parsed, parsed.GetRequiredValue(Image)!, parsed.GetRequiredValue(Mask)!, theirs);

    /// <summary>The cases of the list.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>.</exception>
    public IReadOnlyList<BatchCase> Cases(ParseResult parsed, PyRadiomicsParameters? theirs) =>
        BatchCase.ReadAll(parsed.GetValue(Batch)!, Files.Labels(parsed, theirs?.Label), parsed.GetValue(Files.ReferenceMask), Files.Complete(parsed, theirs));

    private void Validate(CommandResult result)
    {
        var isBatch = result.GetValue(Batch) is not null;
        if (isBatch == (result.GetValue(Image) is not null))
        {
            result.AddError(isBatch ? "--batch excludes IMAGE and MASK." : "Give IMAGE and MASK of one case, or a list of cases with --batch.");
        }
        else if (!isBatch && result.GetValue(Mask) is null)
        {
            result.AddError("IMAGE needs a MASK.");
        }

        if (!isBatch && result.GetValue(Files.Label) is { } several && RoiLabels.TryParse(several, out var labels, out _) && labels.AreMany)
        {
            result.AddError("A single case has one ROI: name its --label, or several as one (1+2).");
        }

        if (!isBatch && IsGiven(result, Icc))
        {
            result.AddError("--icc goes with --batch: a single case has no ICC.");
        }

        // Defaults come after validation.
        var chain = (IsGiven(result, Chain) ? result.GetValue(Chain)! : Kinds).ToUpperInvariant();
        if (chain.Length == 0 || chain.Any(letter => !Kinds.Contains(letter)) || chain.Distinct().Count() < chain.Length)
        {
            result.AddError($"--chain takes letters of {Kinds}, each once.");
        }

        foreach (var (option, letter) in new[] { (Rotation, 'R'), (Translation, 'T'), (Noise, 'N'), (Growth, 'V') })
        {
            if (IsGiven(result, option) && (result.GetValue(option) is not > 0 || !chain.Contains(letter)))
            {
                result.AddError($"{option.Name} must be above 0 and goes with '{letter}' in --chain.");
            }
        }

        if ((IsGiven(result, Repeats) && result.GetValue(Repeats) is < 2 or > 1000) || result.GetValue(Jobs) is < 1)
        {
            result.AddError("--repeats must be 2 to 1000, and --jobs at least 1.");
        }

        if (result.GetValue(Out) is { } file && !(file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            result.AddError("--out needs a file that ends in .csv or .json.");
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
