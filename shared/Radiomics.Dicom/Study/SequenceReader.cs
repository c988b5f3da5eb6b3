using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>The second pass over an upload: pixel data, a sequence per step.</summary>
internal sealed class SequenceReader(
    EntryReader reader,
    UidKey key,
    string roiSource,
    IReadOnlyCollection<string> required,
    ICollection<string> warnings)
{
    /// <summary>
    /// Sequences in the order planned. One that isn't required and can't be decoded is left out, unless it would have been the only one.
    /// </summary>
    /// <exception cref="RadiomicsException">
    /// <c>PixelDataTruncated</c>, <c>UnsupportedTransferSyntax</c>, <c>UnsupportedPixelFormat</c>.
    /// </exception>
    public IEnumerable<IngestedSequence> Read(IReadOnlyList<PlannedSequence> planned)
    {
        RadiomicsException? last = null;
        var any = false;
        foreach (var sequence in planned)
        {
            Volume volume;
            try
            {
                volume = VolumeReader.Read(reader, sequence.Geometry, sequence.Sorted);
            }
            catch (RadiomicsException e) when (e.Code is "UnsupportedTransferSyntax" or "UnsupportedPixelFormat" or "PixelDataTruncated" && !required.Contains(sequence.Name))
            {
                last = e;
                warnings.Add($"{sequence.Name} was left out ({e.Code}). {e.Detail}");
                continue;
            }

            any = true;
            yield return new IngestedSequence
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
        }

        if (!any && last is not null)
        {
            throw last;
        }
    }
}
