using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Tells what an upload holds: series and regions, without the pixels of images.</summary>
public static class StudyInspector
{
    /// <summary>Reads the upload's headers and regions.</summary>
    /// <exception cref="RadiomicsException">The upload can't be read: codes of <see cref="StudyReader.Read(IStudySource, IngestRules, UidKey, IngestRequest)"/> that are about files.</exception>
    public static StudyContents Read(IStudySource source)
    {
        var instances = StudyIndex.Read(source, []).Instances;
        source.EnsureIntact();
        var series = instances
            .GroupBy(instance => instance.SeriesUid)
            .Select(group => (Instances: group.ToArray(), Stacks: Split([.. group])))
            .OrderBy(one => one.Instances[0].SeriesNumber ?? int.MaxValue)
            .ThenBy(one => one.Instances[0].Entry)
            .ToArray();
        return new(
            [.. series.Select(one => new SeriesInspection
            {
                Number = one.Instances[0].SeriesNumber,
                Kind = DicomUID.Enumerate().FirstOrDefault(known => known.UID == one.Instances[0].SopClassUid)?.Name ?? "unknown",
                Files = one.Instances.Length,
                Volumes = [.. one.Stacks.Select(VolumeInspection.Of)],
            })],
            ReadRegions(new EntryReader(source), instances, [.. series.SelectMany(one => one.Stacks)]));
    }

    private static IReadOnlyList<SliceStack> Split(InstanceHeader[] series) =>
        series.Any(instance => instance.Slices.Count > 0) ? StackSplitter.Split(series) : [];

    private static IReadOnlyList<RegionInspection> ReadRegions(EntryReader reader, IReadOnlyList<InstanceHeader> instances, SliceStack[] stacks)
    {
        var found = new List<RegionInspection>();
        foreach (var instance in instances.Where(instance => SopClasses.IsStructureSet(instance) || SopClasses.IsSegmentation(instance)))
        {
            try
            {
                found.AddRange(RoiFinder.Read(reader, instance).Select(region => Inspect(region, stacks) with { SeriesNumber = instance.SeriesNumber }));
            }
            catch (RadiomicsException e)
            {
                var source = SopClasses.IsStructureSet(instance) ? "RTSTRUCT" : "SEG";
                found.Add(new RegionInspection { Source = source, SeriesNumber = instance.SeriesNumber, Fault = e.Code });
            }
        }

        return [.. found, .. NiftiRegions.Read(reader.Source).Select(region => Inspect(region, stacks))];
    }

    private static RegionInspection Inspect(RegionOfInterest region, SliceStack[] stacks)
    {
        var inspection = new RegionInspection { Source = region.Source, Codes = [.. region.Types.Where(type => type.IsTelling).Select(type => type.ToString())] };
        try
        {
            var shape = region.Region.Value;
            if (LargestGrid(region.FrameOfReferenceUid, stacks) is not (var stack, var grid))
            {
                return inspection;
            }

            var mask = shape.OnGrid(grid);
            return inspection with
            {
                MeasuredOn = stack.Series.SeriesNumber,
                Quality = mask.Voxels.AsSpan().Contains((byte)1) ? RoiQuality.Of(mask, shape.ShareOutside(grid), limits: null) : null,
            };
        }
        catch (RadiomicsException e)
        {
            return inspection with { Fault = e.Code };
        }
    }

    private static (SliceStack Stack, VolumeGeometry Grid)? LargestGrid(string? frameOfReference, SliceStack[] stacks)
    {
        var fitting = stacks
            .Where(stack => frameOfReference is null || stack.Series.FrameOfReferenceUid is null || stack.Series.FrameOfReferenceUid == frameOfReference)
            .OrderByDescending(stack => (long)stack.Slices.Count * stack.First.Rows * stack.First.Columns);
        foreach (var stack in fitting)
        {
            try
            {
                return (stack, StackGeometry.Build(stack.Slices).Geometry);
            }
            catch (RadiomicsException)
            {
                // the next may make one
            }
        }

        return null;
    }
}
