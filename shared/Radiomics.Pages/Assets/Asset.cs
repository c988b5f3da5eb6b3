namespace Radiomics.Pages;

/// <summary>A file that pages load.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Version">Names its content: another content has another.</param>
public sealed record Asset(byte[] Content, string ContentType, string Version);
