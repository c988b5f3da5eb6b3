using System.Diagnostics.CodeAnalysis;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.Imaging;
using FellowOakDicom.IO.Buffer;
using FellowOakDicom.IO.Writer;

namespace DicomToolkit.Tests;

public class ReaderTests
{
    [Fact]
    public void A_file_cut_off_in_its_pixel_data_is_partial_and_lacks_them()
    {
        var bytes = Bytes(Sample());
        var file = DicomFile.Open(new MemoryStream(bytes[..^10]));
        Assert.True(file.IsPartial);
        Assert.False(file.Dataset.Contains(DicomTag.PixelData));
        Assert.Equal("Doe^Jane", file.Dataset.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void A_file_cut_off_anywhere_gives_a_partial_file_or_a_file_exception()
    {
        var bytes = Bytes(Sample());
        for (var length = 0; length < bytes.Length; length++)
        {
            var file = TryOpen(bytes[..length]);
            if (length < 132)
                Assert.Null(file);
        }
    }

    [Fact]
    public void Random_damage_gives_a_file_or_a_file_exception()
    {
        var bytes = Bytes(Sample());
        var random = new Random(42);
        for (var attempt = 0; attempt < 5_000; attempt++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var i = 0; i <= random.Next(6); i++)
                damaged[random.Next(128, damaged.Length)] = (byte)random.Next(256);
            Touch(TryOpen(damaged)?.Dataset);
        }
    }

    [Fact]
    public void A_length_beyond_the_file_takes_no_memory()
    {
        var bytes = Bytes(Sample());
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xe0, 0x7f, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0]);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 8), 0xfffffff0u);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(DicomFile.Open(new MemoryStream(bytes)).IsPartial);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(20_000, false)]
    public void Nesting_is_read_to_a_limit(int depth, bool isReadable)
    {
        var body = new MemoryStream();
        body.Write(Bytes(new DicomDataset { { DicomTag.SOPClassUID, DicomUID.MRImageStorage }, { DicomTag.SOPInstanceUID, "1.2.3" } }));
        for (var i = 0; i < depth; i++)
        {
            body.Write([0x40, 0x00, 0x30, 0xa7, (byte)'S', (byte)'Q', 0, 0, 0xff, 0xff, 0xff, 0xff]);
            body.Write([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]);
        }

        var file = TryOpen(body.ToArray());
        Assert.Equal(isReadable, file is not null);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void Something_else_is_a_file_exception(byte[] bytes) => Assert.Throws<DicomFileException>(() => DicomFile.Open(new MemoryStream(bytes)));

    [Fact]
    public void A_missing_file_is_a_file_exception() =>
        Assert.Throws<DicomFileException>(() => DicomFile.Open(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))));

    [Fact]
    public void A_file_without_preamble_opens()
    {
        var file = DicomFile.Open(new MemoryStream(Bytes(Sample())[132..]));
        Assert.Equal(DicomFileFormat.DICOM3NoPreamble, file.Format);
        Assert.Equal("Doe^Jane", file.Dataset.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    public void A_bare_dataset_opens(string syntax)
    {
        var whole = Bytes(Sample(), DicomTransferSyntax.Parse(syntax));
        var start = 132 + 12 + DicomFile.Open(new MemoryStream(whole)).FileMetaInfo.GetSingleValue<int>(DicomTag.FileMetaInformationGroupLength);
        var file = DicomFile.Open(new MemoryStream(whole[start..]));
        Assert.Equal(DicomFileFormat.DICOM3NoFileMetaInfo, file.Format);
        Assert.Equal(DicomTransferSyntax.Parse(syntax), file.Dataset.InternalTransferSyntax);
        Assert.Equal("Doe^Jane", file.Dataset.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData(FileReadOption.Default, true, false)]
    [InlineData(FileReadOption.ReadLargeOnDemand, true, false)]
    [InlineData(FileReadOption.SkipLargeTags, false, false)]
    [InlineData(FileReadOption.ReadAll, true, true)]
    public void Large_values_are_read_as_the_option_says(FileReadOption option, bool isThere, bool isInMemory)
    {
        var path = Path.GetTempFileName();
        try
        {
            new DicomFile(Sample()).Save(path);
            foreach (var dataset in new[] { DicomFile.Open(path, option, 100).Dataset, DicomFile.Open(new MemoryStream(File.ReadAllBytes(path)), option, 100).Dataset })
            {
                Assert.Equal(isThere, dataset.Contains(DicomTag.PixelData));
                if (!isThere)
                    continue;
                var element = dataset.GetDicomItem<DicomElement>(DicomTag.PixelData);
                Assert.Equal(isInMemory, element.Buffer.IsMemory);
                Assert.Equal(Sample().GetValues<byte>(DicomTag.PixelData), DicomPixelData.Create(dataset).GetFrame(0).Data);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_read_and_written_asynchronously()
    {
        var target = new MemoryStream();
        await new DicomFile(Sample()).SaveAsync(target);
        await using var source = new ForwardOnlyStream(target.ToArray());
        var file = await DicomFile.OpenAsync(source);
        DatasetAssert.SameContent(Sample(), file.Dataset);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Sequences_of_said_length_are_read(bool sequences, bool items)
    {
        var stream = new MemoryStream();
        new DicomFile(Sample()).Save(stream, new DicomWriteOptions { ExplicitLengthSequences = sequences, ExplicitLengthSequenceItems = items });
        stream.Position = 0;
        DatasetAssert.SameContent(Sample(), DicomFile.Open(stream).Dataset);
    }

    [Fact]
    public void Reading_stops_where_it_is_told_to()
    {
        var file = DicomFile.Open(new MemoryStream(Bytes(Sample())), Encoding.ASCII, state => state.SequenceDepth == 0 && state.Tag.CompareTo(DicomTag.PixelData) >= 0);
        Assert.True(file.IsPartial);
        Assert.True(file.Dataset.Contains(DicomTag.PatientName));
        Assert.False(file.Dataset.Contains(DicomTag.PixelData));
    }

    [Fact]
    public void Private_elements_carry_their_creator()
    {
        var dataset = DicomFile.Open(new MemoryStream(Bytes(Sample()))).Dataset;
        var tag = new DicomTag(0x0029, 0x0001, "RADIOMICS TEST");
        Assert.Equal("secret", Encoding.ASCII.GetString(dataset.GetValues<byte>(tag)));
        Assert.Equal("RADIOMICS TEST", dataset.First(i => i.Tag.Group == 0x29 && i.Tag.Element > 0xff).Tag.PrivateCreator!.Creator);
    }

    [Fact]
    public void Encapsulated_pixel_data_survive_a_file()
    {
        var dataset = Sample(DicomTransferSyntax.RLELossless);
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.OffsetTable.Add(0);
        fragments.Fragments.Add(new MemoryByteBuffer(new byte[200_000]));
        fragments.Fragments.Add(new MemoryByteBuffer([1, 2, 3, 4]));
        dataset.AddOrUpdate(fragments);
        DatasetAssert.SameContent(dataset, DicomFile.Open(new MemoryStream(Bytes(dataset))).Dataset);
    }

    [Fact]
    public void A_sequence_of_unknown_vr_and_undefined_length_is_read_as_implicit()
    {
        var body = new MemoryStream();
        body.Write(Bytes(new DicomDataset { { DicomTag.SOPClassUID, DicomUID.MRImageStorage }, { DicomTag.SOPInstanceUID, "1.2.3" } }));
        body.Write([0x29, 0x00, 0x10, 0x00, (byte)'L', (byte)'O', 4, 0, .. "TEST"u8]);
        body.Write([0x29, 0x00, 0x01, 0x10, (byte)'U', (byte)'N', 0, 0, 0xff, 0xff, 0xff, 0xff]);
        body.Write([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff, 0x10, 0x00, 0x10, 0x00, 4, 0, 0, 0, .. "Jane"u8]);
        body.Write([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
        body.Write([0x30, 0x00, 0x10, 0x00, (byte)'S', (byte)'T', 2, 0, .. "ok"u8]);
        var dataset = DicomFile.Open(new MemoryStream(body.ToArray())).Dataset;
        var sequence = dataset.GetSequence(new DicomTag(0x0029, 0x0001, "TEST"));
        Assert.Equal("Jane", sequence.Items[0].GetString(DicomTag.PatientName));
        Assert.Equal(2, dataset.GetDicomItem<DicomElement>(new DicomTag(0x30, 0x10)).Count * 2);
    }

    internal static DicomDataset Sample(DicomTransferSyntax? syntax = null)
    {
        var item = new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, "1.2.3.4" }, { DicomTag.CodeMeaning, "meaning" } };
        var dataset = new DicomDataset(syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.3" },
            { DicomTag.PatientName, "Doe^Jane" },
            { DicomTag.PixelSpacing, 1.5m, 0.25m },
            { DicomTag.EchoTime, "2.3" },
            { DicomTag.InstanceNumber, 7 },
            { DicomTag.Rows, (ushort)8 },
            { DicomTag.Columns, (ushort)16 },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)12 },
            { DicomTag.HighBit, (ushort)11 },
            { DicomTag.PixelRepresentation, (ushort)0 },
            { DicomTag.DiffusionBValue, 500.25 },
            new DicomSequence(DicomTag.ReferencedImageSequence, item, new DicomDataset { new DicomSequence(DicomTag.PurposeOfReferenceCodeSequence, new DicomDataset()) }),
            new DicomUnknown(new DicomTag(0x0029, 0x0001, "RADIOMICS TEST"), "secret"u8.ToArray()),
        };
        dataset.Add(new DicomOtherWord(DicomTag.PixelData, [.. Enumerable.Range(0, 128).Select(i => (ushort)(i * 31))]));
        return dataset;
    }

    internal static byte[] Bytes(DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        var file = new DicomFile(dataset);
        file.FileMetaInfo.TransferSyntax = syntax ?? dataset.InternalTransferSyntax;
        var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }

    private static DicomFile? TryOpen(byte[] bytes)
    {
        try
        {
            return DicomFile.Open(new MemoryStream(bytes));
        }
        catch (DicomFileException)
        {
            return null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Any content may be there; what matters is that nothing but the value's own error comes.")]
    private static void Touch(DicomDataset? dataset)
    {
        foreach (var item in dataset ?? [])
        {
            if (item is DicomSequence sequence)
                sequence.Items.ToList().ForEach(Touch);
            else if (dataset!.TryGetString(item.Tag, out var text))
                Assert.NotNull(text);
        }
    }

    private sealed class ForwardOnlyStream(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(Math.Min(buffer.Length, 700), bytes.Length - _position);
            bytes.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Synchronous reads are refused.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
