using System.Security.Cryptography;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Inspect;

/// <summary>Reads a study as each center would.</summary>
/// <param name="source">Its files.</param>
/// <param name="previews">Draws the sequences; null if nobody wants pictures.</param>
internal sealed class StudyInspection(IStudySource source, PreviewFolder? previews)
{
    // No UID leaves this command, so a key of the moment does.
    private readonly UidKey _key = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Series and regions, and what the centers make of them.</summary>
    /// <exception cref="RadiomicsException">The upload can't be read at all.</exception>
    public InspectionReport Run(IEnumerable<CenterProfile> profiles, CancellationToken cancellation)
    {
        var contents = StudyInspector.Read(source);
        return new(
            InspectionReport.CurrentSchemaVersion,
            contents.Series,
            contents.Regions,
            [.. profiles.Select(profile => Inspect(profile, cancellation))]);
    }

    private CenterInspection Inspect(CenterProfile profile, CancellationToken cancellation)
    {
        var request = new IngestRequest { RequiredSequenceByFieldStrength = profile.Models };
        IngestedStudy? study = null;
        try
        {
            study = StudyReader.Read(source, profile.Ingest, _key, request);
            var sequences = study.Sequences.Select(sequence => Inspect(profile.Center, sequence, cancellation)).ToArray();
            return Of(profile, study.Selection) with
            {
                Outcome = study.RequiredSequence is null ? CenterOutcome.Features : CenterOutcome.Predicted,
                Sequences = sequences,
                Warnings = [.. study.Warnings],
            };
        }
        catch (RadiomicsException e)
        {
            // A study whose pixels can't be read has its series chosen all the same.
            var selection = study?.Selection ?? StudyReader.Inspect(source, profile.Ingest, request);
            return Of(profile, selection) with { Outcome = CenterOutcome.Refused, Error = new(e.Code, e.Detail) };
        }
    }

    private SequenceInspection Inspect(string center, IngestedSequence sequence, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var inspected = SequenceInspection.Of(sequence);
        return inspected with { Preview = previews?.Draw(center, inspected, sequence) };
    }

    private static CenterInspection Of(CenterProfile profile, SelectionReport report) => new()
    {
        Center = profile.Center,
        Outcome = CenterOutcome.Features,
        FieldStrength = report.FieldStrength,
        MagneticFieldStrength = report.MagneticFieldStrength,
        ModelSequence = report.RequiredSequence,
        Selection = [.. report.Series.Select(finding => SelectionInspection.Of(finding, profile.Ingest))],
        Warnings = report.Warnings,
    };
}
