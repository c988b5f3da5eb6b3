using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>How much of the region of interest lies in each of several grids; one answer serves all series of a grid.</summary>
/// <param name="roi">The region; null if the study has none that can be used.</param>
internal sealed class RegionCoverage(RegionOfInterest? roi)
{
    private readonly List<(VolumeGeometry Grid, double? Outside)> _known = [];

    /// <summary>Part of the region, from 0 to 1, that lies in the candidate's grid; null if that can't be said.</summary>
    public double? ShareInside(SequenceCandidate candidate)
    {
        if (roi is null || candidate.Geometry is not { } grid)
        {
            return null;
        }

        var frame = candidate.Stack.Series.FrameOfReferenceUid;
        return frame is not null && roi.FrameOfReferenceUid is not null && frame != roi.FrameOfReferenceUid ? 0 : 1 - ShareOutside(grid);
    }

    /// <summary>Part of the region that lies outside; null if its shape can't be read.</summary>
    public double? ShareOutside(VolumeGeometry grid)
    {
        if (_known.FindIndex(known => known.Grid.IsSameGridAs(grid)) is >= 0 and var index)
        {
            return _known[index].Outside;
        }

        double? outside;
        try
        {
            outside = roi?.Region.Value.ShareOutside(SequenceCompleteness.Widened(grid));
        }
        catch (RadiomicsException)
        {
            outside = null; // said again, and to somebody, where the region is laid on the sequence
        }

        _known.Add((grid, outside));
        return outside;
    }
}
