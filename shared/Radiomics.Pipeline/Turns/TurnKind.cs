namespace Radiomics.Pipeline;

/// <summary>What there are turns for; each kind has a book of its own.</summary>
public enum TurnKind
{
    /// <summary>A prediction, from ingest to its record.</summary>
    Study,

    /// <summary>A retraining, from planning to its models.</summary>
    Retraining,
}
