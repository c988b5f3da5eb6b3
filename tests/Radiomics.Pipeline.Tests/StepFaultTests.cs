using Azure;

namespace Radiomics.Pipeline.Tests;

public sealed class StepFaultTests
{
    [Fact]
    public async Task Nothing_of_what_a_failing_step_says_is_kept_but_what_kind_of_fault_it_was_and_where()
    {
        var refused = new RequestFailedException(404, "No blob Doe^Jane.zip.", "BlobNotFound", new IOException("Doe^Jane"));
        var fault = await Assert.ThrowsAsync<StepFault>(() => StepResult.OfAsync<string>(() => throw refused));

        Assert.DoesNotContain("Doe", fault.ToString(), StringComparison.Ordinal);
        Assert.Null(fault.InnerException);
        Assert.Empty(fault.Data);
        Assert.Equal("Azure.RequestFailedException (404 BlobNotFound) < System.IO.IOException", fault.Message);
        Assert.Contains(nameof(StepFaultTests), fault.StackTrace, StringComparison.Ordinal);
    }
}
