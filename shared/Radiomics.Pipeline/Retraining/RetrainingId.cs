using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Names a retraining, which is also its orchestration's instance: <c>r-</c> and 32 hex digits.</summary>
public static class RetrainingId
{
    /// <summary>What all begin with.</summary>
    public const string Prefix = "r-";

    private const int Length = 32;

    /// <summary>The retraining that a request stands for: the same cohorts, protocol and way of promotion are the same retraining.</summary>
    /// <param name="center">The center.</param>
    /// <param name="cohorts">Digests of the cohort and of those it is pooled with, in that order, and whatever else decides what comes of it.</param>
    /// <param name="request">What was asked for, without who asked and when.</param>
    public static string OfRequest<T>(string center, IEnumerable<string> cohorts, T request) =>
        Prefix + Digest.OfParts([center, JsonSerializer.Serialize(request, RadiomicsJson.Options), .. cohorts])[..Length];

    /// <summary>The retraining that an Idempotency-Key of a center stands for.</summary>
    public static string OfKey(string center, string key) => Prefix + Digest.OfParts("retraining-key", center, key)[..Length];

    /// <summary>Whether a string has the form of a retraining id.</summary>
    public static bool IsValid(string id) =>
        id.Length == Prefix.Length + Length && id.StartsWith(Prefix, StringComparison.Ordinal) && id.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
