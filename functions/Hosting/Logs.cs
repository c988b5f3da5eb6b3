using Microsoft.Extensions.Logging;

namespace RadiomicsFunctions.Hosting;

/// <summary>Every line that the functions log: ids and codes, never names, nor the texts of exceptions, which may quote some.</summary>
internal static partial class Logs
{
    [LoggerMessage(100, LogLevel.Information, "Prediction {PredictionId} started for upload {UploadId} of center {Center}.")]
    public static partial void PredictionStarted(this ILogger logger, string predictionId, string uploadId, string center);

    [LoggerMessage(101, LogLevel.Information, "Prediction {PredictionId} exists already; upload {UploadId} starts nothing.")]
    public static partial void PredictionExists(this ILogger logger, string predictionId, string uploadId);

    [LoggerMessage(102, LogLevel.Information, "A completed upload was announced and is no longer there.")]
    public static partial void UploadGone(this ILogger logger);

    [LoggerMessage(103, LogLevel.Warning, "The containers could not be made yet: {Fault}\n{StackTrace}")]
    public static partial void StorageNotPrepared(this ILogger logger, string fault, string? stackTrace);

    [LoggerMessage(110, LogLevel.Information, "Prediction {PredictionId}: {Sequences} sequences found.")]
    public static partial void StudyIngested(this ILogger logger, string predictionId, int sequences);

    [LoggerMessage(111, LogLevel.Information, "Prediction {PredictionId} succeeded.")]
    public static partial void PredictionSucceeded(this ILogger logger, string predictionId);

    [LoggerMessage(112, LogLevel.Warning, "Prediction {PredictionId} failed: {Code}.")]
    public static partial void PredictionFailed(this ILogger logger, string predictionId, string code);

    [LoggerMessage(113, LogLevel.Error, "Prediction {PredictionId}: the step {Step} failed for good: {Fault}")]
    public static partial void StepFailed(this ILogger logger, string predictionId, string step, string fault);

    [LoggerMessage(104, LogLevel.Information, "Retention: {Things} things are older than their periods; deleted: {Deleted}. {Counts}")]
    public static partial void RetentionRan(this ILogger logger, int things, bool deleted, string counts);

    [LoggerMessage(105, LogLevel.Warning, "Retention: {Unannounced} complete uploads are over and stay, since no prediction of them was begun: send them again or name them to POST predictions. {Unreadable} blobs can't be read and stay; {Stayed} things were written meanwhile and stay.")]
    public static partial void RetentionLeft(this ILogger logger, int unannounced, int unreadable, int stayed);

    [LoggerMessage(106, LogLevel.Warning, "Retention: instance {InstanceId} hasn't ended since {Since:O} (suspended: {Suspended}); while it runs, no study and no features of these centers are deleted: {Centers}.")]
    public static partial void RetentionHeldUp(this ILogger logger, string instanceId, DateTimeOffset since, bool suspended, string centers);

    [LoggerMessage(107, LogLevel.Warning, "Retention: the input of instance {InstanceId} can't be read ({Fault}); its history stays.")]
    public static partial void InstanceUnreadable(this ILogger logger, string instanceId, string fault);

    [LoggerMessage(108, LogLevel.Error, "Retention failed: {Fault}")]
    public static partial void RetentionFailed(this ILogger logger, string fault);

    [LoggerMessage(120, LogLevel.Error, "The request failed: {Fault}\n{StackTrace}")]
    public static partial void RequestFailed(this ILogger logger, string fault, string? stackTrace);

    [LoggerMessage(121, LogLevel.Error, "The service is not healthy: {Fault}\n{StackTrace}")]
    public static partial void Unhealthy(this ILogger logger, string fault, string? stackTrace);

    [LoggerMessage(122, LogLevel.Warning, "Nobody is asked who they are: every caller may do everything, since the setting Radiomics__Auth__Required is false.")]
    public static partial void OpenToEverybody(this ILogger logger);

    [LoggerMessage(123, LogLevel.Warning, "A caller was refused who came with credentials of the kind {Scheme}: {Kind}.")]
    public static partial void CredentialsRefused(this ILogger logger, string scheme, string kind);

    [LoggerMessage(124, LogLevel.Warning, "Not ready: {Check} ({Fault}).")]
    public static partial void NotReady(this ILogger logger, string check, string fault);

    [LoggerMessage(125, LogLevel.Error, "The issuer of tokens doesn't tell its keys: {Fault}")]
    public static partial void IssuerUnreachable(this ILogger logger, string fault);

    [LoggerMessage(126, LogLevel.Warning, "Requests with bodies are refused (429), for want of {Kind}; this is said once, until none has been for a minute.")]
    public static partial void BodiesRefused(this ILogger logger, string kind);

    [LoggerMessage(128, LogLevel.Critical, "ALTERED: {Fault}")]
    public static partial void Altered(this ILogger logger, string fault);

