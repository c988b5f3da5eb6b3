using System.Globalization;
using Radiomics.Cli.Conformance;

namespace Radiomics.Extraction.Tests;

internal static class ReferenceAssert
{
    /// <summary>Fails if <paramref name="computed"/> isn't this value.</summary>
    public static void AssertMatches(this ReferenceValue reference, double? computed)
    {
        Assert.NotNull(computed);
        Assert.True(
            reference.DeviationOf(computed) <= 1,
            string.Create(CultureInfo.InvariantCulture, $"{reference.Tag}: computed {computed.Value:R}, reference {reference.Text} ± {reference.Tolerance}"));
    }
}
