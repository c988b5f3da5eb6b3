using System.Text.Json.Serialization;

namespace Radiomics.Learning;

/// <summary>
/// What a learner found, in a form that scores without ML.NET: a score is <see cref="Base"/> plus a contribution a feature. Takes standardised values without gaps.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LinearForm), "linear")]
[JsonDerivedType(typeof(TreeForm), "trees")]
public abstract record ModelForm
{
    /// <summary>The score without any feature's contribution.</summary>
    [JsonIgnore]
    public abstract double Base { get; }

    /// <summary>The score on the learner's own scale, larger for the outcome; calibration makes log-odds of it.</summary>
    public abstract double Score(ReadOnlySpan<double> standardised);

    /// <summary>What each feature adds to the score; with <see cref="Base"/> they sum to it.</summary>
    public abstract double[] Contributions(ReadOnlySpan<double> standardised);

    /// <summary>Whether it can score vectors of so many features: every number finite, every index inside.</summary>
    internal abstract bool Fits(int features);
}
