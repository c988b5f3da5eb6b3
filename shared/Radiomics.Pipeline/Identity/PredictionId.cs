namespace Radiomics.Pipeline;

/// <summary>Names a prediction, which is also its orchestration's instance: <c>p-</c> and 32 hex digits.</summary>
public static class PredictionId
{
    private const string Prefix = "p-";
    private const int Length = 32;

    /// <summary>The prediction of an upload.</summary>
    public static string OfUpload(string uploadId) => Prefix + Digest.OfParts("prediction", uploadId)[..Length];

    /// <summary>Whether a string has the form of a prediction id.</summary>
    public static bool IsValid(string id) =>
        id.Length == Prefix.Length + Length && id.StartsWith(Prefix, StringComparison.Ordinal) && id.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
