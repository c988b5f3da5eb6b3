namespace Radiomics.Extraction;

/// <summary>A family whose features are measured on one matrix a direction, or on such matrices merged.</summary>
internal interface IDirectionalFamily
{
    /// <summary>The features that are wanted.</summary>
    Feature[] Features { get; }

    /// <summary>Why there may be no matrix at all.</summary>
    string WithoutMatrix { get; }

    /// <summary>Length of a direction's step, in units of <see cref="Step.Directions"/>.</summary>
    int Distance { get; }

    /// <summary>A matrix for each direction, of these slices.</summary>
    DirectionalMatrix[] Count(ReadOnlySpan<Step> directions, int fromSlice, int toSlice);

    /// <summary>The features of a matrix that isn't empty.</summary>
    /// <param name="matrix">Of one direction, or merged.</param>
    /// <param name="unit">What a matrix element of 1 stands for, where weights were scaled.</param>
    /// <param name="values">One for each of <see cref="Features"/>.</param>
    void Measure(DirectionalMatrix matrix, double unit, Span<double> values);
}
