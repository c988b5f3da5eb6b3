namespace Functions.Tests.InMemory;

/// <summary>Tests that use the one hub in memory.</summary>
[CollectionDefinition(nameof(InMemoryCollection))]
public sealed class InMemoryCollection : ICollectionFixture<InMemoryHub>;
