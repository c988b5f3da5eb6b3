namespace FellowOakDicom;

/// <summary>Sorts storage SOP classes by what their instances hold.</summary>
internal static class DicomStorageCategories
{
    private static readonly Dictionary<string, DicomStorageCategory> s_named = Index(
        (DicomStorageCategory.PresentationState,
        [
            DicomUID.BlendingSoftcopyPresentationStateStorage, DicomUID.ColorSoftcopyPresentationStateStorage,
            DicomUID.GrayscaleSoftcopyPresentationStateStorage, DicomUID.PseudoColorSoftcopyPresentationStateStorage,
        ]),
        (DicomStorageCategory.StructuredReport,
        [
            DicomUID.AudioSRStorageTrialRETIRED, DicomUID.BasicTextSRStorage, DicomUID.ChestCADSRStorage, DicomUID.ComprehensiveSRStorage,
            DicomUID.ComprehensiveSRStorageTrialRETIRED, DicomUID.DetailSRStorageTrialRETIRED, DicomUID.EnhancedSRStorage,
            DicomUID.MammographyCADSRStorage, DicomUID.TextSRStorageTrialRETIRED, DicomUID.XRayRadiationDoseSRStorage,
        ]),
        (DicomStorageCategory.Waveform,
        [
            DicomUID.AmbulatoryECGWaveformStorage, DicomUID.BasicVoiceAudioWaveformStorage, DicomUID.CardiacElectrophysiologyWaveformStorage,
            DicomUID.GeneralECGWaveformStorage, DicomUID.HemodynamicWaveformStorage, DicomUID.TwelveLeadECGWaveformStorage,
            DicomUID.WaveformStorageTrialRETIRED,
        ]),
        (DicomStorageCategory.Document, [DicomUID.EncapsulatedCDAStorage, DicomUID.EncapsulatedPDFStorage]),
        (DicomStorageCategory.Raw, [DicomUID.RawDataStorage]));

    public static DicomStorageCategory Of(DicomUID uid)
    {
        if (uid.Type != DicomUidType.SOPClass)
            return DicomStorageCategory.None;
        if (!uid.UID.StartsWith("1.2.840.10008", StringComparison.Ordinal))
            return DicomStorageCategory.Private;
        if (!uid.Name.Contains("Storage", StringComparison.Ordinal) || uid.Name.StartsWith("Storage Commitment", StringComparison.Ordinal))
            return DicomStorageCategory.None;
        if (uid.Name.Contains("Image Storage", StringComparison.Ordinal))
            return DicomStorageCategory.Image;
        if (uid.Name.Contains("Volume Storage", StringComparison.Ordinal))
            return DicomStorageCategory.Volume;
        return s_named.GetValueOrDefault(uid.UID, DicomStorageCategory.Other);
    }

    private static Dictionary<string, DicomStorageCategory> Index(params (DicomStorageCategory Category, DicomUID[] Uids)[] groups) =>
        groups.SelectMany(g => g.Uids.Select(u => (u.UID, g.Category))).ToDictionary(p => p.UID, p => p.Category, StringComparer.Ordinal);
}
