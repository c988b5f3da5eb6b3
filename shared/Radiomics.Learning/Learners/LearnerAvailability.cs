namespace Radiomics.Learning;

/// <summary>Which learners this machine can train. Scoring needs none of this.</summary>
public static class LearnerAvailability
{
    /// <summary>Why models can't be trained with a learner here; null if they can.</summary>
    public static string? WhyNot(Learner learner) => learner == Learner.LogisticRegression ? null : $"{learner} is not part of this build.";
}
