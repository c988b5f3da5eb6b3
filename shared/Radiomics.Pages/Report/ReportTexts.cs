namespace Radiomics.Pages.Report;

/// <summary>Names the texts of reports: <c>Resources/Report/ReportTexts.resx</c> in English, <c>.zh.resx</c> in Chinese.</summary>
public sealed class ReportTexts;
