using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>The part of <see cref="SettingsJson"/> for one filter.</summary>
internal static class FilterSettingsJson
{
    public static FilterSettings Read(ref SettingsReader r) => r.Object(new FilterSettings { Type = default }, Read, required: "type");

    public static void Write(Utf8JsonWriter json, FilterSettings s)
    {
        json.WriteStartObject();
        json.WriteEnum("type", s.Type);
        json.WriteNumber("sigma", s.Sigma);
        json.WriteString("wavelet", s.Wavelet);
        json.WriteString("sigmaName", s.SigmaName);
        json.WritePropertyName("discretisation");
        if (s.Discretisation is { } discretisation)
        {
            SettingsJson.Write(json, discretisation);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEnumIfSet("dimension", s.Dimension);
        json.WriteEnumIfSet("boundary", s.Boundary);
        json.WriteEnumIfSet("rotationInvariance", s.RotationInvariance);
        json.WriteNumberIfSet("cutoff", s.Cutoff);
        json.WriteNumberIfSet("support", s.Support);
        json.WriteTextIfSet("kernels", s.Kernels);
        json.WriteNumberIfSet("energyDistance", s.EnergyDistance);
        json.WriteNumberIfSet("wavelength", s.Wavelength);
        json.WriteNumberIfSet("gamma", s.Gamma);
        json.WriteNumberIfSet("theta", s.Theta);
        json.WriteNumberIfSet("thetaStep", s.ThetaStep);
        json.WriteEnumIfSet("response", s.Response);
        if (s.OrthogonalPlanes is { } planes)
        {
            json.WriteBoolean("orthogonalPlanes", planes);
        }

        json.WriteNumberIfSet("level", s.Level);
        if (s.Bands is { } bands)
        {
            json.WriteStartArray("bands");
            foreach (var band in bands)
            {
                json.WriteStringValue(band);
            }

            json.WriteEndArray();
        }

        if (s.RieszOrder is { } order)
        {
            json.WriteStartArray("rieszOrder");
            foreach (var axis in order)
            {
                json.WriteNumberValue(axis);
            }

            json.WriteEndArray();
        }

        if (s.PyRadiomics is { } special)
        {
            json.WritePropertyName("pyRadiomics");
            PyRadiomicsFilterSettingsJson.Write(json, special);
        }

        json.WriteEndObject();
    }

    // Names are of one case, so that the same filter has one hash and one name.
    private static FilterSettings Read(ref SettingsReader r, FilterSettings s) =>
        r.Is(nameof(s.Type)) ? s with { Type = r.Enum<FilterType>() }
        : r.Is(nameof(s.Sigma)) ? s with { Sigma = r.NumberOrNull() }
        : r.Is(nameof(s.Wavelet)) ? s with { Wavelet = r.TextOrNull()?.ToLowerInvariant() }
        : r.Is(nameof(s.SigmaName)) ? s with { SigmaName = r.TextOrNull() }
        : r.Is(nameof(s.Discretisation)) ? s with { Discretisation = r.ObjectOrNull(new DiscretisationSettings(), SettingsJson.Read) }
        : r.Is(nameof(s.Dimension)) ? s with { Dimension = r.EnumOrNull<FilterDimension>() }
        : r.Is(nameof(s.Boundary)) ? s with { Boundary = r.EnumOrNull<FilterBoundary>() }
        : r.Is(nameof(s.RotationInvariance)) ? s with { RotationInvariance = r.EnumOrNull<RotationInvariance>() }
        : r.Is(nameof(s.Cutoff)) ? s with { Cutoff = r.NumberOrNull() }
        : r.Is(nameof(s.Support)) ? s with { Support = r.IntegerOrNull() }
        : r.Is(nameof(s.Kernels)) ? s with { Kernels = r.TextOrNull()?.ToUpperInvariant() }
        : r.Is(nameof(s.EnergyDistance)) ? s with { EnergyDistance = r.IntegerOrNull() }
        : r.Is(nameof(s.Wavelength)) ? s with { Wavelength = r.NumberOrNull() }
        : r.Is(nameof(s.Gamma)) ? s with { Gamma = r.NumberOrNull() }
        : r.Is(nameof(s.Theta)) ? s with { Theta = r.NumberOrNull() }
        : r.Is(nameof(s.ThetaStep)) ? s with { ThetaStep = r.NumberOrNull() }
        : r.Is(nameof(s.Response)) ? s with { Response = r.EnumOrNull<GaborResponse>() }
        : r.Is(nameof(s.OrthogonalPlanes)) ? s with { OrthogonalPlanes = r.FlagOrNull() }
        : r.Is(nameof(s.Level)) ? s with { Level = r.IntegerOrNull() }
        : r.Is(nameof(s.Bands)) ? s with { Bands = r.ListOrNull((ref element) => element.Text().ToUpperInvariant()) }
        : r.Is(nameof(s.RieszOrder)) ? s with { RieszOrder = r.ListOrNull((ref element) => element.Integer()) }
        : r.Is(nameof(s.PyRadiomics)) ? s with { PyRadiomics = r.ObjectOrNull(PyRadiomicsFilterSettings.Defaults, PyRadiomicsFilterSettingsJson.Read) }
        : throw r.Unknown();
}
