namespace Radiomics.Pipeline;

/// <summary>Fourth step, once per field strength and sequence: the candidates on the training split.</summary>
public sealed class CandidateStep
{
    /// <summary>Trains the candidates; the result is a <see cref="Radiomics.Learning.SequenceTraining"/> in <c>models</c>.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>TooFewCases</c> and others: nothing can be learned from this sequence; the retraining goes on with the others.</exception>
    public Task<BlobReference> TrainAsync(RetrainingRequest request, RetrainingPlan plan, string fieldStrength, string sequence) => throw new InvalidOperationException();
}
