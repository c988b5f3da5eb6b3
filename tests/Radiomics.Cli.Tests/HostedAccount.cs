namespace Radiomics.Cli.Tests;

/// <summary>The tests that run a host, one at a time, on a storage account of their own: a host takes every upload that it finds.</summary>
[CollectionDefinition(nameof(HostedAccount))]
public sealed class HostedAccount : ICollectionFixture<AzuriteFixture>;
