using System.Text;

namespace FellowOakDicom.IO.Reader;

/// <summary>Reads a file with or without preamble and meta information (PS3.10 section 7).</summary>
internal sealed class FileReader(ByteSource source, Func<ParseState, bool>? stop)
{
    private const int PreambleLength = 132;

    public DicomFileFormat Format { get; private set; } = DicomFileFormat.Unknown;

    public DicomTransferSyntax Syntax { get; private set; } = DicomTransferSyntax.ExplicitVRLittleEndian;

    /// <exception cref="DicomReaderException">The bytes aren't a DICOM file.</exception>
    public DicomReaderResult Read(DicomDataset metaInfo, DicomDataset dataset, Encoding[] fallback)
    {
        if (source.Remaining < PreambleLength)
            return DicomReaderResult.Error;

        if (source.Peek(PreambleLength)[^4..].SequenceEqual("DICM"u8))
        {
            source.Position += PreambleLength;
            Format = DicomFileFormat.DICOM3;
        }

        DetectEncoding();
        source.Endian = Syntax.Endian;
        return Format == DicomFileFormat.DICOM3NoFileMetaInfo
            ? new DatasetReader(source, Syntax.IsExplicitVR, stop).Read(dataset, fallback)
            : ReadWithMetaInfo(metaInfo, dataset, fallback);
    }

    private DicomReaderResult ReadWithMetaInfo(DicomDataset metaInfo, DicomDataset dataset, Encoding[] fallback)
    {
        var meta = new DatasetReader(source, Syntax.IsExplicitVR, static state => state.Tag.Group != 2);
        if (meta.Read(metaInfo, DicomEncoding.DefaultArray) != DicomReaderResult.Stopped)
            throw new DicomReaderException("DICOM File Meta Info ended prematurely");

        if (metaInfo.TryGetSingleValue(DicomTag.TransferSyntaxUID, out string uid))
            Syntax = DicomTransferSyntax.Parse(uid);
        source.Endian = Syntax.Endian;
        var body = Syntax.IsDeflate ? source.Inflated() : source;
        return new DatasetReader(body, Syntax.IsExplicitVR, stop).Read(dataset, fallback);
    }

    /// <summary>Tells byte order and VR mode from the first element: groups up to 00ff come first.</summary>
    private void DetectEncoding()
    {
        var start = source.Position;
        if (source.Remaining < 6)
            throw new DicomReaderException("Attempted to read invalid DICOM file");

        source.Endian = Endian.Little;
        var isBig = source.ReadUInt16() > 0xff;
        source.Position = start;
        source.Endian = isBig ? Endian.Big : Endian.Little;
        var tag = source.ReadTag();
        if (tag.Group > 0xff)
            throw new DicomReaderException("Attempted to read invalid DICOM file");
        if (Format == DicomFileFormat.Unknown)
            Format = tag.Group == 2 ? DicomFileFormat.DICOM3NoPreamble : DicomFileFormat.DICOM3NoFileMetaInfo;

        var code = source.Peek(2);
        var expected = DicomDictionary.Default[tag].ValueRepresentations[0].Code;
        var isExplicit = code[0] == expected[0] && code[1] == expected[1];
        source.Position = start;
        Syntax = (isBig, isExplicit) switch
        {
            (false, true) => DicomTransferSyntax.ExplicitVRLittleEndian,
            (false, false) => DicomTransferSyntax.ImplicitVRLittleEndian,
            (true, true) => DicomTransferSyntax.ExplicitVRBigEndian,
            (true, false) => DicomTransferSyntax.ImplicitVRBigEndian,
        };
    }
}
