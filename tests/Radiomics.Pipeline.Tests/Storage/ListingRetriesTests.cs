using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Emulator;

namespace Radiomics.Pipeline.Tests.Storage;

/// <summary>What the account can't answer is asked again, as ever; but not a listing that the emulator on this machine fails.</summary>
public class ListingRetriesTests
{
    [Theory]
    [InlineData("https://account.blob.core.windows.net/c", true, HttpStatusCode.InternalServerError, 3)]
    [InlineData("https://account.blob.core.windows.net/c", false, HttpStatusCode.InternalServerError, 3)]
    [InlineData("http://127.0.0.1:10000/account/c", true, HttpStatusCode.InternalServerError, 1)]
    [InlineData("http://127.0.0.1:10000/account/c", true, HttpStatusCode.ServiceUnavailable, 3)]
    [InlineData("http://127.0.0.1:10000/account/c", false, HttpStatusCode.InternalServerError, 3)]
    [InlineData("http://127.0.0.1:10000/account/c", false, HttpStatusCode.NotFound, 1)]
    public async Task Only_a_listing_that_the_emulator_fails_is_not_asked_for_again(string address, bool isListing, HttpStatusCode answer, int times)
    {
        using var account = new Account(answer);
        var container = new BlobContainerClient(new Uri(address), new BlobClientOptions
        {
            Transport = new HttpClientTransport(account),
            RetryPolicy = new ListingRetries(2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        });
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            if (isListing)
                await container.GetBlobsAsync().AsPages(null, 1).FirstAsync();
            else
                await container.GetPropertiesAsync();
        });
        Assert.Equal(times, account.Asked);
    }

    private sealed class Account(HttpStatusCode answer) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(answer) { Content = new ByteArrayContent([]) });
        }
    }
}
