namespace FellowOakDicom;

/// <summary>Group 0002 (PS3.10 section 7.1); it isn't validated unless it is made from a validating dataset.</summary>
public class DicomFileMetaInformation : DicomDataset
{
    public DicomFileMetaInformation() => ValidateItems = false;

    /// <exception cref="DicomDataException">The dataset has no SOPClassUID or SOPInstanceUID.</exception>
    public DicomFileMetaInformation(DicomDataset dataset)
    {
        ValidateItems = dataset.ValidateItems;
        Version = [0, 1];
        MediaStorageSOPClassUID = dataset.GetSingleValue<DicomUID>(DicomTag.SOPClassUID);
        MediaStorageSOPInstanceUID = dataset.GetSingleValue<DicomUID>(DicomTag.SOPInstanceUID);
        TransferSyntax = dataset.InternalTransferSyntax;
        SetImplementation();
        CopyOptional(dataset);
    }

    public DicomFileMetaInformation(DicomFileMetaInformation metaInfo)
    {
        ValidateItems = metaInfo.ValidateItems;
        Version = [0, 1];
        if (metaInfo.Contains(DicomTag.MediaStorageSOPClassUID))
            MediaStorageSOPClassUID = metaInfo.MediaStorageSOPClassUID;
        if (metaInfo.Contains(DicomTag.MediaStorageSOPInstanceUID))
            MediaStorageSOPInstanceUID = metaInfo.MediaStorageSOPInstanceUID;
        if (metaInfo.Contains(DicomTag.TransferSyntaxUID))
            TransferSyntax = metaInfo.TransferSyntax;
        SetImplementation();
        CopyOptional(metaInfo);
    }

    public byte[] Version
    {
        get => GetValues<byte>(DicomTag.FileMetaInformationVersion);
        set => AddOrUpdate(DicomTag.FileMetaInformationVersion, value);
    }

    public DicomUID MediaStorageSOPClassUID
    {
        get => GetSingleValue<DicomUID>(DicomTag.MediaStorageSOPClassUID);
        set => AddOrUpdate(DicomTag.MediaStorageSOPClassUID, value);
    }

    public DicomUID MediaStorageSOPInstanceUID
    {
        get => GetSingleValue<DicomUID>(DicomTag.MediaStorageSOPInstanceUID);
        set => AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, value);
    }

    /// <summary>What the dataset is written in.</summary>
    public DicomTransferSyntax TransferSyntax
    {
        get => GetSingleValue<DicomTransferSyntax>(DicomTag.TransferSyntaxUID);
        set => AddOrUpdate(DicomTag.TransferSyntaxUID, value.UID);
    }

    public DicomUID ImplementationClassUID
    {
        get => GetSingleValue<DicomUID>(DicomTag.ImplementationClassUID);
        set => AddOrUpdate(DicomTag.ImplementationClassUID, value);
    }

    public string? ImplementationVersionName
    {
        get => GetSingleValueOrDefault<string>(DicomTag.ImplementationVersionName, null!);
        set => AddOrUpdate(DicomTag.ImplementationVersionName, value!);
    }

    public string? SourceApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string>(DicomTag.SourceApplicationEntityTitle, null!);
        set => AddOrUpdate(DicomTag.SourceApplicationEntityTitle, value!);
    }

    public string? SendingApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string>(DicomTag.SendingApplicationEntityTitle, null!);
        set => AddOrUpdate(DicomTag.SendingApplicationEntityTitle, value!);
    }

    public string? ReceivingApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string>(DicomTag.ReceivingApplicationEntityTitle, null!);
        set => AddOrUpdate(DicomTag.ReceivingApplicationEntityTitle, value!);
    }

    public override string ToString() => "DICOM File Meta Info";

    protected override void ValidateTag(DicomTag tag)
    {
        if (tag.Group != 2)
            throw new DicomDataException($"Tag with group ID {tag.Group} is not allowed in meta information.");
    }

    private void SetImplementation()
    {
        ImplementationClassUID = DicomImplementation.ClassUID;
        ImplementationVersionName = DicomImplementation.Version;
    }

    private void CopyOptional(DicomDataset source) => AddOrUpdate(source.Where(i => i.Tag.Group == 2 && (
        i.Tag == DicomTag.SourceApplicationEntityTitle || i.Tag == DicomTag.SendingApplicationEntityTitle
        || i.Tag == DicomTag.ReceivingApplicationEntityTitle || i.Tag == DicomTag.PrivateInformationCreatorUID
        || i.Tag == DicomTag.PrivateInformation)));
}
