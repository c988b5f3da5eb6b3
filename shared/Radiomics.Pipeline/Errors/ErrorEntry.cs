namespace Radiomics.Pipeline;

/// <summary>One error code of the product.</summary>
/// <param name="Code">Stable PascalCase code.</param>
/// <param name="Area">Where it is met.</param>
/// <param name="Advice">What to do, as a sentence (or more) in Markdown, for documentation; the sentence of the error itself knows more of the case.</param>
/// <param name="Status">HTTP status where the API answers with it; null where it is only met in records and in the tool.</param>
/// <param name="IsFault">Whether the service (or what it stands on) is to blame, and not what was sent.</param>
public sealed record ErrorEntry(string Code, ErrorArea Area, string Advice, int? Status, bool IsFault);
