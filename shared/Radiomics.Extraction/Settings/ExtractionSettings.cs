using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// Everything that decides how features come out of a volume and an ROI; data, shipped under <c>models/settings</c>.
/// The steps stand in the order in which they run (IBSI reference manual 1.5, section 2). <see cref="SettingsJson"/> reads and writes them.
/// </summary>
public sealed record ExtractionSettings
{
    /// <summary>Name for people and profiles, e.g. <c>liver-mri</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whose definitions and names the features follow where IBSI and PyRadiomics differ.</summary>
    public Conventions Conventions { get; init; }

    /// <summary>Options that only PyRadiomics has; only with its conventions, and null for its defaults.</summary>
    public PyRadiomicsSettings? PyRadiomics { get; init; }

    /// <summary>Largest component, hole filling, erosion or dilation of the ROI on the image's own grid; null: it stays as it is. Not of a reference region.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoiSettings? Roi { get; init; }

    /// <summary>Intensity normalisation of the whole image, before anything else.</summary>
    public NormalisationSettings Normalisation { get; init; } = new();

    /// <summary>Interpolation of image and ROI onto a new grid.</summary>
    public ResamplingSettings Resampling { get; init; } = new();

    /// <summary>Rounding of the interpolated intensities.</summary>
    public IntensityRounding Rounding { get; init; }

    /// <summary>Which voxels leave the intensity mask; the morphological mask keeps them.</summary>
    public ReSegmentationSettings ReSegmentation { get; init; } = new();

    /// <summary>Grey levels for the histogram and texture families.</summary>
    public DiscretisationSettings Discretisation { get; init; } = new();

    /// <summary>
    /// Several discretisations at once, in place of <see cref="Discretisation"/>: the histogram and texture features are measured by each, and their names end with it:
    /// <c>_fbn_n32</c> (bins), <c>_fbs_w25</c> (bin size), <c>_none</c>. Only with IBSI's conventions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscretisationSettings>? Discretisations { get; init; }

    /// <summary>Intensity levels of the intensity-volume histogram: fixed bin size, fixed bin number, or none (whole intensity units as levels).</summary>
    public DiscretisationSettings IntensityVolumeHistogram { get; init; } = new();

    /// <summary>The texture matrices.</summary>
    public TextureSettings Texture { get; init; } = new();

    /// <summary>Image filters; each response map is measured in every family but morphology and spatial autocorrelation.</summary>
    public IReadOnlyList<FilterSettings> Filters { get; init; } = [];

    /// <summary>Grey levels of response maps, whose intensities have a range of their own.</summary>
    public DiscretisationSettings FilterDiscretisation { get; init; } = DefaultFilterDiscretisation;

    /// <summary>The same of response maps, in place of <see cref="FilterDiscretisation"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscretisationSettings>? FilterDiscretisations { get; init; }

    /// <summary>Whether the unfiltered image is measured, and with IBSI's conventions the ROI's shape with it; response maps are in any case.</summary>
    public bool MeasureOriginal { get; init; } = true;

    /// <summary>Whether the diagnostics include intensities of the whole image before and after interpolation, which then runs on all of it.</summary>
    public bool WholeImageDiagnostics { get; init; }

    /// <summary>Which families are computed whole; all of them by default, or none if <see cref="Features"/> names single features.</summary>
    public IReadOnlyList<FeatureFamily> Families { get => field ?? (Features is null ? AllFamilies : []); init; }

    /// <summary>
    /// Single features by tag, beside the <see cref="Families"/>: of the image and of every response map; <c>cm_contrast</c> in each aggregation,
    /// <c>cm_contrast_3D_comb</c> in this one. Only with IBSI's conventions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The families that have a feature to compute: <see cref="Families"/> and those of <see cref="Features"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<FeatureFamily> MeasuredFamilies
    {
        get
        {
            if (Features is null)
            {
                return Families;
            }

            var isNamed = new bool[AllFamilies.Count];
            foreach (var name in Features)
            {
                isNamed[(int)FeatureCatalogue.Parse(name).Feature.Family] = true;
            }

            var families = new List<FeatureFamily>();
            foreach (var family in AllFamilies)
            {
                if (isNamed[(int)family] || Families.Contains(family))
                {
                    families.Add(family);
                }
            }

            return families;
        }
    }

    private static IReadOnlyList<FeatureFamily> AllFamilies { get; } = [.. Enum.GetValues<FeatureFamily>()];

