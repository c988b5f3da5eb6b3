using System.Text;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Tests;

public sealed class SearchTests
{
    [Fact]
    public async Task Results_are_taken_page_by_page_until_one_is_not_full()
    {
        var service = new FakeService(_ => Studies(0, 200), _ => Studies(200, 200), _ => Studies(400, 50));

        var uids = await UidsAsync(service.Client().SearchStudiesAsync());

        Assert.Equal(Enumerable.Range(0, 450).Select(Uid), uids);
        Assert.Equal(
            ["GET /v2/studies?limit=200&offset=0", "GET /v2/studies?limit=200&offset=200", "GET /v2/studies?limit=200&offset=400"], service.Requests);
    }

    [Fact]
    public async Task No_content_is_no_result()
    {
        var service = new FakeService(_ => FakeService.Status(204));

        Assert.Empty(await UidsAsync(service.Client().SearchStudiesAsync()));
    }

    [Fact]
    public async Task A_full_last_page_is_followed_by_none()
    {
        var service = new FakeService(_ => Studies(0, 2), _ => FakeService.Status(204));

        Assert.Equal(2, (await UidsAsync(service.Client().SearchStudiesAsync(new DicomQuery { PageSize = 2 }))).Count);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_result_that_something_newer_has_moved_to_the_next_page_is_given_once()
    {
        var service = new FakeService(_ => Studies(0, 3), _ => Studies(2, 2));

        Assert.Equal([Uid(0), Uid(1), Uid(2), Uid(3)], await UidsAsync(service.Client().SearchStudiesAsync(new DicomQuery { PageSize = 3 })));
    }

    [Fact]
    public async Task A_server_that_gives_the_same_whatever_the_offset_is_asked_no_more_than_twice()
    {
        var service = new FakeService(_ => Studies(0, 5));

        Assert.Equal(5, (await UidsAsync(service.Client().SearchStudiesAsync(new DicomQuery { PageSize = 5 }))).Count);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_the_server_cut_short_is_followed_by_the_rest()
    {
        var service = new FakeService(
            _ =>
            {
                var page = Studies(0, 100);
                page.Headers.TryAddWithoutValidation("Warning", "299 service \"There are 20 additional results that can be requested\"");
                return page;
            },
            _ => Studies(100, 20));

        Assert.Equal(120, (await UidsAsync(service.Client().SearchStudiesAsync())).Count);
        Assert.Equal("GET /v2/studies?limit=200&offset=100", service.Requests[1]);
    }

    [Fact]
    public async Task A_page_can_be_taken_up_where_another_ended()
    {
        var service = new FakeService(_ => Studies(0, 2), _ => Studies(2, 1));
        var token = "";
        await foreach (var page in service.Client().SearchStudiesAsync().AsPages(pageSizeHint: 2))
        {
            token = page.ContinuationToken;
            break;
        }

        Assert.Equal("2", token);
        await foreach (var page in service.Client().SearchStudiesAsync().AsPages(token, pageSizeHint: 2))
            Assert.Null(page.ContinuationToken);
        Assert.Equal("GET /v2/studies?limit=2&offset=2", service.Requests[1]);
    }

    [Fact]
    public async Task Values_and_wanted_attributes_are_parameters_that_nothing_can_break_out_of()
    {
        var service = new FakeService(_ => FakeService.Status(204));
        var query = new DicomQuery
        {
            Matches = new Dictionary<DicomTag, string> { [DicomTag.AccessionNumber] = "a&limit=1 #/é", [DicomTag.StudyDate] = "20250101-" },
            IncludeFields = [DicomTag.NumberOfStudyRelatedInstances],
        };

        await UidsAsync(service.Client().SearchStudiesAsync(query));

        Assert.Equal(
            "GET /v2/studies?00080050=a%26limit%3D1%20%23%2F%C3%A9&00080020=20250101-&includefield=00201208&limit=200&offset=0", service.Requests.Single());
    }

    [Fact]
    public async Task A_query_is_asked_at_the_level_that_it_names()
    {
        var service = new FakeService(_ => FakeService.Status(204));
        var client = service.Client(options => options.Partition = "center-A");
        var inStudy = new DicomQuery { StudyUid = FakeService.Study };

        await UidsAsync(client.SearchStudiesAsync(inStudy));
        await UidsAsync(client.SearchSeriesAsync());
        await UidsAsync(client.SearchSeriesAsync(inStudy));
        await UidsAsync(client.SearchInstancesAsync());
        await UidsAsync(client.SearchInstancesAsync(inStudy));
        await UidsAsync(client.SearchInstancesAsync(inStudy with { SeriesUid = FakeService.Series, IncludeAll = true }));

        Assert.Equal(
            [
                $"/studies?0020000D={FakeService.Study}&", "/series?", $"/studies/{FakeService.Study}/series?", "/instances?",
                $"/studies/{FakeService.Study}/instances?", $"/studies/{FakeService.Study}/series/{FakeService.Series}/instances?includefield=all&",
            ],
            service.Requests.Select(request => request["GET /v2/partitions/center-A".Length..].Replace("limit=200&offset=0", "")));
    }

    [Fact]
    public void A_query_that_makes_no_sense_is_refused_before_it_is_asked()
    {
        var client = new FakeService(_ => FakeService.Status(204)).Client();

        Assert.Equal("DicomQueryInvalid", CodeOf(() => client.SearchStudiesAsync(new DicomQuery { PageSize = 0 })));
        Assert.Equal("DicomQueryInvalid", CodeOf(() => client.SearchStudiesAsync(new DicomQuery { PageSize = 201 })));
        Assert.Equal("DicomQueryInvalid", CodeOf(() => client.SearchInstancesAsync(new DicomQuery { SeriesUid = FakeService.Series })));
        Assert.Equal("UidInvalid", CodeOf(() => client.SearchSeriesAsync(new DicomQuery { StudyUid = "1.2/../3" })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("""[{"0020000D":{"vr":"UI","Value":["1.2"]}""")]
    [InlineData("""[{"0020000D":{"Value":["1.2"]}}]""")]
    [InlineData("""[{"0020000D":"1.2"}]""")]
    [InlineData("""[{"00280010":{"vr":"US","Value":["many"]}}]""")]
    [InlineData("""[{"00280010":{"vr":"US","Value":[70000]}}]""")]
    [InlineData("""[{"nonsense":{"vr":"US","Value":[1]}}]""")]
    [InlineData("""[{"00280010":{"vr":"XX","Value":[1]}}]""")]
    public async Task An_answer_that_is_no_dicom_json_is_refused_with_a_code(string json)
    {
        var service = new FakeService(_ => FakeService.Json(json));

        Assert.Equal("DicomServiceAnswerUnreadable", (await Refusal.OfAsync(service.Client().SearchStudiesAsync())).Code);
    }

    [Fact]
    public async Task A_page_for_people_is_no_answer()
    {
        var service = new FakeService(_ => FakeService.Body(new MemoryStream("<html>Sign in</html>"u8.ToArray()), "text/html"));

        Assert.Equal("DicomServiceAnswerUnreadable", (await Refusal.OfAsync(service.Client().SearchStudiesAsync())).Code);
    }

    [Fact]
    public async Task A_dataset_that_never_ends_is_refused_before_it_fills_the_memory()
    {
        var endless = new GeneratedStream(Encoding.ASCII.GetBytes("""[{"0020000D":{"vr":"UI","Value":[" """.TrimEnd()), long.MaxValue);
        var service = new FakeService(_ => FakeService.Body(endless, "application/dicom+json"));

        Assert.Equal("DicomServiceAnswerUnreadable", (await Refusal.OfAsync(service.Client().SearchStudiesAsync())).Code);
        Assert.InRange(endless.Given, 64 << 20, 80 << 20);
    }

    [Fact]
    public async Task Attributes_arrive_as_they_are()
    {
        var service = new FakeService(_ => FakeService.Json(
            """
            [{"00080061":{"vr":"CS","Value":["MR","SEG"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"Doe^Jane"}]},"00201208":{"vr":"IS","Value":[289]},
            "00080020":{"vr":"DA","Value":["not a date"]},"00080050":{"vr":"SH"}}]
            """));

        var study = (await Refusal.ListAsync(service.Client().SearchStudiesAsync())).Single();

        Assert.Equal(["MR", "SEG"], study.GetValues<string>(DicomTag.ModalitiesInStudy));
        Assert.Equal("Doe^Jane", study.GetString(DicomTag.PatientName));
        Assert.Equal(289, study.GetSingleValue<int>(DicomTag.NumberOfStudyRelatedInstances));
        Assert.Equal("not a date", study.GetString(DicomTag.StudyDate));
    }

    private static string CodeOf(Func<object> call) => Assert.Throws<RadiomicsException>(call).Code;

    private static async Task<List<string>> UidsAsync(IAsyncEnumerable<DicomDataset> results) =>
        [.. (await Refusal.ListAsync(results)).Select(result => result.GetString(DicomTag.StudyInstanceUID))];

    private static HttpResponseMessage Studies(int from, int count) => FakeService.Json(
        $"[{string.Join(',', Enumerable.Range(from, count).Select(n => $$$"""{"0020000D":{"vr":"UI","Value":["{{{Uid(n)}}}"]}}"""))}]");

    private static string Uid(int number) => $"1.2.{number + 1}";
}
