namespace Radiomics.Extraction;

/// <summary>A filter along one axis: <c>response[i] = Σ Weights[t] · image[i + First + t]</c>.</summary>
internal sealed class Taps
{
    /// <param name="weights">In the order of the image's voxels.</param>
    /// <param name="first">Where the first weight lies, relative to the response.</param>
    public Taps(double[] weights, int first)
    {
        Exact = weights;
        Weights = Array.ConvertAll(weights, w => (float)w);
        First = first;
        foreach (var weight in weights)
        {
            Sum += weight;
        }
    }

    /// <summary>The weights as they are applied.</summary>
    public float[] Weights { get; }

    /// <summary>The weights before rounding.</summary>
    public double[] Exact { get; }

    public int First { get; }

    /// <summary>The response to an image of ones.</summary>
    public double Sum { get; }

    public int Count => Weights.Length;
}
