using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The second pass over an upload: pixel data, a sequence per step.</summary>
internal sealed class SequenceReader(
    EntryReader reader,
    UidKey key,
    string roiSource,
    StudyPlanner planner,
    IReadOnlyCollection<string> required,
    ICollection<string> warnings)
{
    /// <summary>
    /// Sequences in the order planned; of one that can't be decoded, the first that can of those that may be taken in its place. One of which none can is left
    /// out unless it is required, or would have been the only one.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// What is wrong with the first of a required sequence's series: <c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>,
    /// <c>UnsupportedPixelFormat</c>, or what <see cref="StudyPlanner.Plan(IReadOnlyList{NamedStack})"/> found.
    /// </exception>
    public IEnumerable<IngestedSequence> Read(IReadOnlyList<PlannedSequence> planned)
    {
        RadiomicsException? last = null;
        var any = false;
        foreach (var sequence in planned)
        {
            if (ReadFirst(sequence, out var refusal) is { } read)
            {
                any = true;
                yield return read;
            }
            else if (required.Contains(sequence.Name))
            {
                throw refusal!;
            }
            else
            {
                last = refusal!;
                Warn($"{sequence.Name} was left out ({last.Code}). {last.Detail}");
            }
        }

        if (!any && last is not null)
        {
            throw last;
        }
    }

    /// <summary>Null if none of the series can be read; the refusal is that of the first.</summary>
    private IngestedSequence? ReadFirst(PlannedSequence planned, out RadiomicsException? refusal)
    {
        refusal = planned.InPlaceOf?.Reason;
        var sequence = planned;
        while (true)
        {
            try
            {
                return Ingested(sequence, VolumeReader.Read(reader, sequence.Geometry, sequence.Sorted));
            }
            catch (RadiomicsException e) when (e.Code is "UnsupportedTransferSyntax" or "UnsupportedPixelFormat" or "PixelDataTruncated")
            {
                refusal ??= e;
                foreach (var untrue in sequence.Warnings)
                {
                    warnings.Remove(untrue);
                }

                if (planner.PlanInPlaceOf(sequence, e) is not { } next)
                {
                    return null;
                }

                sequence = next;
                foreach (var warning in next.Warnings)
                {
                    Warn(warning);
                }
            }
        }
    }

    private IngestedSequence Ingested(PlannedSequence sequence, Volume volume) => new()
    {
        Name = sequence.Name,
        SeriesUid = key.Map(sequence.Stack.Series.SeriesUid),
        SopClassUid = sequence.Stack.Series.SopClassUid,
        Images = [.. sequence.Sorted.Select(slice => slice.SopInstanceUid).Distinct(StringComparer.Ordinal).Select(key.Map)],
        Volume = volume,
        Roi = sequence.Roi,
        RoiSource = roiSource,
        RoiQuality = sequence.RoiQuality,
        Acquisition = FactWhitelist.Of(sequence.Stack),
    };

    /// <summary>Once, however often the sequences are read.</summary>
    private void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }
}
