using System.Collections.Frozen;

namespace Radiomics.Pipeline;

/// <summary>
/// Every error code of the product, in the order of the documentation: the one place that knows their HTTP statuses, whether they are faults, and what to do.
/// Answers, the OpenAPI document and the tables in the documentation are made of it. A new code is a line here; a test reads the sources for codes that have none.
/// </summary>
public static class ErrorCatalogue
{
    /// <summary>All codes.</summary>
    public static IReadOnlyList<ErrorEntry> All { get; } =
    [
        .. Of(ErrorArea.Study, "Send a zip archive, complete.", ["NotAZip"]),
        .. Of(
            ErrorArea.Study,
            "A file of the archive isn't what was packed (checksum, size), or the archive contradicts itself: a disk or a line changed it. Pack the study again and send it again.",
            ["ArchiveDamaged"]),
        .. Of(
            ErrorArea.Study,
            "Something is missing, and may be in files that aren't opened: they need a password, are archives themselves, or are packed by bzip2, LZMA or the like. "
            + "Pack the study's files again as one plain zip. Beside a whole study such files are a warning.",
            ["ArchiveEncrypted", "ArchiveNested", "UnsupportedCompression"]),
        .. Of(
            ErrorArea.Study,
            "Send one study per archive; entries, their size, total size and, above 256 MB, compression ratio are limited (`Radiomics__Archive__*`).",
            ["ArchiveTooLarge"]),
        .. Of(ErrorArea.Study, "The archive has entries with absolute or climbing paths: pack it again.", ["UnsafeEntryName"]),
        .. Of(ErrorArea.Study, "There is no DICOM file in it: send the study's DICOM files.", ["NoDicom"]),
        .. Of(ErrorArea.Study, "Send one patient's study per upload.", ["SeveralPatients"]),
        .. Of(ErrorArea.Study, "Send one study per upload.", ["SeveralStudies"]),
        .. Of(ErrorArea.Study, "This service reads MR: send an MR study.", ["WrongModality"]),
        .. Of(ErrorArea.Study, "The sequence that the center's model reads is not in the study; the sentence says what was left out and why.", ["SequenceMissing"]),
        .. Of(
            ErrorArea.Study,
            "Several series, named by number, fit the sequence that the model reads equally well (a repeated breath-hold, phases after contrast agent): send only the one to be used.",
            ["SequenceAmbiguous"]),
        .. Of(
            ErrorArea.Study,
            "Images of the sequence that the model reads are missing or can't be placed, or it holds only part of the region; the sentence counts them: send the series again, complete.",
            ["SequenceIncomplete"]),
        .. Of(
            ErrorArea.Study,
            "Add an RTSTRUCT, a SEG or a NIfTI mask of the liver, coded or named as the center's profile expects; its vessels, lesions, segments and margins are not the liver.",
            ["StudyHasNoRoi"]),
        .. Of(ErrorArea.Study, "Several regions are the liver and none is the newest: send the one that counts.", ["RoiAmbiguous"]),
        .. Of(ErrorArea.Study, "The ROI is beyond the limits of the center's profile (volume, parts): check what was drawn.", ["RoiImplausible"]),
        .. Of(ErrorArea.Study, "The ROI lies outside the sequence that the model reads: draw it on that sequence, or send the right one.", ["RoiOutsideImage"]),
        .. Of(ErrorArea.Study, "The ROI was drawn on images with another frame of reference: draw it on those that are sent.", ["FrameOfReferenceMismatch"]),
        .. Of(ErrorArea.Study, "There is no profile for this center: check the first part of the blob's name, or the URL.", ["UnknownCenter"], 404),
        .. Of(
            ErrorArea.Study,
            "`MagneticFieldStrength` is missing or in none of the profile's classes, and a model is to be chosen by it: send images that say it.",
            ["FieldStrengthUnknown"]),
        .. Of(ErrorArea.Study, "The center has no model for this field strength: the operator or a researcher trains one.", ["NoModelForFieldStrength"]),
        .. Of(
            ErrorArea.Study,
            "Images of the sequence that the model reads have annotation burned in (BurnedInAnnotation YES), which may name the patient: send them without; of other sequences they are left out.",
            ["BurnedInAnnotation"]),
        .. Of(ErrorArea.Study, "An image is incomplete: send it again.", ["PixelDataTruncated"]),
        .. Of(ErrorArea.Study, "The images' compression can't be read here: send them uncompressed.", ["UnsupportedTransferSyntax"]),
        .. Of(
            ErrorArea.Study,
            "Two different files claim the same SOP instance, and the sequence that the model reads or the region needs it: export the study again.",
            ["DuplicateInstances"]),
        .. Of(ErrorArea.Study, "A series has a gap: send it again, complete.", ["SliceMissing"]),
        .. Of(
            ErrorArea.Study,
            "A series' slices are unevenly spaced, sheared, of several orientations or farther away than any scanner is large, or it has more voxels than the service takes (`Radiomics__Archive__MaxVoxels`; 512 × 512 × 256 if not set): send it as acquired.",
            ["GeometryUnusable"]),
        .. Of(ErrorArea.Study, "The RTSTRUCT, SEG or NIfTI mask is incomplete or contradicts itself: export it again.", ["RoiUnreadable"]),
        .. Of(
            ErrorArea.Study,
            "A number that intensities or places hang on is not written as DICOM writes numbers (`2,5`), a RescaleSlope is 0, or images of one sequence lack the scale that others have: "
            + "the sentence names the attribute and how many images have it.",
            ["AttributeUnreadable"]),
        .. Of(
            ErrorArea.Study,
            "The images' pixels are not single-channel grey values of 8, 16 or 32 bits, or an attribute that says so is missing: send the images as the scanner made them.",
            ["UnsupportedPixelFormat"]),
        .. Of(ErrorArea.Study, "The model needs a feature that was not extracted, or was trained with other settings: the operator trains it anew.", ["FeaturesDoNotFitModel"]),
        .. Of(ErrorArea.Study, "The model reads clinical covariates, and an upload has none: the operator promotes a model that reads images alone.", ["CovariatesMissing"]),
        .. Of(
            ErrorArea.Study,
            "Nothing is wrong with the upload: the center's settings or the engine changed after its model was trained. The operator trains it anew; then send the study again to start over.",
            [PredictionError.ModelDoesNotFitProfile],
            fault: true),
        .. Of(
            ErrorArea.Study,
            "Nothing is wrong with what was sent: something that the service stored was changed since, by its digest. The operator finds out who did (`radiomics audit verify`), restores it, and sends the study again.",
            [AlteredException.PartCode],
            500,
            fault: true),
        .. Of(ErrorArea.Study, "The blob was overwritten while it was being read: the new content is an upload of its own.", ["UploadChanged"], 409),
        .. Of(
            ErrorArea.Study,
            "What came isn't what its sender sent, by `Repr-Digest`, `Content-Digest` or `Content-MD5` of a request, or by the Content-MD5 of a blob: send it again.",
            ["DigestMismatch"],
            400),
        .. Of(ErrorArea.Study, "An operator stopped the prediction: send the study again to start over.", ["PredictionTerminated"]),
        .. Of(
            ErrorArea.Study,
            "Nothing is wrong with what was sent: the service failed several times. Send it again to start over, or tell the operator the id.",
            [PredictionError.InternalFault],
            500,
            fault: true),

        .. Of(ErrorArea.Api, "Send an API key (`X-Api-Key`) or an access token (`Authorization: Bearer …`).", ["CredentialsMissing"], 401),
        .. Of(
            ErrorArea.Api,
            "The API key or token is not valid here, or has ended: ask the operator for another one, or the identity provider for a new token. Send one of the two, not both.",
            ["CredentialsInvalid"],
            401),
        .. Of(ErrorArea.Api, "You have a right at this center, and not this one: the sentence names the role that the operator can give you.", ["RightMissing"], 403),
        .. Of(ErrorArea.Api, "The body or a parameter isn't what the call takes; the sentence says where.", ["InvalidRequest"], 400),
        .. Of(ErrorArea.Api, "Send a body.", ["EmptyBody"], 400),
        .. Of(ErrorArea.Api, "Send the `Content-Type` that the sentence names.", ["UnsupportedMediaType"], 415),
        .. Of(ErrorArea.Api, "Send a smaller body; the sentence names the limit.", ["RequestTooLarge"], 413),
        .. Of(ErrorArea.Api, "The study is too large for a request's body: ask `POST …/uploads` where to, upload it there, then name the blob.", ["UploadInstead"], 413),
        .. Of(
            ErrorArea.Api,
            "The instance has as much under way as its memory and disk allow, and didn't read the body: send the same again after as many seconds as `Retry-After` says, or upload the study to storage and name the blob.",
            [BusyException.BusyCode],
            429),
        .. Of(ErrorArea.Api, "Write digests as RFC 9530 and RFC 1864 have them; the sentence has an example.", ["InvalidDigest"], 400),
        .. Of(ErrorArea.Api, "Send one `Idempotency-Key` of 1 to 200 visible ASCII characters.", ["InvalidIdempotencyKey"], 400),
        .. Of(ErrorArea.Api, "This key came with another body before: use a new key for a new order.", ["IdempotencyKeyReused"], 422),
        .. Of(
            ErrorArea.Api,
            "Name a zip of this center, with folders before it if you like, of at most 900 characters and without `..` or backslashes; for a prediction also the `_ready` of a folder.",
            ["InvalidBlobName"],
            400),
        .. Of(ErrorArea.Api, "Upload the blob to the container `incoming` first.", ["BlobNotFound"], 404),
        .. Of(ErrorArea.Api, "Check center and id. A prediction of a blob that was just uploaded appears once the upload has been noticed.", ["PredictionNotFound"], 404),
        .. Of(ErrorArea.Api, "The prediction isn't through: ask again once its status is `succeeded`.", ["ReportNotReady"], 409),
        .. Of(ErrorArea.Api, "The prediction has failed, and its status says why: there is nothing to report.", ["NoReport"], 404),
        .. Of(ErrorArea.Api, "Ask for one of the media types that the sentence names.", ["NotAcceptable"], 406),
        .. Of(ErrorArea.Api, "Check center and upload id: this center has nothing of that id in quarantine, or has no longer.", ["QuarantineNotFound"], 404),
        .. Of(ErrorArea.Api, "Nothing was kept of the upload, which had been replaced or removed by then: send the study again from where it came.", ["QuarantineEmpty"], 409),
        .. Of(ErrorArea.Api, "Name a center that there is, or leave it out.", ["ResubmissionRefused"], 400),
        .. Of(ErrorArea.Api, "What lies in quarantine isn't what was sent: the operator finds out who changed it, and has the study sent again.", ["QuarantineAltered"], 500, fault: true),
        .. Of(ErrorArea.Api, "Send events as Event Grid does: JSON in its own schema, or CloudEvents 1.0.", ["InvalidEvents"], 400),
        .. Of(
            ErrorArea.Api,
            "The stored answer was changed after it was published, by the digest in the audit trail, and isn't told. The operator finds out who did (`radiomics audit verify`) and restores it.",
            [AlteredException.RecordCode],
            500,
            fault: true),
        .. Of(ErrorArea.Api, "The storage account doesn't answer: the operator looks at its network and at the app's roles.", ["StorageUnreachable"], 503, fault: true),
        .. Of(
            ErrorArea.Api,
            "The issuer of tokens can't be asked for its keys: send it again later; the operator looks at the service's way to the issuer, or sets `Radiomics__Auth__SigningKeys`.",
            ["IssuerUnreachable"],
            503,
            fault: true),

        .. Of(ErrorArea.Console, "The service has no issuer at which people sign in: they sign in with an API key, at `/signin`.", ["NoAccounts"], 404),
        .. Of(ErrorArea.Console, "A page of the console, and nobody is signed in: sign in at `/signin`. The API itself takes no cookies.", ["SignInNeeded"], 401),
        .. Of(
            ErrorArea.Console,
            "What was sent to the console didn't come from one of its pages in the same session: load the page anew, and send it again. Programs call the API.",
            ["FormTokenInvalid"],
            400),
        .. Of(ErrorArea.Console, "Take one of the files that the study's page names; features and images go by retention before their record does.", ["StudyFileUnknown"], 404),
        .. Of(ErrorArea.Console, "The study's page names the images that there are; what retention has removed is there no longer.", ["StudyImageNotFound"], 404),
        .. Of(ErrorArea.Console, "Parts of an upload aren't in storage, or are no longer: send those that the sentence names again, then close it.", ["BlocksMissing"], 409),

        .. Of(ErrorArea.Learning, "The cohort's report names lines and codes; correct them and send it again.", ["CohortInvalid"], 422),
        .. Of(ErrorArea.Learning, "Name cohorts with letters, digits, `-`, `_`, `.`.", ["CohortNameInvalid"], 400),
        .. Of(ErrorArea.Learning, "Send the cohort before asking for a retraining.", ["CohortUnknown"], 404),
        .. Of(ErrorArea.Learning, "The cohort is larger than the service takes: send studies, labels and the covariates that are needed.", ["CohortTooLarge"], 422),
        .. Of(
            ErrorArea.Learning,
            "Fewer training patients of a class than outer folds have both outcome and images: upload the missing studies, or ask for fewer folds.",
            ["CohortTooSmall"]),
        .. Of(ErrorArea.Learning, "There are too few cases of a class for the protocol's folds, or nothing to choose features from.", ["CohortUnusable"]),
        .. Of(ErrorArea.Learning, "The center's profile names no field strength to train models for.", ["CenterHasNoModels"], 400),
        .. Of(ErrorArea.Learning, "The sentence names the option of the protocol.", ["InvalidProtocol"], 400),
        .. Of(
            ErrorArea.Learning,
            "At this field strength no sequence has features, or no candidate that may win could be trained: upload more studies.",
            ["NothingToLearnFrom", "NoFeatures", "NoCandidate"]),
        .. Of(ErrorArea.Learning, "A perturbation of the stability protocol leaves nothing of a small ROI: the feature counts as unstable there.", ["PerturbationEmptiesRoi"]),
        .. Of(ErrorArea.Learning, "A perturbation is beyond what is still the same image; the sentence names the limits.", ["InvalidPerturbation"]),
        .. Of(ErrorArea.Learning, "Check center, field strength, id and version.", ["RetrainingNotFound", "ModelNotFound"], 404),
        .. Of(ErrorArea.Learning, "Say who decides (`name`) and why (`reason`).", ["DecisionIncomplete"], 400),
        .. Of(ErrorArea.Learning, "No such model waits for a decision: look at the retraining.", ["NothingToApprove"], 409),
        .. Of(ErrorArea.Learning, "Several models wait: say which with `fieldStrength`.", ["FieldStrengthMissing"], 409),
        .. Of(ErrorArea.Learning, "Another version waits than the one that was looked at: look at its card and decide again.", ["OtherModelWaits"], 409),
        .. Of(ErrorArea.Learning, "There is no earlier model.", ["NothingToRollBackTo"], 409),
        .. Of(ErrorArea.Learning, "This version never was the current one: ask for the history of the models, and name one of those.", ["ModelVersionUnknown"], 404),
        .. Of(ErrorArea.Learning, "This earlier model reads features that the service no longer makes: name another version, or retrain.", ["ModelUnusable"], 409),
        .. Of(ErrorArea.Learning, "Somebody else changed the current model at the same moment: look again, then decide or name a version.", ["PointerMoved"], 409),
        .. Of(ErrorArea.Learning, "The service was updated while the retraining ran: ask for it again.", ["ServiceUpdated"]),
        .. Of(ErrorArea.Learning, "An operator stopped it: ask for it again.", ["RetrainingTerminated"]),
        .. Of(ErrorArea.Learning, "A harmonised model meets a center and scanner that it hasn't seen: retrain with cases of them.", ["BatchUnknown"]),
        .. Of(ErrorArea.Learning, "The stored package of a model is damaged, or of another version of the service: roll back, or retrain.", ["ModelPackageInvalid"]),

        .. Of(
            ErrorArea.DicomService,
            "The service has it no longer, or in another partition.",
            ["StudyNotFound", "SeriesNotFound", "InstanceNotFound"]),
        .. Of(ErrorArea.DicomService, "The sentence says why: role, version or partition, form of the request.", ["DicomServiceRefused"]),
        .. Of(ErrorArea.DicomService, "The address is on no list, or isn't https.", ["DicomServiceNotAllowed"]),
        .. Of(ErrorArea.DicomService, "What answers is no DICOMweb server, or a proxy between.", ["DicomServiceAnswerUnreadable"]),
        .. Of(
            ErrorArea.DicomService,
            "May pass (`IsPassing`, `RetryAfter`): the service is busy, can't reach its storage or key, or an answer broke off; try again from the start.",
            ["DicomServiceUnavailable", "DicomServiceDependencyFailed", "DicomServiceInterrupted"],
            fault: true),
        .. Of(ErrorArea.DicomService, "The sentence says what a UID, query or partition may be.", ["UidInvalid", "DicomQueryInvalid", "DicomPartitionInvalid"]),
        .. Of(ErrorArea.DicomService, "The service didn't take the report, or the study it is about isn't what was fetched; the prediction stands.", ["ReportNotStored", "SourceStudyMissing"]),

        .. Of(
            ErrorArea.Extraction,
            "The image or mask is no NIfTI file of one part, incomplete or damaged, has more than three dimensions, or axes that can't be used: the sentence says which.",
            ["InvalidNifti"]),
        .. Of(ErrorArea.Extraction, "Resample the mask (or reference region) onto the image's grid.", ["GridMismatch"]),
        .. Of(
            ErrorArea.Extraction,
            "The mask has no such label, or erosion, interpolation or re-segmentation leaves no voxel of it: check `--label`, `roi.margin`, spacing and range.",
            ["EmptyRoi"]),
        .. Of(
            ErrorArea.Extraction,
            "The run would take more memory than the machine or container has, or than `--max-memory`; the sentence has the numbers: larger voxels (`resampling.spacing`), fewer families, filters or threads.",
            ["RunTooLarge"]),
        .. Of(
            ErrorArea.Extraction,
            "The headers of a CT or PET series don't say how stored values become Hounsfield units or SUV; the sentence names the attribute: export the series with it.",
            ["QuantityUnknown"]),
        .. Of(ErrorArea.Extraction, "PyRadiomics' `minimumROIDimensions` or `minimumROISize` asks for more.", ["RoiTooSmall"]),
        .. Of(
            ErrorArea.Extraction,
            "NaN or infinite voxels in the ROI, near it where a filter looks, or anywhere where the whole image is normalised: replace them.",
            ["NonFiniteVoxels"]),
        .. Of(
            ErrorArea.Extraction,
            "Whole numbers beyond ±2^53 in the image, or, with a filter of single precision, intensities that differ by less than it tells apart: subtract a constant from them.",
            ["IntensityPrecisionExceeded"]),
        .. Of(ErrorArea.Extraction, "A filter (most often the exponential) exceeds the number range: normalise the image, or leave the filter out.", ["FilterOutOfRange"]),
        .. Of(
            ErrorArea.Extraction,
            "The sentence names the option; also more than 65,535 grey levels, or intensities that are no grey levels without discretisation.",
            ["InvalidSettings"]),
        .. Of(
            ErrorArea.Extraction,
            "The settings normalise by a reference region: give one with voxels inside and a mean above 0.",
            ["ReferenceRegionMissing", "ReferenceRegionEmpty", "ReferenceRegionWithoutSignal"]),
        .. Of(ErrorArea.Extraction, "A center profile names extraction settings or ingest rules that don't ship, or can't be read; the sentence says where.", ["InvalidProfile", "UnknownSettings", "UnknownIngestRules"]),
        .. Of(
            ErrorArea.Extraction,
            "The PyRadiomics parameter file is wrong, or asks for what can't be honoured; the sentence names the setting.",
            ["InvalidParameters", "UnsupportedParameter"]),
        .. Of(ErrorArea.Extraction, "There is no feature of that name; the sentence has those that are spelled alike, `radiomics features list` all.", ["UnknownFeature"]),
        .. Of(ErrorArea.Extraction, "The batch's CSV can't be used; the sentence says where.", ["InvalidCases"]),
        .. Of(ErrorArea.Extraction, "Export: the file is no record of a prediction.", ["InvalidRecord"]),
        .. Of(
            ErrorArea.Extraction,
            "A batch's output is there already: go on with it by `--resume`; is some other file: name another one; is being written by another run.",
            ["OutputExists", "OutputNotOurs", "OutputInUse"]),
        .. Of(ErrorArea.Extraction, "Check the path and the permissions.", ["FileNotFound", "EmptyFolder", "AccessDenied"]),

        .. Of(ErrorArea.Tool, "The command line is wrong; `--help` says what it takes.", ["Usage"]),
        .. Of(ErrorArea.Tool, "The phantom's settings, or the protocol of the experiment, can't be used; the sentence says which.", ["InvalidPhantomSettings", "UnknownPhantomProtocol", "ExperimentProtocolInvalid"]),
        .. Of(ErrorArea.Tool, "Name the package of a model, or a folder with one; the card must be of this version.", ["ModelCardMissing", "ModelCardInvalid"]),
        .. Of(ErrorArea.Tool, "The study was read, but its center has no model.", ["NoModel"]),
        .. Of(ErrorArea.Tool, "There is no audit event of this center in this storage account: check both.", ["NoAuditTrail"]),
        .. Of(ErrorArea.Tool, "No program shows pages here: open the file that the sentence names yourself, on another machine if need be.", ["BrowserNotOpened"]),
        .. Of(ErrorArea.Tool, "Install Chromium, Chrome or Edge as the sentence says, or name one that is there by `--browser`.", ["PrintBrowserMissing"]),
        .. Of(ErrorArea.Tool, "The browser didn't print: name another by `--browser`, or open the page (`--open`) and print it there.", ["PrintFailed"]),
        .. Of(ErrorArea.Tool, "The prediction has failed: there is no answer to compute again.", ["NothingToReplay"]),
        .. Of(ErrorArea.Tool, "The prediction was made by another version of the engine, or of ingest: replay it with the version of the tool that the sentence asks for.", ["EngineElsewhere", "IngestElsewhere"]),
        .. Of(ErrorArea.Tool, "What the prediction was computed from is here no longer, by retention or erasure: look in a backup of the account.", ["ReplayPartsGone"]),
        .. Of(ErrorArea.Tool, "What the prediction was computed from was changed since, by its digest: find out who did (`radiomics audit verify`), and restore it.", ["ReplayPartAltered"], fault: true),
        .. Of(ErrorArea.Tool, "The prediction, computed again, isn't what is stored; the table says where they differ. Find out whether the record was changed (`radiomics audit verify`), or report it.", ["ReplayDiffers"], fault: true),
        .. Of(ErrorArea.Tool, "Say what to change; `radiomics quarantine inspect` names what can help.", ["NothingToFix"]),
        .. Of(ErrorArea.Tool, "What was asked for leaves nothing of the study, or finds nothing to change in it: look at it with `radiomics quarantine inspect`.", ["FixChangesNothing", "FixLeavesNothing"]),
        .. Of(ErrorArea.Tool, "The file has no head that was noted down: keep the last lines of `radiomics audit verify`, or its `--json`.", ["NoNotedHeads"]),
        .. Of(ErrorArea.Tool, "What the tool writes into an audit trail is signed: set `Radiomics__Audit__Key` to the address of the service's key in its vault.", ["AuditKeyMissing"]),
        .. Of(ErrorArea.Tool, "The audit key is in a vault: rotate it there.", ["AuditKeyInVault"]),
        .. Of(ErrorArea.Tool, "An API key is for one center, for at least one right and for a system with a name; if it ends, then in the time to come.", ["ApiKeyInvalid"]),
        .. Of(ErrorArea.Tool, "There is no API key of this id: `radiomics keys list` shows those that there are.", ["ApiKeyNotFound"]),
        .. Of(ErrorArea.Tool, "Holds are placed on a study, by its mapped UID (`2.25.…`), on a prediction (`p-…`) or on an upload, of the center that has it: copy the id from a record or the audit trail.", ["HeldThingUnknown"]),
        .. Of(ErrorArea.Tool, "No such hold stands: `radiomics retention list` shows those of a center that do.", ["NotHeld"]),
        .. Of(ErrorArea.Tool, "Nothing of the patient is here: check id, issuer and center, and whether the study came in under an earlier UID key.", ["PatientUnknown"]),
        .. Of(ErrorArea.Tool, "Something of the patient is held: release it, or leave the patient.", ["PatientHeld"]),
        .. Of(ErrorArea.Tool, "Something of the patient came meanwhile: wait until no study is being worked on, and erase again.", ["ErasureIncomplete"], fault: true),
        .. Of(ErrorArea.Tool, "The service's settings can't be read: name its `local.settings.json` by `--settings`, or set `Radiomics__Archive__…` as the service has it.", ["SettingsUnreadable"]),
        .. Of(ErrorArea.Tool, "The UID key isn't one of this account's: set `Radiomics__UidKey` to the service's, from the vault or a backup.", ["UidKeyUnknown"]),
        .. Of(ErrorArea.Tool, "The UID key is the current one already: set `Radiomics__UidKey` to the one that is meant, then rotate.", ["UidKeyKnown"]),
        .. Of(ErrorArea.Tool, "Another UID key was adopted at the same time and is the current one: find out which is meant; if it is this one, rotate again.", ["UidKeyOvertaken"]),
        .. Of(ErrorArea.Tool, "Set `RADIOMICS_BACKUP_PASSPHRASE` to the passphrase of the backup, of at least 12 characters.", ["PassphraseMissing", "PassphraseTooShort"]),
        .. Of(ErrorArea.Tool, "The passphrase isn't that of the backup, or the file was changed: try another passphrase, or another copy.", ["PassphraseWrong"]),
        .. Of(ErrorArea.Tool, "The file is no backup of a UID key, or one of a later version of the tool.", ["InvalidBackup"]),
        .. Of(ErrorArea.Tool, "Ask again later, or wait longer with `--timeout`.", ["TimedOut"], fault: true),
        .. Of(ErrorArea.Tool, "Service or storage account doesn't answer: check address, connection string and network.", ["Unreachable"], fault: true),
        .. Of(ErrorArea.Tool, "The service refuses the access; the sentence says what it asks for: a function key (`--key`), or who calls (`RADIOMICS_API_KEY`, `RADIOMICS_TOKEN`).", ["ServiceRefused"]),
        .. Of(ErrorArea.Tool, "What answers is not this service, or one of another version than the tool.", ["UnexpectedAnswer"], fault: true),
        .. Of(ErrorArea.Tool, "The connection string of the storage account can't be read.", ["InvalidConnection"]),
        .. Of(ErrorArea.Tool, "The storage account refuses the access, or failed: check key, role and status.", ["StorageRefused", "StorageFailed"], fault: true),
        .. Of(ErrorArea.Tool, "The storage emulator needs Node.js 20 or newer, and npm to be installed by, unless `RADIOMICS_AZURITE` names one that is installed; the sentence has its last words.", ["NodeMissing", "AzuriteNotInstalled", "AzuriteNotStarted"], fault: true),
        .. Of(
            ErrorArea.Tool,
            "The functions app or its host isn't built, or ended at its start; the sentence has its last words.",
            ["FunctionsAppMissing", "ServiceHostMissing", "FunctionsAppNotStarted", "FunctionsAppEnded"],
            fault: true),
        .. Of(ErrorArea.Tool, "A program isn't installed, or not on the PATH.", ["ProgramMissing"], fault: true),
        .. Of(ErrorArea.Tool, "The command was stopped; everything that it had started has been stopped, too.", ["Interrupted"]),
        .. Of(ErrorArea.Tool, "A fault of the tool: report it with the sentence.", ["Fault"], fault: true),
    ];

    private static readonly FrozenDictionary<string, ErrorEntry> s_byCode = All.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);

    /// <summary>What is known of a code; null if there is no such code.</summary>
    public static ErrorEntry? TryGet(string code) => s_byCode.GetValueOrDefault(code);

    /// <summary>Whether the service is to blame for an error of this code; false for a code that nobody knows.</summary>
    public static bool IsFault(string code) => TryGet(code) is { IsFault: true };

    /// <summary>The HTTP status of an answer with this code: the catalogue's, else 500 for a fault and 400 for what can't be used.</summary>
    public static int StatusOf(string code) => TryGet(code)?.Status ?? (IsFault(code) ? 500 : 400);

    private static IEnumerable<ErrorEntry> Of(ErrorArea area, string advice, string[] codes, int? status = null, bool fault = false) =>
        codes.Select(code => new ErrorEntry(code, area, advice, status, fault));
}
