using Azure;
using Radiomics.DicomWeb;

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

    [Fact]
    public async Task What_a_dicom_service_cannot_do_now_is_a_fault_and_what_it_refuses_is_an_answer()
    {
        var busy = new DicomServiceException("DicomServiceUnavailable", "Later.") { Status = 503, IsPassing = true };
        var gone = new DicomServiceException("StudyNotFound", "No longer there.") { Status = 404 };

        var fault = await Assert.ThrowsAsync<StepFault>(() => StepResult.OfAsync<string>(() => throw busy));
        var refused = await StepResult.OfAsync<string>(() => throw gone);

        Assert.Equal("Radiomics.DicomWeb.DicomServiceException (503 DicomServiceUnavailable)", fault.Message);
        Assert.Equal("StudyNotFound", refused.Error?.Code);
    }
}
