using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>The part of <see cref="FilterSettingsJson"/> that only PyRadiomics has.</summary>
internal static class PyRadiomicsFilterSettingsJson
{
    public static PyRadiomicsFilterSettings Read(ref SettingsReader r, PyRadiomicsFilterSettings s) =>
        r.Is(nameof(s.StartLevel)) ? s with { StartLevel = r.Integer() }
        : r.Is(nameof(s.Levels)) ? s with { Levels = r.Integer() }
        : r.Is(nameof(s.GradientPerMillimetre)) ? s with { GradientPerMillimetre = r.Flag() }
        : r.Is(nameof(s.Lbp2DRadius)) ? s with { Lbp2DRadius = r.Number() }
        : r.Is(nameof(s.Lbp2DSamples)) ? s with { Lbp2DSamples = r.Integer() }
        : r.Is(nameof(s.Lbp2DMethod)) ? s with { Lbp2DMethod = r.Enum<BinaryPatternMethod>() }
        : r.Is(nameof(s.Lbp3DLevels)) ? s with { Lbp3DLevels = r.Integer() }
        : r.Is(nameof(s.Lbp3DRadius)) ? s with { Lbp3DRadius = r.Number() }
        : r.Is(nameof(s.Lbp3DSubdivision)) ? s with { Lbp3DSubdivision = r.Integer() }
        : throw r.Unknown();

    public static void Write(Utf8JsonWriter json, PyRadiomicsFilterSettings s)
    {
        json.WriteStartObject();
        json.WriteInteger("startLevel", s.StartLevel);
        json.WriteInteger("levels", s.Levels);
        json.WriteBoolean("gradientPerMillimetre", s.GradientPerMillimetre);
        json.WriteNumber("lbp2DRadius", s.Lbp2DRadius);
        json.WriteInteger("lbp2DSamples", s.Lbp2DSamples);
        json.WriteEnum("lbp2DMethod", s.Lbp2DMethod);
        json.WriteInteger("lbp3DLevels", s.Lbp3DLevels);
        json.WriteNumber("lbp3DRadius", s.Lbp3DRadius);
        json.WriteInteger("lbp3DSubdivision", s.Lbp3DSubdivision);
        json.WriteEndObject();
    }
}
