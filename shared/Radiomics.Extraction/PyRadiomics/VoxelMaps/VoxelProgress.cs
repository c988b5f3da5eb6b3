namespace Radiomics.Extraction;

/// <summary>How far the maps are, reckoned by how long a voxel takes in each class.</summary>
/// <param name="total">What there is to do.</param>
/// <param name="listener">Who wants to know; null: nobody.</param>
internal sealed class VoxelProgress(long total, IProgress<double>? listener)
{
    private long _done;

    /// <summary>About how long a kernel of the class takes, in units of the fastest.</summary>
    public static int CostOf(FeatureFamily family) => family switch
    {
        FeatureFamily.Glcm => 30,
        FeatureFamily.Glrlm => 8,
        FeatureFamily.Morphology => 0,
        _ => 2,
    };

    /// <summary>So many voxels more are done in a class.</summary>
    public void Add(FeatureFamily family, long voxels)
    {
        if (listener is not null && total > 0)
        {
            listener.Report((double)Interlocked.Add(ref _done, CostOf(family) * voxels) / total);
        }
    }
}
