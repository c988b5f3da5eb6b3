using Azure.Core;

namespace Radiomics.DicomWeb.Tests;

/// <summary>What the client makes of the service's statuses, and of none.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData(400, "DicomServiceRefused", false)]
    [InlineData(401, "DicomServiceRefused", false)]
    [InlineData(403, "DicomServiceRefused", false)]
    [InlineData(405, "DicomServiceRefused", false)]
    [InlineData(406, "DicomServiceRefused", false)]
    [InlineData(409, "DicomServiceRefused", false)]
    [InlineData(410, "DicomServiceRefused", false)]
    [InlineData(415, "DicomServiceRefused", false)]
    [InlineData(501, "DicomServiceRefused", false)]
    [InlineData(304, "DicomServiceRefused", false)]
    [InlineData(404, "StudyNotFound", false)]
    [InlineData(424, "DicomServiceDependencyFailed", true)]
    [InlineData(408, "DicomServiceUnavailable", true)]
    [InlineData(429, "DicomServiceUnavailable", true)]
    [InlineData(500, "DicomServiceUnavailable", true)]
    [InlineData(502, "DicomServiceUnavailable", true)]
    [InlineData(503, "DicomServiceUnavailable", true)]
    [InlineData(504, "DicomServiceUnavailable", true)]
    public async Task Each_status_has_a_code_and_says_whether_it_may_pass(int status, string code, bool isPassing)
    {
        var service = new FakeService(_ => FakeService.Status(status));

        var refusal = await Refusal.OfAsync(service.Client().RetrieveStudyAsync(FakeService.Study));

        Assert.Equal((code, status, isPassing), (refusal.Code, refusal.Status, refusal.IsPassing));
        // One that may pass at once is tried four times.
        Assert.Equal(code == "DicomServiceUnavailable" ? 4 : 1, service.Requests.Count);
    }

    [Fact]
    public async Task What_is_not_there_is_named_by_its_level()
    {
        var client = new FakeService(_ => FakeService.Status(404)).Client();

        Assert.Equal("StudyNotFound", (await Refusal.OfAsync(client.RetrieveStudyMetadataAsync(FakeService.Study))).Code);
        Assert.Equal("SeriesNotFound", (await Refusal.OfAsync(client.RetrieveSeriesAsync(FakeService.Study, FakeService.Series))).Code);
        Assert.Equal(
            "InstanceNotFound", (await Refusal.OfAsync(() => client.RetrieveInstanceAsync(FakeService.Study, FakeService.Series, FakeService.Instance))).Code);
        Assert.Equal("DicomServiceRefused", (await Refusal.OfAsync(client.SearchStudiesAsync())).Code);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_unavailable()
    {
        var service = new FakeService(_ => throw new HttpRequestException("Connection refused"));

        var refusal = await Refusal.OfAsync(service.Client().SearchStudiesAsync());

        Assert.Equal(("DicomServiceUnavailable", null, true), (refusal.Code, refusal.Status, refusal.IsPassing));
        Assert.Equal(4, service.Requests.Count);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_after_the_pause_that_it_wants()
    {
        var times = new List<long>();
        var service = new FakeService(
            _ =>
            {
                times.Add(Environment.TickCount64);
                return times.Count == 1 ? FakeService.Status(429, ("Retry-After", "1")) : FakeService.Status(204);
            });

        await Refusal.ListAsync(service.Client().SearchStudiesAsync());

        // Never sooner; how much later is the machine's matter.
        Assert.InRange(times[1] - times[0], 900, long.MaxValue);
    }

    [Fact]
    public async Task A_long_pause_is_left_to_the_caller()
    {
        var service = new FakeService(_ => FakeService.Status(429, ("Retry-After", "3600")));

        var refusal = await Refusal.OfAsync(service.Client().SearchStudiesAsync());

        Assert.Equal(TimeSpan.FromHours(1), refusal.RetryAfter);
        Assert.True(refusal.IsPassing);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_pause_may_be_given_as_a_time()
    {
        var service = new FakeService(_ => FakeService.Status(503, ("Retry-After", DateTimeOffset.UtcNow.AddHours(2).ToString("R"))));

        var refusal = await Refusal.OfAsync(service.Client().SearchStudiesAsync());

        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Nobody_is_followed_to_another_host()
    {
        var service = new FakeService(_ => FakeService.Status(302, ("Location", "https://attacker.example/studies")));

        var refusal = await Refusal.OfAsync(service.Client(credential: new Credential()).SearchStudiesAsync());

        Assert.Equal(("DicomServiceRefused", 302), (refusal.Code, refusal.Status));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_token_of_the_dicom_services_scope_is_sent()
    {
        var credential = new Credential();
        var service = new FakeService(_ => FakeService.Status(204));

        await Refusal.ListAsync(service.Client(credential: credential).SearchStudiesAsync());

        Assert.Equal("Bearer secret", service.Headers.Single().Authorization!.ToString());
        Assert.Equal("https://dicom.healthcareapis.azure.com/.default", credential.Scope);
    }

    [Fact]
    public void A_token_is_not_sent_without_tls() => Assert.Equal(
        "DicomServiceNotAllowed",
        Assert.Throws<Extraction.RadiomicsException>(() => new DicomServiceClient(
            new Uri("http://localhost:8042"), new Credential(), new DicomServiceClientOptions { Hosts = DicomServiceHosts.ThisMachine })).Code);

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(404, false)]
    public async Task What_is_deleted_was_there_or_not(int status, bool wasThere)
    {
        var service = new FakeService(_ => FakeService.Status(status));
        var client = service.Client();

        Assert.Equal(wasThere, await client.DeleteStudyAsync(FakeService.Study));
        Assert.Equal(wasThere, await client.DeleteSeriesAsync(FakeService.Study, FakeService.Series));
        Assert.Equal(wasThere, await client.DeleteInstanceAsync(FakeService.Study, FakeService.Series, FakeService.Instance));
        Assert.Equal($"DELETE /v2/studies/{FakeService.Study}/series/{FakeService.Series}/instances/{FakeService.Instance}", service.Requests[2]);
    }

    [Fact]
    public async Task What_may_not_be_deleted_is_refused() => Assert.Equal(
        "DicomServiceRefused",
        (await Refusal.OfAsync(() => new FakeService(_ => FakeService.Status(403)).Client().DeleteStudyAsync(FakeService.Study))).Code);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("1..2")]
    [InlineData(".1")]
    [InlineData("1.")]
    [InlineData("1.2/../../workitems")]
    [InlineData("1.2?x=1")]
    [InlineData("1.2%2f3")]
    [InlineData("1.2\n")]
    [InlineData("a.b")]
    [InlineData("１.２")]
    [InlineData("1.234567890123456789012345678901234567890123456789012345678901234567")]
    public async Task What_is_no_uid_goes_into_no_address(string uid)
    {
        var service = new FakeService(_ => FakeService.Status(204));
        var client = service.Client();

        Assert.Equal("UidInvalid", await Refusal.CodeAsync(() => client.DeleteStudyAsync(uid)));
        Assert.Equal("UidInvalid", await Refusal.CodeAsync(() => client.DeleteSeriesAsync(FakeService.Study, uid)));
        Assert.Equal("UidInvalid", await Refusal.CodeAsync(() => client.DeleteInstanceAsync(FakeService.Study, FakeService.Series, uid)));
        Assert.Equal("UidInvalid", await Refusal.CodeAsync(() => client.StoreAsync([], uid)));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task The_versions_of_the_service_are_its_paths_first_segment()
    {
        var service = new FakeService(_ => FakeService.Status(204));

        foreach (var version in Enum.GetValues<DicomServiceClientOptions.ServiceVersion>())
        {
            var options = new DicomServiceClientOptions(version) { Transport = new Azure.Core.Pipeline.HttpClientTransport(new HttpClient(service)) };
            await Refusal.ListAsync(new DicomServiceClient(new Uri(FakeService.Endpoint, "base/"), options).SearchStudiesAsync());
        }

        Assert.Equal(["/base/studies", "/base/v1/studies", "/base/v2/studies"], service.Requests.Select(request => request[4..request.IndexOf('?')]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void A_partition_that_cannot_be_one_is_refused(string name) => Assert.Equal(
        "DicomPartitionInvalid", Assert.Throws<Extraction.RadiomicsException>(() => new DicomServiceClientOptions { Partition = name }).Code);

    private sealed class Credential : TokenCredential
    {
        public string? Scope { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = requestContext.Scopes.Single();
            return new("secret", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
