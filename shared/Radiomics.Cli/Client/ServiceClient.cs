using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Radiomics.Cli.Output;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>The service's HTTP interface as this tool uses it.</summary>
public sealed class ServiceClient : IDisposable
{
    /// <summary>Where a service on this machine answers.</summary>
    public static readonly Uri DefaultUrl = new("http://127.0.0.1:7071/");

    // Less than a request may take in all.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    private readonly HttpClient _http;

    /// <summary>A client of a service.</summary>
    /// <param name="baseUrl">Where it answers.</param>
    /// <param name="key">Function key, if its host asks for one.</param>
    /// <param name="apiKey">API key, by which it knows who calls.</param>
    /// <param name="token">Access token, by which it knows who calls.</param>
    public ServiceClient(Uri baseUrl, string? key = null, string? apiKey = null, string? token = null)
    {
        _http = new HttpClient(new PatientHandler(s_patience)) { BaseAddress = new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(10) };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }

        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Where the service answers.</summary>
    public Uri BaseUrl => _http.BaseAddress!;

    /// <summary>Whether something answers as this service does, within a second.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var response = await _http.GetAsync("api/health", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Status of a prediction; null if the service doesn't know it (yet).</summary>
    public async Task<PredictionStatus?> GetAsync(string center, string id, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(Path(center, id), cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await RequireSuccessAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<PredictionStatus>(RadiomicsJson.Options, cancellation);
    }

    /// <summary>A report of a prediction, as it is stored.</summary>
    /// <param name="extension">Which form: one of those of <see cref="PredictionReports"/>.</param>
    /// <exception cref="CommandException">The service's code and sentence.</exception>
    public async Task<ReportFile> GetReportAsync(string center, string id, string extension, CancellationToken cancellation)
    {
        var contentType = PredictionReports.ContentTypeOf(extension);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path(center, id)}/report");
        request.Headers.Accept.ParseAdd(MediaTypeHeaderValue.Parse(contentType).MediaType!);
        if (PredictionReports.LanguageOf(extension) is { } language)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await _http.SendAsync(request, cancellation);
        await RequireSuccessAsync(response, cancellation);
        return new ReportFile(extension, contentType, new BinaryData(await response.Content.ReadAsByteArrayAsync(cancellation)));
    }

    /// <summary>Leave to upload a zip to <c>incoming/{center}/{name}</c>, for an hour.</summary>
    public async Task<UploadGrant> GrantUploadAsync(string center, string name, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync($"api/centers/{Uri.EscapeDataString(center)}/uploads", new { name }, cancellation);
        return await ReadAsync<UploadGrant>(response, cancellation);
    }

    /// <summary>Asks for the prediction of a blob in <c>incoming</c>. Returns its id; null if there is no such blob.</summary>
    public async Task<string?> PostBlobAsync(string center, string blob, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(Path(center, null), new { blob }, cancellation);
        return response.StatusCode == HttpStatusCode.NotFound && (await ProblemAsync(response, cancellation)).Code == "BlobNotFound"
            ? null
            : await IdAsync(response, cancellation);
    }

    /// <summary>Sends a study in a request's body, in one piece. Returns the prediction's id.</summary>
    public async Task<string> PostAsync(string center, Study study, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(study.ZipPath);
        using var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        content.Headers.Add("Repr-Digest", $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(study.Sha256))}:");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(center, null)) { Content = content };
        // A service that has no room for it says so before it is sent.
        request.Headers.ExpectContinue = true;
        using var response = await _http.SendAsync(request, cancellation);
        return await IdAsync(response, cancellation);
    }

    private static async Task<string> IdAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await RequireSuccessAsync(response, cancellation);
        return response.Headers.Location?.OriginalString.TrimEnd('/').Split('/')[^1]
            ?? throw new CommandException(ExitCodes.Failed, "UnexpectedAnswer", "The service accepted the study but didn't say where its prediction will be.");
    }

    /// <summary>Sends a request to a path below <see cref="BaseUrl"/>.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _http.SendAsync(request, cancellation);

    /// <summary>The value in a successful answer.</summary>
    /// <exception cref="CommandException">The service's code and sentence, or <c>UnexpectedAnswer</c>.</exception>
    internal static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
        where T : class
    {
        await RequireSuccessAsync(response, cancellation);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(RadiomicsJson.Options, cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.Failed, "UnexpectedAnswer", "The service's answer can't be read: it may have another version than this tool.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Path(string center, string? id) =>
        $"api/centers/{Uri.EscapeDataString(center)}/predictions" + (id is null ? "" : $"/{Uri.EscapeDataString(id)}");

    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // The host, which asks for its key, says nothing; the service behind it says what it wants.
            var (_, refusal) = await ProblemAsync(response, cancellation);
            throw new CommandException(
                ExitCodes.Failed, "ServiceRefused", $"The service refuses the access{(refusal is null ? "; give its function key with --key." : $": {refusal} (RADIOMICS_API_KEY, RADIOMICS_TOKEN)")}");
        }

        var exitCode = (int)response.StatusCode < 500 ? ExitCodes.BadInput : ExitCodes.Failed;
        var (code, detail) = await ProblemAsync(response, cancellation);
        throw new CommandException(exitCode, code ?? "UnexpectedAnswer", detail ?? $"The service answered {(int)response.StatusCode}.");
    }

    /// <summary>Code and sentence of a problem.</summary>
    internal static async Task<(string? Code, string? Detail)> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            string? Text(string name) =>
                problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            return (Text("code"), Text("detail") ?? Text("title"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }
}
