using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.DicomWeb;

/// <summary>A DICOMweb server without a disk: gives a study of random bytes, takes any, keeps nothing.</summary>
internal static class StudyServer
{
    public const int Objects = 375;
    public const int ObjectBytes = 4_000_000;
    public const long StudyBytes = (long)Objects * ObjectBytes;

    /// <summary>Random bytes to make objects of.</summary>
    public static byte[] Object()
    {
        var bytes = new byte[ObjectBytes];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Serves until standard input ends; the first line of output is the address.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        await using var app = builder.Build();
        var content = Object();
        app.MapGet("/studies", () => Results.StatusCode(204));
        app.MapGet("/studies/{study}", (HttpContext http) => GiveAsync(http.Response, content));
        app.MapPost("/studies", (HttpContext http) => TakeAsync(http));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task GiveAsync(HttpResponse response, byte[] content)
    {
        response.ContentType = "multipart/related; type=\"application/dicom\"; boundary=objects";
        var head = Encoding.ASCII.GetBytes("\r\n--objects\r\nContent-Type: application/dicom\r\n\r\n");
        for (var i = 0; i < Objects; i++)
        {
            await response.Body.WriteAsync(head);
            for (var offset = 0; offset < content.Length; offset += 64 << 10)
                await response.Body.WriteAsync(content.AsMemory(offset, Math.Min(64 << 10, content.Length - offset)));
        }

        await response.Body.WriteAsync("\r\n--objects--"u8.ToArray());
    }

    private static async Task TakeAsync(HttpContext http)
    {
        var buffer = new byte[128 << 10];
        while (await http.Request.Body.ReadAsync(buffer) > 0)
        {
        }

        http.Response.ContentType = "application/dicom+json";
        await http.Response.WriteAsync("{}");
    }
}
