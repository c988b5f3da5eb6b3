using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// Checks each sequence's geometry and lays the ROI on it. What is wrong with a required sequence stops the study; what is wrong with
/// another one
/// leaves that one out, and stops the study only if nothing else is left. Either happens only if no other series may be taken in its place.
/// </summary>
internal sealed class StudyPlanner(
    RegionOfInterest roi,
    RegionCoverage coverage,
    SequenceCompleteness completeness,
    StudyFaults faults,
    IngestRules rules,
    int mostVoxels,
    IReadOnlyCollection<string> required,
    SelectionLog log,
    List<string> warnings)
{
    private readonly List<(Mask Mask, RoiQuality? Quality)> _masks = [];

    /// <summary>At least one sequence, in the order given.</summary>
    /// <exception cref="RadiomicsException">
    /// <c>SliceMissing</c>, <c>GeometryUnusable</c>, <c>PixelDataTruncated</c>, <c>UnsupportedPixelFormat</c>, <c>AttributeUnreadable</c>,
    /// <c>FrameOfReferenceMismatch</c>, <c>RoiOutsideImage</c>, <c>RoiUnreadable</c>, <c>RoiImplausible</c>, <c>SequenceIncomplete</c>, <c>QuantityUnknown</c>.
    /// </exception>
    public IReadOnlyList<PlannedSequence> Plan(IReadOnlyList<NamedStack> named)
    {
        var planned = new List<PlannedSequence>();
        RadiomicsException? first = null;
        foreach (var sequence in named)
        {
            try
            {
                planned.Add(PlanFirst(sequence));
                warnings.AddRange(planned[^1].Warnings);
            }
            catch (RadiomicsException e)
            {
                log.Refuse(sequence.Stack, e);
                if (required.Contains(sequence.Name))
                {
                    throw;
                }

                first ??= e;
                warnings.Add($"{sequence.Name} was left out ({e.Code}). {e.Detail}");
            }
        }

        return planned.Count > 0 ? planned : throw first!;
    }

    /// <summary>What is to be read in place of a sequence whose pixels can't be: of those next to it the first that passes the checks; null if none does.</summary>
    /// <param name="unreadable">The sequence.</param>
    /// <param name="reason">Why its pixels can't be read.</param>
    public PlannedSequence? PlanInPlaceOf(PlannedSequence unreadable, RadiomicsException reason)
    {
        log.Refuse(unreadable.Stack, reason);
        return PlanNext(unreadable.InPlaceOf ?? new RefusedStack(unreadable.Stack, reason), unreadable.Next);
    }

    /// <summary>The sequence, or the first of those next to it that can be used. If none can, what is wrong with the sequence itself is thrown.</summary>
    private PlannedSequence PlanFirst(NamedStack named)
    {
        try
        {
            return Plan(named) with { Next = named.Next };
        }
        catch (RadiomicsException reason)
        {
            if (PlanNext(new RefusedStack(named.Stack, reason), named.Next) is not { } planned)
            {
                throw;
            }

            log.Refuse(named.Stack, reason);
            return planned;
        }
    }

    private PlannedSequence? PlanNext(RefusedStack refused, IReadOnlyList<NamedStack> next)
    {
        for (var i = 0; i < next.Count; i++)
        {
            if (TryPlan(next[i]) is { } planned)
            {
                var detail = refused.Replaced(next[i]);
                log.TakeInstead(planned.Stack, detail);
                return planned with { Warnings = [.. planned.Warnings, detail], Next = [.. next.Skip(i + 1)], InPlaceOf = refused };
            }
        }

        return null;
    }

    private PlannedSequence? TryPlan(NamedStack named)
    {
        try
        {
            return Plan(named);
        }
        catch (RadiomicsException)
        {
            return null;
        }
    }

    private PlannedSequence Plan(NamedStack named)
    {
        var own = new List<string>();

        // Before the geometry: what can't be used leaves a gap, which would be blamed on the transfer.
        StackGeometry.EnsureHolds(named.Stack.Slices);
        faults.Ensure(named);
        completeness.EnsurePlaced(named);
        StackGeometry.EnsureHolds(named.Stack.Slices, mostVoxels);
        var (geometry, sorted) = StackGeometry.Build(named.Stack.Slices);
        if (rules.Modality == ImageModality.Ct)
        {
            HounsfieldUnits.Ensure(named.Name, sorted);
        }
        else if (rules is { Modality: ImageModality.Pet, Pet: PetQuantity.SuvBodyWeight })
        {
            sorted = SuvBodyWeight.Of(named.Name, sorted);
        }

        var frame = named.Stack.Series.FrameOfReferenceUid;
        if (frame is null || roi.FrameOfReferenceUid is null)
        {
            own.Add($"{named.Name}: the series or the region of interest has no FrameOfReferenceUID; they were taken to share their coordinates.");
        }
        else if (frame != roi.FrameOfReferenceUid)
        {
            throw new RadiomicsException(
                "FrameOfReferenceMismatch",
                $"The region of interest was drawn in another frame of reference than {named.Name} has. Draw it on this study, or send its registration applied.");
        }

        var (mask, quality) = MaskOn(geometry);
        if (quality is null)
        {
            throw new RadiomicsException("RoiOutsideImage", $"No voxel of {named.Name} lies in the region of interest. Check that it was drawn on this study.");
        }

        completeness.Ensure(named, mask, coverage.ShareOutside(geometry) ?? 0, own);
        rules.RoiLimits?.Ensure(quality, named.Name, own);
        return new PlannedSequence(named.Name, named.Stack, geometry, sorted, mask, quality) { Warnings = own };
    }

    /// <summary>Sequences of one examination mostly share their grid: one mask serves them. Its quality is null if it is empty.</summary>
    private (Mask Mask, RoiQuality? Quality) MaskOn(VolumeGeometry geometry)
    {
        if (_masks.Find(known => known.Mask.Geometry.IsSameGridAs(geometry)) is { Mask: not null } known)
        {
            return (new Mask(geometry, known.Mask.Voxels), known.Quality);
        }

        var mask = roi.Region.Value.OnGrid(geometry);
        var quality = mask.Voxels.AsSpan().Contains((byte)1) ? RoiQuality.Of(mask, roi.Region.Value.ShareOutside(geometry), rules.RoiLimits) : null;
        _masks.Add((mask, quality));
        return (mask, quality);
    }
}
