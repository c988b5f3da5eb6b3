using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

/// <summary>The 33 response maps of IBSI-2 phase 1, a test each.</summary>
public class Ibsi2MapTests
{
    public static IEnumerable<TheoryDataRow<string>> Ids() => FilterTest.All.Select(test => new TheoryDataRow<string>(test.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_voxel_of_a_response_map_differs_by_more_than_a_hundredth_of_the_references_range(string id)
    {
        var test = FilterTest.All.Single(t => t.Id == id);
        TestData.Require(test.ReferenceFile);
        var comparison = MapComparison.Of(test.Respond(ReadPhantom(test.PhantomFile), ExtractionOptions.Default), ReadPhantom(test.ReferenceFile));
        Assert.True(comparison.Tolerances <= 1, comparison.Sentence);
        Assert.Equal(comparison.Voxels, comparison.Within);
    }

    [Fact]
    public void Every_response_map_of_the_consortium_has_a_test()
    {
        var folder = TestData.Require("ibsi2/response_maps");
        Assert.Equal(
            Directory.EnumerateFiles(folder, "*.nii.gz").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            FilterTest.All.Select(t => Path.GetFileName(t.ReferenceFile)).Order(StringComparer.Ordinal));
    }

    private static Volume ReadPhantom(string path)
    {
        using var file = File.OpenRead(TestData.Require(path));
        return NiftiFile.ReadVolume(file);
    }
}
