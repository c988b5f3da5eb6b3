namespace Radiomics.Extraction;

/// <summary>A linear change of intensities: <c>(x − Shift) / Scale</c>.</summary>
internal readonly record struct Normalisation(double Shift, double Scale)
{
    /// <summary>Finds the change that <paramref name="method"/> asks for; null if none. A constant image or ROI becomes all zero.</summary>
    /// <exception cref="RadiomicsException"><c>NonFiniteVoxels</c>.</exception>
    public static Normalisation? Find(NormalisationMethod method, Volume image, Mask roi) => method switch
    {
        NormalisationMethod.ZScoreImage => ZScore(image.Voxels, null),
        NormalisationMethod.ZScoreRoi => ZScore(image.Voxels, roi.Voxels),
        _ => null,
    };

    /// <summary>The normalised intensity.</summary>
    public float Apply(float value) => (float)((value - Shift) / Scale);

    /// <summary>Two passes: the mean, then the squares of what is left, so that nothing cancels.</summary>
    private static Normalisation ZScore(float[] voxels, byte[]? mask)
    {
        double sum = 0;
        long count = 0;
        for (var i = 0; i < voxels.Length; i++)
        {
            if (mask is null || mask[i] != 0)
            {
                sum += voxels[i];
                count++;
            }
        }

        var mean = sum / count;
        double squares = 0;
        for (var i = 0; i < voxels.Length; i++)
        {
            if (mask is null || mask[i] != 0)
            {
                var d = voxels[i] - mean;
                squares += d * d;
            }
        }

        var deviation = Math.Sqrt(squares / count);
        if (!double.IsFinite(deviation))
        {
            throw new RadiomicsException("NonFiniteVoxels", "The image has voxels that are not a finite number, so it can't be normalised.");
        }

        return new(mean, deviation > 0 ? deviation : 1);
    }
}
