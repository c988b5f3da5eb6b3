namespace Radiomics.Learning;

/// <summary>Version of the learning code.</summary>
public static class LearningVersion
{
    /// <summary>Changes whenever the same inputs may give another model; declared by hand, so that it doesn't depend on a build.</summary>
    public const string Current = "1.0.0";
}
