namespace Radiomics.Extraction;

/// <summary>Filters whole images, without an ROI or any other step of the chain.</summary>
public static class ResponseMaps
{
    /// <summary>The response maps of <paramref name="filter"/>, by IBSI's definitions; of a wavelet one for each of its bands.</summary>
    /// <param name="image">The image; all of its voxels must be finite numbers.</param>
    /// <param name="filter">Which filter.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>The maps on the image's grid, with the names that their features would begin with.</returns>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: the filter's options don't fit each other or this image; <c>NonFiniteVoxels</c>; <c>FilterOutOfRange</c>: a response exceeds the number range; <c>IntensityPrecisionExceeded</c>.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static IReadOnlyList<(string Name, Volume Map)> Of(Volume image, FilterSettings filter, ExtractionOptions? options = null)
    {
        options ??= ExtractionOptions.Default;
        filter.Validate();
        var g = image.Geometry;
        (int X, int Y, int Z) size = (g.SizeX, g.SizeY, g.SizeZ);
        var (lowest, highest) = image.Doubles is { } doubles ? (doubles.Min(), doubles.Max()) : (0, 0);
        var domain = FilterDomain.Of(image.Intensities, size, (g.SpacingX, g.SpacingY, g.SpacingZ), VoxelBox.Whole(size), lowest, highest);
        var names = FilterNames.Of(filter, Conventions.Ibsi);
        var steps = ImageFilter.Steps(filter);
        var maps = new List<(string, Volume)>(names.Length);
        for (var step = 0; step < steps; step++)
        {
            var responses = ImageFilter.Respond(
                filter, Conventions.Ibsi, step, domain, names.Length / steps, count => new float[count], options.MaxThreads, options.Cancellation);
            foreach (var response in responses)
            {
                if (!response.AreFinite())
                {
                    throw ImageFilter.NotFinite(filter, image.Intensities);
                }

                maps.Add((names[maps.Count][..^2], new(g, response, PixelType.Float32)));
            }
        }

        return maps;
    }
}
