using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>An instance takes nothing more in for the moment.</summary>
/// <param name="retryAfter">Seconds after which it is to be tried again.</param>
public sealed class BusyException(int retryAfter) : RadiomicsException(
    BusyCode,
    $"The service has as much under way as it can hold, and didn't read the body. Send the same again after {retryAfter} seconds; what was accepted before goes on.")
{
    /// <summary>The code.</summary>
    public const string BusyCode = "ServiceBusy";

    /// <summary>Seconds after which it is to be tried again.</summary>
    public int RetryAfter { get; } = retryAfter;
}