    [LoggerMessage(130, LogLevel.Information, "Retraining {RetrainingId} started for center {Center}.")]
    public static partial void RetrainingStarted(this ILogger logger, string retrainingId, string center);

    [LoggerMessage(131, LogLevel.Information, "Retraining {RetrainingId} exists already; the request starts nothing.")]
    public static partial void RetrainingExists(this ILogger logger, string retrainingId);

    [LoggerMessage(132, LogLevel.Information, "Retraining {RetrainingId}: {Groups} field strengths to train models for.")]
    public static partial void RetrainingPlanned(this ILogger logger, string retrainingId, int groups);

    [LoggerMessage(133, LogLevel.Information, "Retraining {RetrainingId}: {Models} models made, {Promoted} promoted.")]
    public static partial void RetrainingPublished(this ILogger logger, string retrainingId, int models, int promoted);

    [LoggerMessage(134, LogLevel.Warning, "Retraining {RetrainingId} failed: {Code}.")]
    public static partial void RetrainingFailed(this ILogger logger, string retrainingId, string code);

    [LoggerMessage(135, LogLevel.Error, "Retraining {RetrainingId}: the step {Step} failed for good: {Fault}")]
    public static partial void RetrainingStepFailed(this ILogger logger, string retrainingId, string step, string fault);

    [LoggerMessage(136, LogLevel.Information, "Retraining {RetrainingId}: a decision about {FieldStrength} was handed on.")]
    public static partial void DecisionHandedOn(this ILogger logger, string retrainingId, string fieldStrength);

    [LoggerMessage(140, LogLevel.Information, "Wait {WaitId} started for a study of center {Center}.")]
    public static partial void WaitStarted(this ILogger logger, string waitId, string center);

    [LoggerMessage(141, LogLevel.Warning, "{Events} events came of DICOM services or partitions that no setting Radiomics__DicomServices names; they were passed over.")]
    public static partial void ForeignEvents(this ILogger logger, int events);

    [LoggerMessage(142, LogLevel.Information, "Wait {WaitId} ended: the study is predicted as {PredictionId}.")]
    public static partial void StudyFetched(this ILogger logger, string waitId, string predictionId);

    [LoggerMessage(143, LogLevel.Warning, "Wait {WaitId} ended: the study could not be fetched: {Code}.")]
    public static partial void StudyNotFetched(this ILogger logger, string waitId, string code);

    [LoggerMessage(144, LogLevel.Error, "Wait {WaitId}: the step {Step} failed for good: {Fault}")]
    public static partial void WaitFailed(this ILogger logger, string waitId, string step, string fault);

    [LoggerMessage(145, LogLevel.Warning, "Prediction {PredictionId}: its report was not returned to the DICOM service: {Code}.")]
    public static partial void ReportRefused(this ILogger logger, string predictionId, string code);

    [LoggerMessage(146, LogLevel.Error, "Prediction {PredictionId}: its report could not be returned to the DICOM service: {Fault}")]
    public static partial void ReportNotReturned(this ILogger logger, string predictionId, string fault);

    [LoggerMessage(147, LogLevel.Information, "Prediction {PredictionId}: its report is in the DICOM service (was there before: {WasThere}).")]
    public static partial void ReportReturned(this ILogger logger, string predictionId, bool wasThere);

    [LoggerMessage(150, LogLevel.Error, "Who read what could not be written into the audit yet: {Fault}\n{StackTrace}")]
    public static partial void ReadsNotWritten(this ILogger logger, string fault, string? stackTrace);

    [LoggerMessage(151, LogLevel.Critical, "The audit trail of {Center} is BROKEN at {Fault}")]
    public static partial void AuditBroken(this ILogger logger, string center, string fault);

    [LoggerMessage(152, LogLevel.Information, "{Things} audit trails were verified.")]
    public static partial void AuditVerified(this ILogger logger, int things);

    [LoggerMessage(160, LogLevel.Information, "The turn of {InstanceId} was taken from it: it is at work no more.")]
    public static partial void TurnTaken(this ILogger logger, string instanceId);

    [LoggerMessage(161, LogLevel.Warning, "The turn of {InstanceId} could not be given back: {Fault}. It is taken from it once somebody else asks.")]
    public static partial void TurnNotGivenBack(this ILogger logger, string instanceId, string fault);

    [LoggerMessage(162, LogLevel.Warning, "{InstanceId} could not be told that its turn has come: {Fault}. It asks by itself after a while.")]
    public static partial void TurnNotTold(this ILogger logger, string instanceId, string fault);

    [LoggerMessage(163, LogLevel.Warning, "Whether {InstanceId}, which has a turn, is still at work could not be found out: {Fault}.")]
    public static partial void TurnHolderUnknown(this ILogger logger, string instanceId, string fault);
}
