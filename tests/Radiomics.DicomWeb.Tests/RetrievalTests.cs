using System.Text;
using FellowOakDicom;

namespace Radiomics.DicomWeb.Tests;

public sealed class RetrievalTests
{
    private const string Type = "multipart/related; type=\"application/dicom\"; boundary=\"b1\"";
    private const string Two = "--b1\r\nContent-Type: application/dicom\r\n\r\nfirst\r\n--b1\r\nContent-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\nsecond\r\n--b1--\r\n";

    [Fact]
    public async Task The_objects_of_a_study_arrive_one_after_the_other()
    {
        var service = Service(Type, Two);

        Assert.Equal(["first", "second"], await TextsAsync(service.Client().RetrieveStudyAsync(FakeService.Study)));
        Assert.Equal($"GET /v2/studies/{FakeService.Study}", service.Requests.Single());
        Assert.Equal("multipart/related; type=\"application/dicom\"; transfer-syntax=*", service.Headers.Single().Accept.ToString());
    }

    [Fact]
    public async Task Each_level_has_its_address()
    {
        var service = Service(Type, Two);
        var client = service.Client(options => options.Partition = "p");

        await TextsAsync(client.RetrieveSeriesAsync(FakeService.Study, FakeService.Series));
        (await client.RetrieveInstanceAsync(FakeService.Study, FakeService.Series, FakeService.Instance)).Dispose();

        Assert.Equal(
            [
                $"GET /v2/partitions/p/studies/{FakeService.Study}/series/{FakeService.Series}",
                $"GET /v2/partitions/p/studies/{FakeService.Study}/series/{FakeService.Series}/instances/{FakeService.Instance}",
            ],
            service.Requests);
    }

    [Theory]
    [InlineData("b1")]
    [InlineData("\"b1\"")]
    [InlineData("  b1 ; start=\"x;boundary=no\"")]
    public async Task A_boundary_may_be_quoted_or_not(string written) =>
        Assert.Equal(["first", "second"], await TextsAsync(Service($"multipart/related; type=\"application/dicom\"; boundary={written}", Two)));

    [Theory]
    [InlineData("----=_Part_7_1.2", "----=_Part_7_1.2")]
    [InlineData("a/b:c", "a/b:c")]
    [InlineData("b", "b")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"a\\\"b;c\"", "a\"b;c")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789", "0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Any_boundary_that_servers_write_is_understood(string written, string boundary) => Assert.Equal(
        ["first", "second"],
        await TextsAsync(Service($"Multipart/Related; Boundary={written}; type=application/dicom", Two.Replace("--b1", $"--{boundary}"))));

