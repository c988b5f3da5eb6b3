namespace Radiomics.Extraction;

/// <summary>
/// Shows maps of PyRadiomics' features, as its voxel-based extraction makes them: of the image and of each response, class by class, so that no more maps are held than a
/// class has features. They cover the ROI's box and the kernel's radius around it, as far as the image goes. Shape has none.
/// </summary>
internal static class VoxelMaps
{
    /// <summary>Makes all maps and shows them, <c>original_glcm_Contrast</c> and so on.</summary>
    public static void Show(IExtractionMaps maps, PyRadiomicsFrame frame, ExtractionSettings settings, ExtractionOptions options)
    {
        var special = settings.PyRadiomics!;
        var radius = special.Voxels!.KernelRadius;
        var box = frame.Roi.Box.Grow(new(radius, radius, radius), frame.Size);
        var mask = ExtractionMaps.Paste(frame.Roi, box);
        var place = frame.Place(box);
        PyRadiomicsClass[] classes = [.. settings.Families.Where(family => family != FeatureFamily.Morphology).Select(PyRadiomicsFeatures.Of)];
        var steps = PyRadiomicsFilters.All(settings).ToList();
        var images = (settings.MeasureOriginal ? 1 : 0) + steps.Sum(step => step.Names.Count);
        long voxels = mask.AsSpan().Count((byte)1);
        var progress = new VoxelProgress(images * voxels * classes.Sum(one => VoxelProgress.CostOf(one.Family)), options.Progress);
        if (settings.MeasureOriginal)
        {
            var original = box.CutFrom(frame.Voxels, VoxelBox.Whole(frame.Size));
            Add("original", AreFinite(original)
                ? new(box, mask, original, settings.Discretisation, frame.Roi, settings)
                : throw new RadiomicsException("NonFiniteVoxels", "The image has voxels near the ROI, where kernels look, that are not a finite number."));
        }

        foreach (var step in steps)
        {
            if (step.Apply(frame, settings, options.Cancellation, box) is not { } responses)
            {
                // Too small an image for this filter, of which PyRadiomics has no map either.
                Array.ForEach(classes, one => progress.Add(one.Family, step.Names.Count * voxels));
                continue;
            }

            var bins = step.Filter.Discretisation ?? settings.FilterDiscretisation;
            for (var i = 0; i < responses.Length; i++)
            {
                Add(step.Names[i], AreFinite(responses[i]) ? new(box, mask, responses[i], bins, frame.Roi, settings)
                    : step.MayBeUndefined && frame.Voxels.AreFinite() ? null
                    : throw ImageFilter.NotFinite(step.Filter, frame.Voxels));
            }
        }

        // Whether what kernels can see of an image are numbers.
        bool AreFinite(Intensities intensities)
        {
            for (var i = 0; i < mask.Length; i++)
            {
                if ((mask[i] != 0 || !special.Voxels.MaskedKernel) && !double.IsFinite(intensities[i]))
                {
                    return false;
                }
            }

            return true;
        }

        void Add(string name, VoxelImage? image)
        {
            foreach (var one in classes)
            {
                if (image is null)
                {
                    // No grey levels, no features: one map is as good as the other.
                    var undefined = ClassMaps.Empty(box, special);
                    for (var i = 0; i < mask.Length; i++)
                    {
                        undefined[i] = mask[i] != 0 ? float.NaN : undefined[i];
                    }

                    foreach (var feature in KernelSink.Names(one, special))
                    {
                        maps.Add($"{name}_{one.Name}_{feature}", new Volume(place, undefined));
                    }

                    progress.Add(one.Family, voxels);
                    continue;
                }

                var made = ClassMaps.Of(image, one, options.MaxThreads, progress, options.Cancellation);
                for (var i = 0; i < made.Names.Length; i++)
                {
                    options.Cancellation.ThrowIfCancellationRequested();
                    maps.Add($"{name}_{one.Name}_{made.Names[i]}", new Volume(place, made.Values[i]));
                }
            }
        }
    }
}
