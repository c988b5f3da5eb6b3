using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary>A parameter file's section <c>voxelSetting</c>, which asks for maps of features.</summary>
internal static class VoxelParameters
{
    /// <summary>Reads the section; an empty one has PyRadiomics' defaults.</summary>
    public static PyRadiomicsVoxelSettings Of(ParameterNode section)
    {
        var settings = new PyRadiomicsVoxelSettings();
        foreach (var entry in section.IsNull ? [] : section.Entries())
        {
            switch (entry.Name)
            {
                case "kernelRadius":
                    settings = settings with { KernelRadius = Radius(entry) };
                    break;
                case "maskedKernel":
                    settings = settings with { MaskedKernel = entry.Boolean() };
                    break;
                case "initValue":
                    settings = settings with { InitialValue = IsNotANumber(entry) ? null : entry.Number() };
                    break;
                case "voxelBatch":
                    // One kernel after the other is in memory in any case.
                    _ = entry.Integer() is >= 1 or -1 ? 0 : throw entry.Invalid("must be at least 1, or -1 for all voxels");
                    break;
                default:
                    throw entry.Invalid("is none of kernelRadius, maskedKernel, initValue and voxelBatch");
            }
        }

        return settings;
    }

    private static int Radius(ParameterNode entry) => entry.Integer() switch
    {
        < 1 => throw entry.Invalid("must be at least 1"),
        > PyRadiomicsVoxelSettings.LargestRadius => throw entry.Unsupported($"it may be at most {PyRadiomicsVoxelSettings.LargestRadius} voxels"),
        var radius => radius,
    };

    private static bool IsNotANumber(ParameterNode entry) => entry.Text().ToLowerInvariant() is "nan" or ".nan";
}
