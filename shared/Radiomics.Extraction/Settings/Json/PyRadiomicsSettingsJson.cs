using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>The part of <see cref="SettingsJson"/> that only PyRadiomics has.</summary>
internal static class PyRadiomicsSettingsJson
{
    /// <summary>PyRadiomics' own.</summary>
    public static PyRadiomicsSettings Defaults { get; } = new();

    private static readonly PyRadiomicsVoxelSettings s_voxels = new();

    public static PyRadiomicsSettings Read(ref SettingsReader r, PyRadiomicsSettings s) =>
        r.Is(nameof(s.Features)) ? s with { Features = r.Object(new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), ReadClass) }
        : r.Is(nameof(s.Shape2D)) ? s with { Shape2D = r.Flag() }
        : r.Is(nameof(s.VoxelArrayShift)) ? s with { VoxelArrayShift = r.Number() }
        : r.Is(nameof(s.PadDistance)) ? s with { PadDistance = r.Integer() }
        : r.Is(nameof(s.PreCrop)) ? s with { PreCrop = r.Flag() }
        : r.Is(nameof(s.Distances)) ? s with { Distances = r.List((ref element) => element.Integer()) }
        : r.Is(nameof(s.SliceAxis)) ? s with { SliceAxis = r.Enum<SliceAxis>() }
        : r.Is(nameof(s.ReSegmentShape)) ? s with { ReSegmentShape = r.Flag() }
        : r.Is(nameof(s.MinimumRoiDimensions)) ? s with { MinimumRoiDimensions = r.Integer() }
        : r.Is(nameof(s.MinimumRoiSize)) ? s with { MinimumRoiSize = r.IntegerOrNull() }
        : r.Is(nameof(s.GeometryTolerance)) ? s with { GeometryTolerance = r.NumberOrNull() }
        : r.Is(nameof(s.CorrectMask)) ? s with { CorrectMask = r.Flag() }
        : r.Is(nameof(s.Voxels)) ? s with { Voxels = r.ObjectOrNull(s_voxels, ReadVoxels) }
        : r.Is(nameof(s.AdditionalInfo)) ? s with { AdditionalInfo = r.Flag() }
        : throw r.Unknown();

    public static void Write(Utf8JsonWriter json, PyRadiomicsSettings? s)
    {
        if (s is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("features");
        foreach (var (name, features) in s.Features)
        {
            json.WriteStartArray(name);
            foreach (var feature in features)
            {
                json.WriteStringValue(feature);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (s.Shape2D)
        {
            json.WriteBoolean("shape2D", true);
        }

        json.WriteNumber("voxelArrayShift", s.VoxelArrayShift);
        json.WriteInteger("padDistance", s.PadDistance);
        json.WriteBoolean("preCrop", s.PreCrop);
        json.WriteStartArray("distances");
        foreach (var distance in s.Distances)
        {
            json.WriteNumberValue(distance);
        }

        json.WriteEndArray();
        json.WriteEnum("sliceAxis", s.SliceAxis);
        json.WriteBoolean("reSegmentShape", s.ReSegmentShape);
        json.WriteInteger("minimumRoiDimensions", s.MinimumRoiDimensions);
        json.WriteInteger("minimumRoiSize", s.MinimumRoiSize);
        json.WriteNumber("geometryTolerance", s.GeometryTolerance);
        if (s.CorrectMask)
        {
            json.WriteBoolean("correctMask", true);
        }

        if (s.Voxels is { } voxels)
        {
            json.WriteStartObject("voxels");
            json.WriteInteger("kernelRadius", voxels.KernelRadius);
            json.WriteBoolean("maskedKernel", voxels.MaskedKernel);
            json.WriteNumber("initialValue", voxels.InitialValue);
            json.WriteEndObject();
        }

        json.WriteBoolean("additionalInfo", s.AdditionalInfo);
        json.WriteEndObject();
    }

    private static PyRadiomicsVoxelSettings ReadVoxels(ref SettingsReader r, PyRadiomicsVoxelSettings s) =>
        r.Is(nameof(s.KernelRadius)) ? s with { KernelRadius = r.Integer() }
        : r.Is(nameof(s.MaskedKernel)) ? s with { MaskedKernel = r.Flag() }
        : r.Is(nameof(s.InitialValue)) ? s with { InitialValue = r.NumberOrNull() }
        : throw r.Unknown();

    private static SortedDictionary<string, IReadOnlyList<string>> ReadClass(ref SettingsReader r, SortedDictionary<string, IReadOnlyList<string>> classes)
    {
        classes.Add(r.Name, r.List((ref element) => element.Text()));
        return classes;
    }
}
