using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Learning;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Orchestrations;

namespace RadiomicsFunctions.Retraining;

/// <summary>Starts retrainings, each once, however often it is asked for.</summary>
public sealed class RetrainingStarter(
    CenterProfiles profiles, CohortStore cohorts, RetrainingStore retrainings, IdempotencyKeys keys, PurgedInstances purged, ILogger<RetrainingStarter> logger)
{
    /// <summary>Starts the retraining that is ordered, unless there is one. One that ended with an error starts over: what was missing may be there now.</summary>
    /// <param name="client">The Durable client.</param>
    /// <param name="center">The center whose models are trained.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="key">The order's Idempotency-Key; null: the order itself says which retraining it is.</param>
    /// <param name="caller">Who orders; must have the right to read at every center of the pool.</param>
    /// <returns>The retraining's id.</returns>
    /// <exception cref="RadiomicsException"><c>UnknownCenter</c>, <c>CohortUnknown</c>, <c>InvalidProtocol</c>, <c>InvalidRequest</c>, <c>IdempotencyKeyReused</c>, <c>RightMissing</c>.</exception>
    public async Task<string> StartAsync(DurableTaskClient client, string center, RetrainingOrder order, string? key, Caller caller)
    {
        var profile = profiles.Get(center);
        order.Check(profile);
        var cohort = await PinAsync(center, order.Cohort!);
        List<BlobReference> pool = [];
        foreach (var name in order.Pool)
        {
            var (owner, cohortName) = RetrainingOrder.SplitPooled(name);
            caller.Require(owner, Right.Read);
            profiles.Get(owner);
            pool.Add(await PinAsync(owner, cohortName));
        }

        string[] digests = [cohort.Sha256, .. pool.Select(pooled => pooled.Sha256)];
        var asked = RetrainingId.OfRequest(center, digests, order);
        string id;
        if (key is null)
        {
            // Under another profile or engine the same order is another retraining.
            id = RetrainingId.OfRequest(center, [.. digests, profiles.Digest(center), FeatureExtractor.EngineVersion, LearningVersion.Current], order);
        }
        else
        {
            id = RetrainingId.OfKey(center, key);
            await keys.ClaimAsync(center, $"retraining {key}", asked, asked, id);
        }

        var existing = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        var final = await retrainings.TryGetAsync(center, id);
        if (key is not null && IsOther(existing?.TryReadInput<RetrainingRequest>(), final, asked, cohort))
        {
            throw IdempotencyKeys.Reused();
        }

        if (IsSettled(existing, final))
        {
            logger.RetrainingExists(id);
            return id;
        }

        var request = new RetrainingRequest
        {
            Id = id,
            Center = center,
            Cohort = cohort.Blob,
            CohortSha256 = cohort.Sha256,
            FieldStrengths = order.FieldStrengths,
            Pool = order.Pool,
            Protocol = order.Protocol,
            Promotion = order.Promotion,
            Order = key is null ? null : asked,
            Actor = caller.Name,
            Run = await purged.NextRunAsync(id, existing?.LastUpdatedAt),
            TakesTurns = true,
        };
        request = request with { Outcome = order.Outcome ?? request.Outcome, IntendedUse = order.IntendedUse ?? request.IntendedUse };
        if (await StartOnce.StartAsync(client, nameof(RetrainCenter), id, request, StartOnce.UnderWay))
        {
            logger.RetrainingStarted(id, center);
        }
        else
        {
            logger.RetrainingExists(id);
        }

        return id;
    }

    private async Task<BlobReference> PinAsync(string center, string name) => await cohorts.TryPinAsync(center, name)
        ?? throw new RadiomicsException("CohortUnknown", $"Center {center} has no cohort '{name}'. Send it first: PUT …/centers/{center}/cohorts/{name}.");

    // What was made under a key says what was ordered; what is older, from which cohort at least.
    private static bool IsOther(RetrainingRequest? request, RetrainingStatus? final, string asked, BlobReference cohort) =>
        (request?.Order ?? final?.Order) is { } order ? order != asked
        : (request?.CohortSha256 ?? final?.Record?.Cohort.Sha256) is { } sha256 && sha256 != cohort.Sha256;

    // The history may have been purged; the record outlives it.
    private static bool IsSettled(OrchestrationMetadata? existing, RetrainingStatus? final) =>
        (existing is not null && StartOnce.UnderWay.Contains(existing.RuntimeStatus)) || final is { Error: null };
}
