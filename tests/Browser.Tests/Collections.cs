namespace Browser.Tests;

/// <summary>Tests on the open service.</summary>
[CollectionDefinition(nameof(OpenCollection))]
public sealed class OpenCollection : ICollectionFixture<OpenService>;

/// <summary>Tests on the service that asks who is there.</summary>
[CollectionDefinition(nameof(ClosedCollection))]
public sealed class ClosedCollection : ICollectionFixture<ClosedService>;
