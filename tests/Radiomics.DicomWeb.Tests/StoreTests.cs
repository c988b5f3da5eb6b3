using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Radiomics.DicomWeb.Tests;

public sealed class StoreTests
{
    private const string Stored =
        """{"00081199":{"vr":"SQ","Value":[{"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.4"]},"00081155":{"vr":"UI","Value":["1.2.3"]},"00081190":{"vr":"UR","Value":["https://x/studies/1"]}}]}}""";

    private const string Exists =
        """{"00081198":{"vr":"SQ","Value":[{"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.4"]},"00081155":{"vr":"UI","Value":["1.2.3"]},"00081197":{"vr":"US","Value":[45070]}}]}}""";

    [Fact]
    public async Task Files_are_the_parts_of_one_request()
    {
        var service = new FakeService(_ => FakeService.Json(Stored));

        var result = await service.Client().StoreAsync([Item("first"), Item("\r\n--second")]);

        Assert.Equal(new StoredInstance("1.2.840.10008.5.1.4.1.1.4", "1.2.3", null), result.Stored.Single());
        Assert.Empty(result.Failed);
        Assert.True(result.IsComplete);
        Assert.Equal("POST /v2/studies", service.Requests.Single());
        Assert.Equal("application/dicom+json", service.Headers.Single().Accept.ToString());
        Assert.Equal(["application/dicom: first", "application/dicom: \r\n--second"], await PartsAsync(service.Bodies.Single()));
        Assert.Equal(service.Bodies.Single().Bytes.Length, service.Bodies.Single().Length);
    }

    [Fact]
    public async Task A_study_that_all_belong_to_is_part_of_the_address()
    {
        var service = new FakeService(_ => FakeService.Json(Stored));

        await service.Client(options => options.Partition = "a").StoreAsync([Item("x")], FakeService.Study);

        Assert.Equal($"POST /v2/partitions/a/studies/{FakeService.Study}", service.Requests.Single());
    }

