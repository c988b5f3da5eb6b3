using System.Net;
using System.Text;

namespace Radiomics.DicomWeb.Tests;

/// <summary>How much is held while a study streams through; alone, because what a process allocates is counted.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    private const int Objects = 64;
    private const int ObjectBytes = 4 << 20;
    private const long StudyBytes = (long)Objects * ObjectBytes;
    private const long Allowance = StudyBytes / 32;

    [Fact]
    public async Task A_study_that_is_retrieved_is_never_held()
    {
        var service = new FakeService(_ => FakeService.Body(new StudyStream(), "multipart/related; type=\"application/dicom\"; boundary=b"));
        var client = service.Client();
        var buffer = new byte[64 << 10];
        var bytes = 0L;

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await foreach (var part in client.RetrieveStudyAsync(FakeService.Study))
        {
            while (await part.Content.ReadAsync(buffer) is > 0 and var read)
                bytes += read;
        }

        Assert.Equal(StudyBytes, bytes);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Allowance);
    }

    [Fact]
    public async Task A_study_that_is_stored_is_never_held()
    {
        var service = new SinkService();
        var options = new DicomServiceClientOptions { Transport = new Azure.Core.Pipeline.HttpClientTransport(new HttpClient(service)) };
        var client = new DicomServiceClient(FakeService.Endpoint, options);
        var items = Enumerable.Range(0, Objects).Select(_ => new StoreItem(_ => new(new GeneratedStream([], ObjectBytes)), ObjectBytes));

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await client.StoreAsync(items);

        Assert.InRange(service.Bytes, StudyBytes, StudyBytes + (Objects * 128));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Allowance);
    }

    /// <summary>An answer of many objects, made when it is read.</summary>
    private sealed class StudyStream : MemoryStream
    {
        private static readonly byte[] s_head = Encoding.ASCII.GetBytes("\r\n--b\r\nContent-Type: application/dicom\r\n\r\n");
        private int _begun;
        private Stream _object = new MemoryStream();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                if (await _object.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                    return read;
                if (_begun > Objects)
                    return 0;
                _object = _begun++ < Objects ? new GeneratedStream(s_head, ObjectBytes) : new MemoryStream("\r\n--b--"u8.ToArray());
            }
        }
    }

    /// <summary>Counts what it is sent.</summary>
    private sealed class SinkService : HttpMessageHandler
    {
        public long Bytes { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await using var sink = new CountingStream(count => Bytes += count);
            await request.Content!.CopyToAsync(sink, cancellationToken);
            return new(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/dicom+json") };
        }
    }

    private sealed class CountingStream(Action<int> count) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int length) => count(length);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            count(buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
