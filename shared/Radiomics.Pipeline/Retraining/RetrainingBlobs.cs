using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>What a retraining keeps in <c>models</c> below <c>{center}/retrainings/</c>; everything but the record is written once.</summary>
public sealed class RetrainingBlobs(BlobStore store)
{
    /// <summary>Name of the final record.</summary>
    public static string RecordName(string center, string id) => $"{center}/retrainings/{id}.json";

    /// <summary>Name of a part, e.g. <c>plan</c>.</summary>
    public static string Name(RetrainingRequest request, string part) => $"{request.Center}/retrainings/{request.Id}/{part}.json";

    /// <summary>What the names of all blobs of a retraining begin with, its record's too.</summary>
    internal static string FolderName(string center, string id) => $"{center}/retrainings/{id}";

    /// <summary>Name of the plan of a retraining.</summary>
    internal static string PlanName(string center, string id) => $"{center}/retrainings/{id}/plan.json";

    /// <summary>Whether a blob of <c>models</c> is a retraining's plan.</summary>
    internal static bool IsPlan(string blob) => blob.Split('/') is [_, "retrainings", _, "plan.json"];

    /// <summary>Stores a part, unless an earlier run has: then that one stands.</summary>
    public async Task<BlobReference> KeepAsync<T>(RetrainingRequest request, string part, T value)
    {
        var json = BlobStore.Json(value);
        var name = Name(request, part);
        return await store.WriteOnceAsync(Containers.Models, name, json)
            ? new(name, Digest.Of(json))
            : (await TryFindAsync(request, part))!;
    }

    /// <summary>A reference to a part; null if it isn't there.</summary>
    public async Task<BlobReference?> TryFindAsync(RetrainingRequest request, string part)
    {
        var name = Name(request, part);
        return await store.TryReadAsync(Containers.Models, name) is { } blob ? new(name, Digest.Of(blob.Content)) : null;
    }

    /// <summary>A part; null if it isn't there.</summary>
    public Task<T?> TryReadAsync<T>(RetrainingRequest request, string part)
        where T : class =>
        store.TryReadJsonAsync<T>(Containers.Models, Name(request, part));

    /// <summary>A part by its reference.</summary>
    public async Task<T> ReadAsync<T>(BlobReference part) =>
        BlobStore.Parse<T>(await store.ReadCheckedAsync(Containers.Models, part.Blob, part.Sha256));

    /// <summary>The plan, for a step that carries it out.</summary>
    /// <exception cref="RadiomicsException"><c>ServiceUpdated</c>: another engine or learning code made it; one retraining never mixes what two made.</exception>
    public async Task<PlanDocument> PlanAsync(RetrainingPlan plan)
    {
        var document = await ReadAsync<PlanDocument>(plan.Plan);
        return document.EngineVersion == FeatureExtractor.EngineVersion && document.LearningVersion == LearningVersion.Current
            ? document
            : throw new RadiomicsException("ServiceUpdated", "The service was updated while this retraining ran, and computes otherwise now. Ask for the retraining again.");
    }
}
