namespace Radiomics.Extraction;

/// <summary>How tags of texture families end: in which way slices and directions came together.</summary>
internal static class FeatureEndings
{
    private static readonly string[] None = [];
    private static readonly string[] Directional = Array.ConvertAll(EnumNames<Aggregation>.All.ToArray(), name => $"_{name}");
    private static readonly string[] Modes = [TextureModes.SlicesEnding, TextureModes.MergedSlicesEnding, TextureModes.VolumeEnding];

    /// <summary>All endings that a family's tags can have; empty if they have none.</summary>
    public static string[] Of(FeatureFamily family) => family switch
    {
        FeatureFamily.Glcm or FeatureFamily.Glrlm => Directional,
        FeatureFamily.Glszm or FeatureFamily.Gldzm or FeatureFamily.Ngtdm or FeatureFamily.Ngldm => Modes,
        _ => None,
    };

    /// <summary>An aggregation's ending for the families with directions.</summary>
    public static string Of(Aggregation aggregation) => Directional[(int)aggregation];

    /// <summary>The endings that a family's tags have with these settings; one that is empty where the family has none.</summary>
    public static string[] Of(FeatureFamily family, TextureSettings settings)
    {
        var all = Of(family);
        if (all.Length == 0)
        {
            return [""];
        }

        if (all == Directional)
        {
            var endings = new string[settings.Aggregations.Count];
            for (var i = 0; i < endings.Length; i++)
            {
                endings[i] = Of(settings.Aggregations[i]);
            }

            return endings;
        }

        var modes = TextureModes.Of(settings);
        return Array.FindAll(all, ending => ending switch
        {
            TextureModes.SlicesEnding => modes.Slices,
            TextureModes.MergedSlicesEnding => modes.MergedSlices,
            _ => modes.Volume,
        });
    }
}
