using System.Globalization;
using Azure;

namespace Radiomics.DicomWeb.Http;

/// <summary>What the service's answers mean: the statuses of its conformance statement and of PS3.18 section 8.5.</summary>
internal static class Answers
{
    /// <summary>The error that an answer is.</summary>
    public static DicomServiceException Error(Response response, DicomRoute route) => response.Status switch
    {
        404 when route.NotFound != "DicomServiceRefused" => new(route.NotFound, NotFound(route.NotFound)) { Status = 404 },
        424 => new("DicomServiceDependencyFailed", "The DICOM service can't use the storage or key that it depends on; check its identity and their network.")
        {
            Status = 424,
            IsPassing = true,
            RetryAfter = RetryAfter(response),
        },
        408 or 425 or 429 or 500 or 502 or 503 or 504 => new(
            "DicomServiceUnavailable", $"The DICOM service is busy or unavailable (status {response.Status}); try again later.")
        {
            Status = response.Status,
            IsPassing = true,
            RetryAfter = RetryAfter(response),
        },
        var status => new("DicomServiceRefused", Refusal(status)) { Status = status },
    };

    /// <summary>No answer came.</summary>
    public static DicomServiceException NoAnswer(Exception e) =>
        new("DicomServiceUnavailable", "The DICOM service doesn't answer; check its address and the network.", e) { IsPassing = true };

    /// <summary>An answer broke off while it was being read. What came before it may have been used already, so that only the caller can start over.</summary>
    public static DicomServiceException Interrupted(int status, Exception e) =>
        new("DicomServiceInterrupted", "The DICOM service's answer broke off before its end; ask again from the start.", e) { Status = status, IsPassing = true };

    /// <summary>An answer isn't what the standard says.</summary>
    public static DicomServiceException Unreadable(int status, string what, Exception? e = null) =>
        new("DicomServiceAnswerUnreadable", $"The DICOM service's answer can't be read: {what}.", e) { Status = status };

    /// <summary>The pause that an answer asks for (RFC 9110 section 10.2.3).</summary>
    public static TimeSpan? RetryAfter(Response response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var value))
            return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time - DateTimeOffset.UtcNow is { Ticks: > 0 } pause
            ? pause
            : null;
    }

    private static string NotFound(string code) => code switch
    {
        "StudyNotFound" => "The DICOM service has no such study, or no longer.",
        "SeriesNotFound" => "The DICOM service has no such series, or no longer.",
        _ => "The DICOM service has no such instance, or no longer.",
    };

    private static string Refusal(int status) => status switch
    {
        >= 300 and < 400 => $"The address leads elsewhere (status {status}), where nobody has allowed to go; set the DICOM service's own address.",
        400 => "The DICOM service doesn't accept the request (status 400): check version and partition, what is searched for, and that what is stored is DICOM.",
        401 or 403 => $"The DICOM service refuses the access (status {status}); give this service's identity the role DICOM Data Reader, or DICOM Data Owner to store.",
        404 => "There is no DICOM service of this version or partition at the address (status 404).",
        406 => "The DICOM service can't give the objects in the form they are asked for (status 406).",
        413 => "The request is larger than the DICOM service takes (status 413).",
        415 => "The DICOM service doesn't take the form in which objects are sent (status 415).",
        _ => $"The DICOM service refuses the request (status {status}).",
    };
}
