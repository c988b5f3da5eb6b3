using Azure;
using Radiomics.Dicom;
using Radiomics.Extraction;
using Radiomics.Learning;

namespace Radiomics.Pipeline;

/// <summary>The report of a prediction as pages: gathers what they tell of, once there is memory for the images, and has them made.</summary>
public sealed class ReportPages(BlobStore store, WorkingMemory memory, IDocumentPages pages)
{
    /// <summary>The pages of a prediction whose images and model are stored.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="manifest">Its study; null where it is here no longer.</param>
    /// <param name="card">The card of the model that answered; null for a center without models.</param>
    /// <exception cref="AlteredException">The images aren't those that were stored.</exception>
    public async Task<IReadOnlyList<ReportFile>> OfAsync(Prediction prediction, StudyManifest? manifest, ModelCard? card)
    {
        var subject = new ReportSubject { Prediction = prediction, Manifest = manifest, Card = card };
        if (Drawn(prediction) is not { } drawn || await TryReadAsync(drawn.Roi, stream => NiftiFile.ReadMask(stream)) is not { } roi)
        {
            return await pages.ReportAsync(subject);
        }

        using var taken = await memory.Volumes.TakeAsync((long)roi.Geometry.Count * WorkingMemory.ExtractionBytesPerVoxel);
        var volume = await TryReadAsync(drawn.Volume, stream => NiftiFile.ReadVolume(stream));
        return await pages.ReportAsync(volume is null ? subject : subject with { Images = new(drawn.Name, volume, roi) });
    }

    /// <summary>The pages of a prediction of an earlier version, which has none beside its record, made of what is still here.</summary>
    /// <inheritdoc cref="OfAsync" path="/exception"/>
    public async Task<IReadOnlyList<ReportFile>> AgainAsync(Prediction prediction, StudyManifest? manifest) => await OfAsync(prediction, manifest, await CardAsync(prediction));

    // The sequence that the model read; of a center without models, the first.
    private static PredictionSequence? Drawn(Prediction prediction) => PredictionReports.Measured(prediction).FirstOrDefault();

    private async Task<ModelCard?> CardAsync(Prediction prediction)
    {
        if (prediction is not { Model: { } model, FieldStrength: { } fieldStrength })
        {
            return null;
        }

        try
        {
            var name = ModelRegistry.PackageName(prediction.Center, fieldStrength, model.Version);
            return ModelPackage.Load((await store.ReadCheckedAsync(Containers.Models, name, model.PackageSha256)).ToStream()).Card;
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    private async Task<T?> TryReadAsync<T>(BlobReference image, Func<Stream, T> read)
        where T : class
    {
        try
        {
            return await store.ReadCheckedAsync(Containers.Studies, image.Blob, image.Sha256, read);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            return null;
        }
    }
}