    [Theory]
    [InlineData("This is for readers of mail.\r\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("", "And this is behind it.\r\n")]
    [InlineData("\r\n\r\n", "\r\n\r\n")]
    public async Task What_stands_before_and_behind_the_parts_is_no_part(string before, string behind) =>
        Assert.Equal(["first", "second"], await TextsAsync(Service(Type, before + Two + behind)));

    [Fact]
    public async Task Blanks_behind_a_boundary_and_further_headers_do_not_matter() => Assert.Equal(
        ["first", "second"],
        await TextsAsync(Service(Type, Two.Replace("--b1\r\nContent-Type", "--b1  \r\nContent-Location: /x\r\nMIME-Version: 1.0\r\ncontent-type"))));

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("\r\n--b")]
    [InlineData("\r\n--b\r\n--b2\r\n-b1--b1\n--b1")]
    [InlineData("\r\r\n-\r\n--\r\n--b0--")]
    public async Task Bytes_that_look_like_a_boundary_are_an_objects_own(string content) =>
        Assert.Equal([content], await TextsAsync(Service(Type, $"--b1\r\nContent-Type: application/dicom\r\n\r\n{content}\r\n--b1--")));

    [Fact]
    public async Task However_the_network_cuts_an_answer_its_objects_are_the_same()
    {
        var random = new Random(7);
        var contents = Enumerable.Range(0, 5).Select(_ => new byte[random.Next(1, 300_000)]).ToArray();
        using var body = new MemoryStream();
        foreach (var content in contents)
        {
            random.NextBytes(content);
            body.Write("\r\n--b1\r\nContent-Type: application/dicom\r\n\r\n"u8);
            body.Write(content);
        }

        body.Write("\r\n--b1--\r\n"u8);
        var service = new FakeService(_ => FakeService.Body(new ChoppedStream(body.ToArray(), random), Type));

        Assert.Equal(contents, await BytesAsync(service.Client().RetrieveStudyAsync(FakeService.Study)));
    }

    [Fact]
    public async Task An_object_that_nobody_reads_is_passed_over()
    {
        var read = new List<string>();
        await foreach (var part in Service(Type, Two).Client().RetrieveStudyAsync(FakeService.Study))
        {
            if (part.ContentType != "application/dicom")
                read.Add(await TextAsync(part));
        }

        Assert.Equal(["second"], read);
    }

    [Fact]
    public async Task An_object_ends_when_the_next_is_asked_for()
    {
        await using var parts = Service(Type, Two).Client().RetrieveStudyAsync(FakeService.Study).GetAsyncEnumerator();
        await parts.MoveNextAsync();
        var first = parts.Current;
        await parts.MoveNextAsync();

        Assert.Throws<ObjectDisposedException>(() => first.Content.ReadByte());
    }

    [Fact]
    public async Task An_answer_without_multipart_is_one_object()
    {
        var service = Service("application/dicom; transfer-syntax=1.2.840.10008.1.2.1", "alone");

        using var part = await service.Client().RetrieveInstanceAsync(FakeService.Study, FakeService.Series, FakeService.Instance);

        Assert.Equal("alone", await TextAsync(part));
    }

    [Fact]
    public async Task An_instance_can_be_read_until_it_is_disposed_of()
    {
        var body = new MemoryStream(Encoding.ASCII.GetBytes(Two));
        var service = new FakeService(_ => FakeService.Body(body, Type));

        var part = await service.Client().RetrieveInstanceAsync(FakeService.Study, FakeService.Series, FakeService.Instance);
        Assert.Equal("first", await TextAsync(part));
        Assert.True(body.CanRead);
        part.Dispose();

        Assert.False(body.CanRead);
    }

    [Fact]
    public async Task Who_stops_reading_gives_the_connection_back()
    {
        var body = new MemoryStream(Encoding.ASCII.GetBytes(Two));
        var service = new FakeService(_ => FakeService.Body(body, Type));

        await foreach (var _ in service.Client().RetrieveStudyAsync(FakeService.Study))
            break;

        Assert.False(body.CanRead);
    }

    [Theory]
    [InlineData("--b1--\r\n")]
    [InlineData("\r\n--b1--")]
    public async Task An_answer_may_hold_no_object(string body) => Assert.Empty(await TextsAsync(Service(Type, body)));

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/zip")]
    [InlineData("multipart/related; type=\"application/dicom\"")]
    [InlineData("multipart/related; boundary=")]
    [InlineData("multipart/related; boundary=\"\"")]
    [InlineData("multipart/related; boundary=01234567890123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("multipart/related; boundary=\"ends with a blank \"")]
    [InlineData("multipart/related; xboundary=b1")]
    [InlineData("")]
    [InlineData(";;;")]
    public async Task An_answer_that_holds_no_dicom_or_does_not_say_where_parts_end_is_refused(string contentType) =>
        Assert.Equal("DicomServiceAnswerUnreadable", (await RefusalAsync(Service(contentType, Two))).Code);

    [Fact]
    public async Task A_part_of_another_kind_is_refused() =>
        Assert.Equal("DicomServiceAnswerUnreadable", (await RefusalAsync(Service(Type, Two.Replace("Content-Type: application/dicom;", "Content-Type: text/html;")))).Code);

    [Fact]
    public async Task A_boundary_that_never_comes_is_refused_before_much_is_read()
    {
        var endless = new GeneratedStream("--other\r\n\r\n"u8.ToArray(), long.MaxValue);
        var service = new FakeService(_ => FakeService.Body(endless, Type));

        Assert.Equal("DicomServiceAnswerUnreadable", (await RefusalAsync(service)).Code);
        Assert.InRange(endless.Given, 1, 1 << 20);
    }

    [Theory]
    [InlineData("--b1\r\nA: b")]
    [InlineData("--b1\r\n")]
    [InlineData("--b1")]
    public async Task Headers_that_never_end_are_refused(string start)
    {
        var endless = new GeneratedStream(Encoding.ASCII.GetBytes(start), long.MaxValue);
        var service = new FakeService(_ => FakeService.Body(endless, Type));

        Assert.Equal("DicomServiceAnswerUnreadable", (await RefusalAsync(service)).Code);
        Assert.InRange(endless.Given, 1, 1 << 20);
    }

    [Fact]
    public async Task Wherever_an_answer_breaks_off_is_told_and_no_object_is_taken_for_whole_that_is_not()
    {
        // Without the line break behind the closing boundary, which nobody needs.
        var whole = Two.TrimEnd();
        for (var length = 0; length < whole.Length; length++)
        {
            var got = new List<string>();
            var service = Service(Type, whole[..length]);
            var refusal = await Refusal.OfAsync(async () =>
            {
                await foreach (var part in service.Client().RetrieveStudyAsync(FakeService.Study))
                    got.Add(await TextAsync(part));
            });

            Assert.Equal("DicomServiceInterrupted", refusal.Code);
            Assert.True(refusal.IsPassing);
            Assert.Equal(new[] { "first", "second" }.Take(got.Count), got);
            // What has begun to arrive isn't asked for again behind the reader's back.
            Assert.Single(service.Requests);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told_to_who_reads()
    {
        var service = new FakeService(_ => FakeService.Body(new BreakingStream(Encoding.ASCII.GetBytes(Two[..60])), Type));

        var refusal = await RefusalAsync(service);

        Assert.Equal(("DicomServiceInterrupted", true, 200), (refusal.Code, refusal.IsPassing, refusal.Status));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        await using var parts = Service(Type, Two).Client().RetrieveStudyAsync(FakeService.Study, cancellation.Token).GetAsyncEnumerator();
        await parts.MoveNextAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await parts.Current.Content.ReadExactlyAsync(new byte[5], cancellation.Token));
    }

    [Fact]
    public async Task Half_a_study_is_refused()
    {
        var service = new FakeService(_ => FakeService.Body(new MemoryStream(Encoding.ASCII.GetBytes(Two)), Type, status: 206));

        Assert.Equal(206, (await RefusalAsync(service)).Status);
    }

    [Fact]
    public async Task Metadata_arrive_dataset_by_dataset()
    {
        var service = new FakeService(_ => FakeService.Json("""[{"00080018":{"vr":"UI","Value":["1.2.3"]}},{"00080018":{"vr":"UI","Value":["1.2.4"]}}]"""));
        var client = service.Client();

        var study = await Refusal.ListAsync(client.RetrieveStudyMetadataAsync(FakeService.Study));
        await Refusal.ListAsync(client.RetrieveSeriesMetadataAsync(FakeService.Study, FakeService.Series));
        await client.RetrieveInstanceMetadataAsync(FakeService.Study, FakeService.Series, FakeService.Instance);

        Assert.Equal(["1.2.3", "1.2.4"], study.Select(dataset => dataset.GetString(DicomTag.SOPInstanceUID)));
        Assert.Equal(
            ["", $"/series/{FakeService.Series}", $"/series/{FakeService.Series}/instances/{FakeService.Instance}"],
            service.Requests.Select(request => request.Replace($"GET /v2/studies/{FakeService.Study}", "").Replace("/metadata", "")));
    }

    private static FakeService Service(string contentType, string body) =>
        new(_ => FakeService.Body(new MemoryStream(Encoding.ASCII.GetBytes(body)), contentType));

    private static Task<List<string>> TextsAsync(FakeService service) => TextsAsync(service.Client().RetrieveStudyAsync(FakeService.Study));

    private static async Task<List<string>> TextsAsync(IAsyncEnumerable<DicomPart> parts) =>
        [.. (await BytesAsync(parts)).Select(Encoding.ASCII.GetString)];

    private static async Task<List<byte[]>> BytesAsync(IAsyncEnumerable<DicomPart> parts)
    {
        var contents = new List<byte[]>();
        await foreach (var part in parts)
        {
            using var content = new MemoryStream();
            await part.Content.CopyToAsync(content);
            contents.Add(content.ToArray());
        }

        return contents;
    }

    private static async Task<string> TextAsync(DicomPart part)
    {
        using var reader = new StreamReader(part.Content, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    private static Task<DicomServiceException> RefusalAsync(FakeService service) =>
        Refusal.OfAsync(() => BytesAsync(service.Client().RetrieveStudyAsync(FakeService.Study)));

    /// <summary>Gives so few bytes at a time as a network may.</summary>
    private sealed class ChoppedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 5_000))], cancellationToken);
    }

    /// <summary>Gives its bytes, and then the error of a connection that was reset.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
