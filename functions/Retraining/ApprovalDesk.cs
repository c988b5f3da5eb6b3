using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace RadiomicsFunctions.Retraining;

/// <summary>Hands a person's decision on to the retraining that waits for it.</summary>
public sealed class ApprovalDesk(RetrainingQuery query, ILogger<ApprovalDesk> logger)
{
    /// <summary>Raises the external event. Returns the retraining as it was when it waited.</summary>
    /// <param name="client">The Durable client.</param>
    /// <param name="center">Center of the retraining.</param>
    /// <param name="id">The retraining.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="actor">Who hands it in, for the audit.</param>
    /// <exception cref="RadiomicsException"><c>RetrainingNotFound</c>, <c>NothingToApprove</c>, <c>FieldStrengthMissing</c>, <c>OtherModelWaits</c>, <c>InvalidRequest</c>, <c>DecisionIncomplete</c>.</exception>
    public async Task<RetrainingStatus> DecideAsync(DurableTaskClient client, string center, string id, ApprovalDecision decision, string actor, CancellationToken cancellation)
    {
        var approved = decision.Approved ?? throw new RadiomicsException("InvalidRequest", "'approved' must be true or false.");
        ModelPromotions.RequireDecision(decision.Name, decision.Reason);
        var status = await query.TryGetAsync(client, center, id, cancellation)
            ?? throw new RadiomicsException("RetrainingNotFound", "This center has no retraining of this id.");
        var model = Choose(status.Progress?.Waiting ?? [], decision.FieldStrength);
        if (decision.Version is { } seen && seen != model.Version)
        {
            throw new RadiomicsException("OtherModelWaits", $"The model that waits for {model.FieldStrength} is version {model.Version}. Look at its card and decide again.");
        }

        try
        {
            await client.RaiseEventAsync(id, Approval.EventOf(model.FieldStrength), new Approval(approved, decision.Name!.Trim(), decision.Reason!.Trim(), actor), cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // What an instance that has just ended makes of an event differs between versions of the host.
            if (await query.TryGetAsync(client, center, id, cancellation) is { Status: RetrainingState.WaitingForApproval })
            {
                throw;
            }

            throw NothingToApprove();
        }

        logger.DecisionHandedOn(id, model.FieldStrength);
        return status;
    }

    private static WaitingModel Choose(IReadOnlyList<WaitingModel> waiting, string? fieldStrength)
    {
        if (fieldStrength is not null)
        {
            return waiting.FirstOrDefault(model => model.FieldStrength == fieldStrength) ?? throw NothingToApprove();
        }

        return waiting.Count switch
        {
            0 => throw NothingToApprove(),
            1 => waiting[0],
            _ => throw new RadiomicsException(
                "FieldStrengthMissing", $"Models for {string.Join(" and ", waiting.Select(model => model.FieldStrength))} wait: say with 'fieldStrength' which one this is about."),
        };
    }

    private static RadiomicsException NothingToApprove() =>
        new("NothingToApprove", "No such model of this retraining waits for a decision: it isn't ready yet, has been decided about, or its time is over.");
}

/// <summary>Body of <c>POST …/approval</c>.</summary>
/// <param name="Approved">The decision.</param>
/// <param name="Name">Who decides.</param>
/// <param name="Reason">Why.</param>
/// <param name="FieldStrength">Which model; may be left out where one alone waits.</param>
/// <param name="Version">The version that was looked at; if given, no other is decided about.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApprovalDecision(bool? Approved, string? Name, string? Reason, string? FieldStrength, string? Version);
