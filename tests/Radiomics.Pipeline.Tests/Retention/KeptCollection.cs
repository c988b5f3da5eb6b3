namespace Radiomics.Pipeline.Tests.Retention;

/// <summary>Tests that delete: one after the other, since what an account remembers of its last run is one for all.</summary>
[CollectionDefinition(nameof(KeptCollection))]
public sealed class KeptCollection;
