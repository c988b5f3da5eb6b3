using System.Collections.Frozen;

namespace Radiomics.Pipeline;

/// <summary>Which remedies there are for which error code; every code of a study has some.</summary>
public static class QuarantineRemedies
{
    private static readonly FrozenDictionary<string, QuarantineRemedy[]> s_byCode = new Dictionary<string, QuarantineRemedy[]>(StringComparer.Ordinal)
    {
        ["NotAZip"] = [QuarantineRemedy.SendAgain],
        ["ArchiveDamaged"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.DropBroken],
        ["ArchiveEncrypted"] = [QuarantineRemedy.SendAgain],
        ["ArchiveNested"] = [QuarantineRemedy.SendAgain],
        ["UnsupportedCompression"] = [QuarantineRemedy.SendAgain],
        ["ArchiveTooLarge"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.Resubmit],
        ["UnsafeEntryName"] = [QuarantineRemedy.SendAgain],
        ["NoDicom"] = [QuarantineRemedy.SendAgain],
        ["SeveralPatients"] = [QuarantineRemedy.SendAgain],
        ["SeveralStudies"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["WrongModality"] = [QuarantineRemedy.SendAgain],
        ["SequenceMissing"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.Resubmit],
        ["SequenceAmbiguous"] = [QuarantineRemedy.ChooseSeries],
        ["SequenceIncomplete"] = [QuarantineRemedy.SendAgain],
        ["StudyHasNoRoi"] = [QuarantineRemedy.ReplaceRegion],
        ["RoiAmbiguous"] = [QuarantineRemedy.ReplaceRegion, QuarantineRemedy.ChooseSeries],
        ["RoiImplausible"] = [QuarantineRemedy.ReplaceRegion, QuarantineRemedy.Resubmit],
        ["RoiOutsideImage"] = [QuarantineRemedy.ReplaceRegion],
        ["FrameOfReferenceMismatch"] = [QuarantineRemedy.ReplaceRegion],
        ["RoiUnreadable"] = [QuarantineRemedy.ReplaceRegion],
        ["EmptyRoi"] = [QuarantineRemedy.ReplaceRegion],
        ["UnknownCenter"] = [QuarantineRemedy.OtherCenter, QuarantineRemedy.Resubmit],
        ["FieldStrengthUnknown"] = [QuarantineRemedy.SetFieldStrength],
        ["NoModelForFieldStrength"] = [QuarantineRemedy.Resubmit],
        ["BurnedInAnnotation"] = [QuarantineRemedy.SendAgain],
        ["PixelDataTruncated"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.DropBroken],
        ["UnsupportedTransferSyntax"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["DuplicateInstances"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["SliceMissing"] = [QuarantineRemedy.SendAgain],
        ["GeometryUnusable"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["AttributeUnreadable"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["UnsupportedPixelFormat"] = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries],
        ["FeaturesDoNotFitModel"] = [QuarantineRemedy.Resubmit],
        ["CovariatesMissing"] = [QuarantineRemedy.Resubmit],
        ["UploadChanged"] = [QuarantineRemedy.SendAgain],
        ["DigestMismatch"] = [QuarantineRemedy.SendAgain],
        ["PredictionTerminated"] = [QuarantineRemedy.Resubmit],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The remedies, the likeliest first.</summary>
    public static IReadOnlyList<QuarantineRemedy> Of(string code) => s_byCode.GetValueOrDefault(code) ?? [QuarantineRemedy.SendAgain];

    /// <summary>Whether somebody has thought about a code.</summary>
    internal static bool Knows(string code) => s_byCode.ContainsKey(code);
}
