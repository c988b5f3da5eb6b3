namespace Functions.Tests;

/// <summary>Tests that use the one app.</summary>
[CollectionDefinition(nameof(AppCollection))]
public sealed class AppCollection : ICollectionFixture<App>;
