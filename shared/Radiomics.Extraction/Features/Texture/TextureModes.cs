namespace Radiomics.Extraction;

/// <summary>In which ways matrices without directions (GLSZM, GLDZM, NGTDM, NGLDM) are computed.</summary>
/// <param name="Slices">2D: a matrix a slice, features averaged over the slices that have voxels.</param>
/// <param name="MergedSlices">2.5D: the slices' matrices added up.</param>
/// <param name="Volume">3D: one matrix.</param>
internal readonly record struct TextureModes(bool Slices, bool MergedSlices, bool Volume)
{
    public const string SlicesEnding = "_2D";
    public const string MergedSlicesEnding = "_2_5D";
    public const string VolumeEnding = "_3D";

    /// <summary>A mode is wanted if any aggregation of its kind is.</summary>
    public static TextureModes Of(TextureSettings settings)
    {
        var modes = default(TextureModes);
        foreach (var aggregation in settings.Aggregations)
        {
            modes = aggregation switch
            {
                Aggregation.Averaged2D or Aggregation.Merged2D => modes with { Slices = true },
                Aggregation.Averaged2Point5D or Aggregation.Merged2Point5D => modes with { MergedSlices = true },
                _ => modes with { Volume = true },
            };
        }

        return modes;
    }
}