    [Fact]
    public async Task Nothing_to_store_is_not_asked()
    {
        var service = new FakeService(_ => FakeService.Status(204));

        Assert.True((await service.Client().StoreAsync([])).IsComplete);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task What_was_stored_with_a_warning_or_not_stored_is_told_for_each()
    {
        var service = new FakeService(_ => FakeService.Json(
            """
            {"00081190":{"vr":"UR","Value":["https://x/studies/1"]},
             "00081198":{"vr":"SQ","Value":[
               {"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.4"]},"00081155":{"vr":"UI","Value":["1.2.5"]},"00081197":{"vr":"US","Value":[43265]}},
               {"00081197":{"vr":"US","Value":[272]}}]},
             "0008119A":{"vr":"SQ","Value":[{"00081197":{"vr":"US","Value":[49152]}}]},
             "00081199":{"vr":"SQ","Value":[
               {"00081155":{"vr":"UI","Value":["1.2.3"]}},
               {"00081155":{"vr":"UI","Value":["1.2.4"]},"00081196":{"vr":"US","Value":[1]},
                "00741048":{"vr":"SQ","Value":[{"00000902":{"vr":"LO","Value":["DICOM100: (0008,0020)"]}}]}}]}}
            """, status: 202));

        var result = await service.Client().StoreAsync([Item("x")]);

        Assert.Equal([new(null, "1.2.3", null), new StoredInstance(null, "1.2.4", 1)], result.Stored);
        Assert.Equal(["1.2.4"], result.Warnings.Select(instance => instance.SopInstanceUid));
        Assert.Equal(
            [new("1.2.840.10008.5.1.4.1.1.4", "1.2.5", 43265), new(null, null, 272), new FailedInstance(null, null, 49152)], result.Failed);
        Assert.True(result.Failed[0].IsOfAnotherStudy);
        Assert.False(result.IsComplete);
    }

    [Fact]
    public async Task A_conflict_says_which_instances_and_why()
    {
        var service = new FakeService(_ => FakeService.Json(Exists, status: 409));

        var result = await service.Client().StoreAsync([Item("x")]);

        Assert.Empty(result.Stored);
        Assert.True(result.Failed.Single().IsAlreadyStored);
        // Nothing is lost: the service has it.
        Assert.True(result.IsComplete);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_conflict_without_a_reason_is_refused()
    {
        var service = new FakeService(_ => FakeService.Json("{}", status: 409));

        var refusal = await Refusal.OfAsync(() => service.Client().StoreAsync([Item("x")]));

        Assert.Equal(("DicomServiceRefused", 409), (refusal.Code, refusal.Status));
    }

    [Fact]
    public async Task A_retry_sends_everything_again()
    {
        var service = new FakeService(_ => FakeService.Status(503), _ => throw new HttpRequestException("reset"), _ => FakeService.Json(Exists, status: 409));
        var opened = 0;
        var item = new StoreItem(_ =>
        {
            opened++;
            return new(new MemoryStream("once more"u8.ToArray()));
        });

        var result = await service.Client().StoreAsync([item]);

        // The first try had stored it, although nobody heard so.
        Assert.True(result.IsComplete);
        Assert.Equal(3, opened);
        foreach (var body in service.Bodies)
            Assert.Equal(["application/dicom: once more"], await PartsAsync(body));
    }

    [Fact]
    public async Task Files_of_unknown_length_are_sent_in_chunks()
    {
        var service = new FakeService(_ => FakeService.Json(Stored));

        await service.Client().StoreAsync([new StoreItem(_ => new(new GeneratedStream("head"u8.ToArray(), 10)))]);

        Assert.Equal(["application/dicom: head0000000000"], await PartsAsync(service.Bodies.Single()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_the_callers_matter()
    {
        var service = new FakeService(_ => FakeService.Json(Stored));
        var item = new StoreItem(_ => throw new FileNotFoundException("gone"));

        await Assert.ThrowsAsync<FileNotFoundException>(() => service.Client().StoreAsync([item]));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task More_than_the_service_takes_at_once_goes_into_several_requests()
    {
        var service = new FakeService(_ => FakeService.Json(Stored), _ => FakeService.Json(Exists, status: 409), _ => FakeService.Json(Stored));

        var result = await service.Client(options => options.StoreRequestBytes = 10)
            .StoreAsync([Item("12345"), Item("12345"), Item("123456789012"), Item("1"), Item("2")]);

        var parts = await Task.WhenAll(service.Bodies.Select(PartsAsync));
        Assert.Equal([2, 1, 2], parts.Select(request => request.Count));
        Assert.Equal((2, 1), (result.Stored.Count, result.Failed.Count));
    }

    [Fact]
    public async Task A_file_on_disk_is_sent_as_it_is()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "from disk");
        var service = new FakeService(_ => FakeService.Json(Stored));

        await service.Client().StoreAsync([StoreItem.FromFile(path)]);

        File.Delete(path);
        Assert.Equal(["application/dicom: from disk"], await PartsAsync(service.Bodies.Single()));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(406)]
    [InlineData(413)]
    [InlineData(415)]
    public async Task A_request_that_is_not_taken_is_refused(int status)
    {
        var service = new FakeService(_ => FakeService.Status(status));

        var refusal = await Refusal.OfAsync(() => service.Client().StoreAsync([Item("x")], FakeService.Study));

        Assert.Equal(("DicomServiceRefused", status, false), (refusal.Code, refusal.Status, refusal.IsPassing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task An_answer_that_does_not_say_what_became_of_them_is_refused(string json)
    {
        var service = new FakeService(_ => FakeService.Json(json));

        Assert.Equal("DicomServiceAnswerUnreadable", (await Refusal.OfAsync(() => service.Client().StoreAsync([Item("x")]))).Code);
    }

    private static StoreItem Item(string content) => StoreItem.FromBytes(BinaryData.FromString(content));

    private static async Task<List<string>> PartsAsync((string? Type, long? Length, byte[] Bytes) body)
    {
        var type = MediaTypeHeaderValue.Parse(body.Type);
        Assert.Equal("multipart/related", type.MediaType.Value);
        Assert.Equal("\"application/dicom\"", type.Parameters.Single(parameter => parameter.Name == "type").Value.Value);
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, new MemoryStream(body.Bytes));
        var parts = new List<string>();
        while (await reader.ReadNextSectionAsync() is { } section)
            parts.Add($"{section.ContentType}: {await new StreamReader(section.Body, Encoding.ASCII).ReadToEndAsync()}");
        return parts;
    }
}
