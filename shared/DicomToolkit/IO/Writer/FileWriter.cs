using System.IO.Compression;

namespace FellowOakDicom.IO.Writer;

/// <summary>Writes a file: preamble, meta information, dataset (PS3.10 section 7).</summary>
internal static class FileWriter
{
    private const int FlushSize = 1 << 20;

    public static void Write(Stream stream, DicomFileMetaInformation metaInfo, DicomDataset dataset, DicomWriteOptions options)
    {
        WriteHead(stream, metaInfo);
        var syntax = metaInfo.TransferSyntax;
        Prepare(dataset, syntax, options);
        if (!syntax.IsDeflate)
        {
            new DatasetWriter(stream, syntax, options).Write(dataset);
            return;
        }

        using var deflater = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        new DatasetWriter(deflater, syntax, options).Write(dataset);
    }

    /// <summary>Formats into memory a megabyte at a time, so that a target which refuses synchronous writes can be written.</summary>
    public static async Task WriteAsync(Stream stream, DicomFileMetaInformation metaInfo, DicomDataset dataset, DicomWriteOptions options)
    {
        var buffer = new MemoryStream();
        if (metaInfo.TransferSyntax.IsDeflate)
        {
            Write(buffer, metaInfo, dataset, options);
            await FlushAsync(buffer, stream).ConfigureAwait(false);
            return;
        }

        WriteHead(buffer, metaInfo);
        Prepare(dataset, metaInfo.TransferSyntax, options);
        var writer = new DatasetWriter(buffer, metaInfo.TransferSyntax, options);
        foreach (var item in dataset)
        {
            if (item is DicomElement { Length: > FlushSize } large)
            {
                writer.WriteHeader(large);
                await FlushAsync(buffer, stream).ConfigureAwait(false);
                await writer.Encoded(large).CopyToStreamAsync(stream, CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            writer.Write(item);
            if (buffer.Length > FlushSize)
                await FlushAsync(buffer, stream).ConfigureAwait(false);
        }

        await FlushAsync(buffer, stream).ConfigureAwait(false);
    }

    private static async Task FlushAsync(MemoryStream buffer, Stream stream)
    {
        await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)).ConfigureAwait(false);
        buffer.SetLength(0);
    }

    private static void WriteHead(Stream stream, DicomFileMetaInformation metaInfo)
    {
        stream.Write(new byte[128]);
        stream.Write("DICM"u8);

        metaInfo.Remove(DicomTag.FileMetaInformationGroupLength);
        var syntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        var length = (uint)LengthCalculator.Of(metaInfo, syntax, DicomWriteOptions.Default);
        metaInfo.AddOrUpdate(new DicomUnsignedLong(DicomTag.FileMetaInformationGroupLength, length));
        new DatasetWriter(stream, syntax, DicomWriteOptions.Default).Write(metaInfo);
    }

    private static void Prepare(DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions options)
    {
        dataset.OnBeforeSerializing();
        if (!options.KeepGroupLengths)
        {
            RemoveGroupLengths(dataset);
            return;
        }

        dataset.InternalTransferSyntax = syntax;
        foreach (var length in dataset.Where(i => i.Tag.Element == 0).ToArray())
        {
            var bytes = dataset.EnumerateGroup(length.Tag.Group).Sum(i => LengthCalculator.Of(i, syntax, options));
            dataset.AddOrUpdate(new DicomUnsignedLong(length.Tag, (uint)bytes));
        }
    }

    private static void RemoveGroupLengths(DicomDataset dataset)
    {
        dataset.Remove(i => i.Tag.Element == 0);
        foreach (var nested in dataset.OfType<DicomSequence>().SelectMany(s => s.Items))
            RemoveGroupLengths(nested);
    }
}
