using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Radiomics.DicomWeb.Tests;

/// <summary>A DICOM service that says what a test wants, answer by answer, and remembers what it was asked.</summary>
internal sealed class FakeService(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public const string Study = "1.2.826.0.1.3680043.10.999.1";
    public const string Series = "1.2.826.0.1.3680043.10.999.2";
    public const string Instance = "1.2.826.0.1.3680043.10.999.3";

    /// <summary>Method and address of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Headers of each request.</summary>
    public List<HttpRequestHeaders> Headers { get; } = [];

    /// <summary>Content type, length and bytes of each request that had any.</summary>
    public List<(string? Type, long? Length, byte[] Bytes)> Bodies { get; } = [];

    public static Uri Endpoint { get; } = new("https://hospital-imaging.dicom.azurehealthcareapis.com");

    /// <summary>A client of it that doesn't wait long between tries.</summary>
    public DicomServiceClient Client(Action<DicomServiceClientOptions>? configure = null, TokenCredential? credential = null) =>
        credential is null ? new(Endpoint, Options(configure)) : new(Endpoint, credential, Options(configure));

    public static HttpResponseMessage Json(string json, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/dicom+json") };

    public static HttpResponseMessage Status(int status, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
            answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }

    public static HttpResponseMessage Body(Stream body, string contentType, int status = 200)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The last answer is given for good.
        var answer = answers[Math.Min(Requests.Count, answers.Length - 1)];
        Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Headers.Add(request.Headers);
        if (request.Content is { } content)
            Bodies.Add((content.Headers.ContentType?.ToString(), content.Headers.ContentLength, await content.ReadAsByteArrayAsync(cancellationToken)));
        return answer(request);
    }

    private DicomServiceClientOptions Options(Action<DicomServiceClientOptions>? configure)
    {
        var options = new DicomServiceClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(2);
        configure?.Invoke(options);
        return options;
    }
}
