using System.Globalization;
using Radiomics.Learning;
using Radiomics.Pipeline;
using Spectre.Console;

namespace Radiomics.Cli.Output;

/// <summary>One study of the demonstration.</summary>
/// <param name="Center">Center it was sent for.</param>
/// <param name="FieldStrength">Class of the field strength that ingest found.</param>
/// <param name="Sequence">Sequence that the model read.</param>
/// <param name="Model"><c>{center}/{fieldStrength}/{version}</c>, where its package lies in the container <c>models</c>.</param>
/// <param name="Probability">What the model says, in [0,1].</param>
/// <param name="Decision">The decision at the model's threshold.</param>
/// <param name="Seconds">From the end of the upload to the prediction.</param>
/// <param name="Blob">The prediction record: container and name.</param>
public sealed record DemonstrationStudy(
    string Center, string FieldStrength, string Sequence, string Model, double Probability, PredictionDecision Decision, double Seconds, string Blob);

/// <summary>What the demonstration found.</summary>
/// <param name="Studies">In order of upload.</param>
/// <param name="Chains">The audit trails, of the centers and of <c>_system</c>.</param>
public sealed record DemonstrationResult(IReadOnlyList<DemonstrationStudy> Studies, IReadOnlyList<AuditVerification> Chains)
{
    /// <summary>Whether every center has an audit trail, and all are intact.</summary>
    public bool AuditIntact => Studies.All(study => Chains.Any(chain => chain.Center == study.Center)) && Chains.All(chain => chain is { Intact: true, Events: > 0 });

    /// <summary>Writes a table and sentences, or the JSON.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(new { Studies, AuditIntact });
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("center", "field", "sequence", "model", "probability", "decision", "seconds");
        foreach (var study in Studies)
        {
            table.AddRow(
                study.Center,
                study.FieldStrength,
                study.Sequence,
                study.Model,
                study.Probability.ToString("F3", CultureInfo.InvariantCulture),
                study.Decision.ToString().ToLowerInvariant(),
                study.Seconds.ToString("F1", CultureInfo.InvariantCulture));
        }

        terminal.Show(table);
        foreach (var chain in Chains)
        {
            terminal.WriteLine(chain.BrokenAt is { } at
                ? $"Audit trail of {Name(chain)}: BROKEN at {at}"
                : $"Audit trail of {Name(chain)}: intact, {chain.Events} events.");
        }

        terminal.WriteLine(ModelCard.DemonstrationNotice);
    }

    private static string Name(AuditVerification chain) => chain.Center == Containers.System ? "what belongs to no center" : $"center {chain.Center}";
}
