using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Radiomics.Extraction;
using Radiomics.Pipeline;
using RadiomicsFunctions.Http;

namespace Functions.Tests.Http;

/// <summary>What the intake lets in, and for want of what it doesn't.</summary>
public sealed class IntakeRoomTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("radiomics-tests-");
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _log = new();
    private readonly TemporaryStorage _temporary;
    private readonly Intake _intake;
    private long _memory = 1L << 40;

    public IntakeRoomTests()
    {
        _temporary = new(_root.FullName, new TemporaryOptions { MaxBytes = 10 * Megabyte, KeepFreeBytes = 0 });
        _intake = new(new IntakeOptions { BodyBytes = 8 * Megabyte, MemoryBytes = 4 * Megabyte, KeepFreeMemoryBytes = 100 }, _temporary, () => _memory, _clock, _log);
    }

    [Fact]
    public void Bodies_are_let_in_until_their_bytes_are_as_many_as_may_be_under_way()
    {
        var first = _intake.TakeDisk(Request(5 * Megabyte), 90 * Megabyte);
        Assert.Throws<BusyException>(() => _intake.TakeDisk(Request(4 * Megabyte), 90 * Megabyte));
        Give(_intake.TakeDisk(Request(3 * Megabyte), 90 * Megabyte));
        Give(first);
        Give(_intake.TakeDisk(Request(8 * Megabyte), 90 * Megabyte));
    }

    [Fact]
    public void One_of_a_length_that_is_not_told_counts_as_the_longest()
    {
        using var held = _intake.TakeMemory(Request(1024), Megabyte);
        Assert.Throws<BusyException>(() => _intake.TakeMemory(Request(null), Megabyte));
    }

    [Fact]
    public void One_that_is_larger_than_all_that_may_be_under_way_comes_in_alone()
    {
        using (_intake.TakeMemory(Request(16 * Megabyte), 16 * Megabyte))
        {
            Assert.Throws<BusyException>(() => _intake.TakeMemory(Request(1), 16 * Megabyte));
        }

        _intake.TakeMemory(Request(1), 16 * Megabyte).Dispose();
    }

    [Fact]
    public void None_is_let_in_that_the_disk_has_no_room_for_and_what_was_taken_for_it_is_given_back()
    {
        var others = _temporary.NewFolder();
        Assert.True(others.TryReserve(6 * Megabyte));
        Assert.Throws<BusyException>(() => _intake.TakeDisk(Request(5 * Megabyte), 90 * Megabyte));
        var small = _intake.TakeDisk(Request(4 * Megabyte), 90 * Megabyte);
        others.Dispose();
        Give(_intake.TakeDisk(Request(4 * Megabyte), 90 * Megabyte));
        Give(small);
    }

    [Fact]
    public void None_is_let_in_while_the_machine_has_no_memory()
    {
        _memory = 99;
        Assert.Throws<BusyException>(() => _intake.TakeDisk(Request(1), 90 * Megabyte));
        Assert.Throws<BusyException>(() => _intake.TakeMemory(Request(1), Megabyte));
        _memory = 100;
        Give(_intake.TakeDisk(Request(1), 90 * Megabyte));
    }

    [Fact]
    public async Task A_small_body_that_says_that_it_is_too_large_is_refused_for_that_and_takes_no_room()
    {
        _memory = 0;
        var request = Request((64 << 10) + 1);
        request.ContentType = "application/json";
        Assert.Equal("RequestTooLarge", (await Assert.ThrowsAsync<RadiomicsException>(() => JsonBody.ReadAsync<string>(request, _intake, "{}"))).Code);
    }

    [Fact]
    public void A_burst_of_refusals_is_said_once()
    {
        _memory = 0;
        for (var burst = 1; burst <= 2; burst++)
        {
            for (var n = 0; n < 50; n++)
            {
                Assert.Throws<BusyException>(() => _intake.TakeMemory(Request(1), Megabyte));
                _clock.Advance(TimeSpan.FromSeconds(50));
            }

            Assert.Equal(burst, _log.Count);
            _clock.Advance(TimeSpan.FromSeconds(50));
        }
    }

    public void Dispose()
    {
        _temporary.Dispose();
        _root.Delete(recursive: true);
    }

    private static HttpRequest Request(long? length) => new DefaultHttpContext { Request = { ContentLength = length } }.Request;

    private static void Give((TemporaryFolder Folder, IDisposable Lease) room)
    {
        room.Folder.Dispose();
        room.Lease.Dispose();
    }

    private sealed class Lines : ILogger<Intake>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
