using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Triggers;

namespace Functions.Tests.Audit;

/// <summary>What the app does for its audit trail by itself: anchors, verifies, and writes down what was read.</summary>
[Collection(nameof(AppCollection))]
public sealed class AuditFunctionTests(App app)
{
    [Fact]
    public async Task The_host_runs_the_functions_that_anchor_and_verify()
    {
        await app.LogAsync(1, $"{nameof(AnchorAudit)}: timerTrigger 0 */5 * * * *");
        await app.LogAsync(1, $"{nameof(VerifyAudit)}: timerTrigger 0 30 3 * * *");
    }

    [Fact]
    public async Task What_is_written_between_ends_is_anchored_when_the_time_comes()
    {
        var center = NewCenter();
        await app.Audit.AppendAsync(Event(center, 1));
        await app.Audit.AppendAsync(Event(center, 2) with { IsPassing = true });
        await using var services = Services();

        await new AnchorAudit(services.GetRequiredService<AuditAnchoring>()).Run(new TimerInfo(), TestContext.Current.CancellationToken);

        Assert.True(await app.Audit.VerifyAsync(center, TestContext.Current.CancellationToken) is { Intact: true, Anchors: 2 });
    }

    [Fact]
    public async Task The_log_is_told_of_what_the_service_did_not_write()
    {
        var center = NewCenter();
        await app.Audit.AppendAsync(Event(center, 1));
        var segment = await app.FirstNameAsync(Containers.Audit, $"{center}/20");
        using var forged = new MemoryStream("{\"forged\":true}\n"u8.ToArray());
        await app.Store.AppendBlob(Containers.Audit, segment).AppendBlockAsync(forged);
        await using var services = Services();
        var log = new Lines();

        await new VerifyAudit(services.GetRequiredService<AuditReview>(), log).Run(new TimerInfo(), TestContext.Current.CancellationToken);

        Assert.Contains((LogLevel.Critical, $"The audit trail of {center} is BROKEN at audit/{segment}, line 2: not an event. There is something else in the place of an event."), log.All);
        Assert.Equal(LogLevel.Information, log.All.Last().Level);
    }

    [Fact]
    public async Task What_was_read_is_written_before_the_process_ends()
    {
        var center = NewCenter();
        await using var services = Services();
        var reads = services.GetRequiredService<ReadAudit>();
        using var writer = new ReadAuditWriter(reads, services.GetRequiredService<AuditOptions>(), TimeProvider.System, NullLogger<ReadAuditWriter>.Instance);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        reads.Note(center, "key:1", "prediction", "p-1");

        await writer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["read"], await app.ActionsAsync(center, "ids", "p-1"));
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_does_not_end_the_writing_of_what_was_read()
    {
        var center = NewCenter();
        var key = new LateKey();
        using var trail = new AuditTrail(app.Store, key, TimeProvider.System);
        var reads = new ReadAudit(trail, TimeProvider.System);
        using var writer = new ReadAuditWriter(reads, new AuditOptions { ReadSeconds = 0.05 }, TimeProvider.System, NullLogger<ReadAuditWriter>.Instance);
        reads.Note(center, "key:1", "prediction", "p-1");
        await writer.StartAsync(TestContext.Current.CancellationToken);

        await key.AskedAgain.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await writer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["read"], await app.ActionsAsync(center, "ids", "p-1"));
    }

    private static string NewCenter() => "c" + Guid.NewGuid().ToString("N")[..12];

    private static AuditEvent Event(string center, int number) => new() { Id = $"{center}/{number}", Center = center, Actor = "tests", Action = "tested" };

    private ServiceProvider Services()
    {
        var settings = new Dictionary<string, string?>
        {
            ["RadiomicsStorage"] = app.Storage,
            ["Radiomics:UidKey"] = Convert.ToBase64String(App.UidKeyBytes),
            ["Radiomics:Audit:KeyFile"] = TestAuditKey.File,
        };
        return new ServiceCollection().AddLogging().AddApp(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    // A vault that the first time doesn't answer in time, as its client says that.
    private sealed class LateKey : IAuditKey
    {
        private readonly TaskCompletionSource _again = new();
        private int _asked;

        public Task AskedAgain => _again.Task;

        public Task<(byte[] PublicKey, byte[] Signature)> SignAsync(byte[] digest, CancellationToken cancellation = default)
        {
            if (Interlocked.Increment(ref _asked) == 1)
                throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");

            _again.TrySetResult();
            return TestAuditKey.Key.SignAsync(digest, cancellation);
        }

        public Task<IReadOnlyList<byte[]>> PublicKeysAsync(CancellationToken cancellation = default) => TestAuditKey.Key.PublicKeysAsync(cancellation);
    }

    private sealed class Lines : ILogger<VerifyAudit>
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue((logLevel, formatter(state, exception)));
    }
}
