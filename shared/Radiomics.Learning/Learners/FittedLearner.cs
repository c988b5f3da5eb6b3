namespace Radiomics.Learning;

/// <summary>What a learner found.</summary>
/// <param name="Form">Scores without ML.NET.</param>
/// <param name="MlNetModel">The model for ML.NET, which takes the standardised vector; null if it wasn't asked for.</param>
internal sealed record FittedLearner(ModelForm Form, byte[]? MlNetModel);
