using Azure;
using Radiomics.DicomWeb;

namespace Radiomics.Pipeline;

/// <summary>
/// A fault of the service as histories and logs may keep it: what kind it was and where. The texts of the original aren't in it, because they may quote
/// a header's value or a file's name, and either may be a patient's.
/// </summary>
public sealed class StepFault : Exception
{
    private readonly string? _stackTrace;

    private StepFault(Exception original)
        : base(Describe(original)) => _stackTrace = original.StackTrace;

    /// <summary>Where the original was thrown.</summary>
    public override string? StackTrace => _stackTrace;

    /// <summary>Runs something whose exceptions others will keep.</summary>
    /// <exception cref="StepFault">Whatever it throws.</exception>
    public static async Task<T> OfAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e)
        {
            throw Of(e);
        }
    }

    /// <summary>An exception without its texts.</summary>
    public static StepFault Of(Exception e) => e as StepFault ?? new StepFault(e);

    /// <summary>Types of an exception and of those inside it, with status and code of the storage service's and the DICOM service's.</summary>
    public static string Describe(Exception e)
    {
        if (e is StepFault)
        {
            return e.Message;
        }

        var type = e switch
        {
            RequestFailedException refused => $"{e.GetType()} ({refused.Status} {refused.ErrorCode})",
            DicomServiceException refused => $"{e.GetType()} ({refused.Status} {refused.Code})",
            _ => $"{e.GetType()}",
        };
        return e.InnerException is { } inner ? $"{type} < {Describe(inner)}" : type;
    }
}