    /// <summary>SHA-256 of the canonical JSON (all options written out, in declared order, compact), lower-case hex.</summary>
    public string ComputeHash()
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(bytes, RadiomicsJson.WriterOptions(indented: false)))
        {
            SettingsJson.Write(json, this);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    /// <summary>Writes the canonical JSON.</summary>
    public void WriteTo(Utf8JsonWriter json) => SettingsJson.Write(json, this);

    /// <summary>Checks that the options make sense together.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>, with the option at fault.</exception>
    public ExtractionSettings Validated()
    {
        Require(!string.IsNullOrWhiteSpace(Name), "'name' must not be empty.");
        Require(
            Normalisation is not null && Resampling is not null && ReSegmentation is not null && Discretisation is not null && IntensityVolumeHistogram is not null
                && Texture is not null && Filters is not null && FilterDiscretisation is not null && Families is not null,
            "An option may be absent, but not null.");
        FeatureChoice.Validate(this);
        Require(
            (Families.Count > 0 || Features is not null || PyRadiomics is { Shape2D: true }) && AreDistinct(Families),
            "'families' must name at least one family, each once; or 'features' single features.");
        Require(MeasureOriginal || Filters.Count > 0, "Without the original image there must be a filter.");
        Require(
            MeasureOriginal || Conventions == Conventions.PyRadiomics || HasFamilyOfMaps(),
            "Without the original image there must be a family that response maps are measured in: any but 'morphology' and 'spatialAutocorrelation'.");
        Require(!Filters.Contains(null!) && AreDistinct(Filters), "'filters' must name each filter once.");
        Roi?.Validate();
        Normalisation.Validate();
        Resampling.Validate();
        ReSegmentation.Validate();
        // PyRadiomics' one bin is all of the ROI.
        var fewestBins = Conventions == Conventions.PyRadiomics ? 1 : 2;
        Discretisation.Validate("discretisation", fewestBins);
        IntensityVolumeHistogram.Validate("intensityVolumeHistogram");
        FilterDiscretisation.Validate("filterDiscretisation", fewestBins);
        Validate(Discretisations, "discretisations", Discretisation == new DiscretisationSettings(), "discretisation");
        Validate(FilterDiscretisations, "filterDiscretisations", FilterDiscretisation == DefaultFilterDiscretisation, "filterDiscretisation");
        Texture.Validate();
        PyRadiomicsRules.Validate(this);
        var names = new List<string>();
        foreach (var filter in Filters)
        {
            filter.Validate();
            names.AddRange(FilterNames.Of(filter, Conventions));
        }

        Require(AreDistinct(names), "'filters' has two whose features would have the same names.");
        return this;
    }

    private static DiscretisationSettings DefaultFilterDiscretisation { get; } = new() { Method = DiscretisationMethod.FixedBinNumber, Bins = 32 };

    private static void Validate(IReadOnlyList<DiscretisationSettings>? several, string name, bool isOneAbsent, string one)
    {
        if (several is null)
        {
            return;
        }

        Require(several.Count > 0, $"'{name}' must name at least one discretisation, or be absent.");
        Require(isOneAbsent, $"'{name}' takes the place of '{one}', which must be absent; put it into the list.");
        for (var i = 0; i < several.Count; i++)
        {
            Require(several[i] is not null, "An option may be absent, but not null.");
            several[i].Validate($"{name}[{i}]");
        }

        Require(AreDistinct(DiscretisedImages.Suffixes(several)), $"'{name}' has two whose features would have the same names.");
    }

    private bool HasFamilyOfMaps()
    {
        foreach (var family in MeasuredFamilies)
        {
            if (family is not (FeatureFamily.Morphology or FeatureFamily.SpatialAutocorrelation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether no value is there twice; without LINQ, whose generics over our enums every process would compile anew.</summary>
    internal static bool AreDistinct<T>(IReadOnlyList<T> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (values[i]!.Equals(values[j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal static void Require([DoesNotReturnIf(false)] bool condition, string detail)
    {
        if (!condition)
        {
            throw new RadiomicsException("InvalidSettings", detail);
        }
    }
}

/// <summary>A group of features with a common tag prefix.</summary>
public enum FeatureFamily
{
    /// <summary><c>morph_</c>: shape and volume of the morphological mask.</summary>
    Morphology,

    /// <summary><c>morph_moran_i</c> and <c>morph_geary_c</c>: how alike the intensities of near voxels are; apart from morphology because it costs more than all of that.</summary>
    SpatialAutocorrelation,

    /// <summary><c>loc_</c>: intensity peaks in spheres of 1 cm³.</summary>
    LocalIntensity,

    /// <summary><c>stat_</c>: intensities of the intensity mask, not discretised.</summary>
    Statistics,

    /// <summary><c>ih_</c>: histogram of the discretised intensities.</summary>
    Histogram,

    /// <summary><c>ivh_</c>: intensity-volume histogram.</summary>
    IntensityVolumeHistogram,

    /// <summary><c>cm_</c>: grey level co-occurrence matrix.</summary>
    Glcm,

    /// <summary><c>rlm_</c>: grey level run length matrix.</summary>
    Glrlm,

    /// <summary><c>szm_</c>: grey level size zone matrix.</summary>
    Glszm,

    /// <summary><c>dzm_</c>: grey level distance zone matrix.</summary>
    Gldzm,

    /// <summary><c>ngt_</c>: neighbourhood grey tone difference matrix.</summary>
    Ngtdm,

    /// <summary><c>ngl_</c>: neighbouring grey level dependence matrix.</summary>
    Ngldm,
}

/// <summary>Whose definitions and names features follow.</summary>
public enum Conventions
{
    /// <summary>The IBSI reference manual; tags as in its reference tables.</summary>
    Ibsi,

    /// <summary>PyRadiomics: its names (<c>original_glcm_Contrast</c>) and its definitions where they differ.</summary>
    PyRadiomics,
}

/// <summary>What is done to interpolated intensities.</summary>
public enum IntensityRounding
{
    /// <summary>Left as they are.</summary>
    None,

    /// <summary>To the nearest integer (for CT numbers); ties to even.</summary>
    NearestInteger,
}
