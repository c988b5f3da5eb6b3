using System.Globalization;
using System.Text.Json;
using LocalRuntime.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Tests.Hosting;

public class TimerTriggerTests(AzuriteFixture azurite)
{
    private readonly Calls _calls = new();
    private readonly string _name = TestApp.NewName();

    [Fact]
    public async Task RunOnStartup_runs_when_the_host_starts()
    {
        await using var app = await TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleStartupTimer)]);
        Assert.Equal("start False 01-01", await _calls.NextAsync());
    }

    [Theory]
    [InlineData("*/1 * * * * *")]
    [InlineData("00:00:01")]
    public async Task A_schedule_may_be_a_setting(string schedule)
    {
        await using var app = await TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleFrequentTimer)], "--Schedule=" + schedule);
        Assert.Equal("tick False True", await _calls.NextAsync());
        Assert.Equal("tick False True", await _calls.NextAsync());
    }

    [Fact]
    public async Task One_host_of_two_keeps_the_schedule()
    {
        var other = new Calls();
        await using var first = await TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleFrequentTimer)], "--Schedule=00:00:01");
        await _calls.NextAsync();
        await using var second = await TestApp.StartAsync(azurite, _name, other, [typeof(SampleFrequentTimer)], "--Schedule=00:00:01");
        await _calls.NextAsync();
        await _calls.NextAsync();
        Assert.Empty(other.All);
    }

    [Fact]
    public async Task A_missed_occurrence_runs_late_and_once()
    {
        var status = azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient($"timers/{_name}/Monthly/status");
        await azurite.Blobs.GetBlobContainerClient("azure-webjobs-hosts").CreateIfNotExistsAsync();
        await status.UploadAsync(BinaryData.FromObjectAsJson(new ScheduleStatus { Last = new DateTime(2020, 1, 1), Next = new DateTime(2020, 2, 1) }));
        await using (await TestApp.StartAsync(azurite, _name, _calls, [typeof(SampleMonitoredTimer)]))
        {
            Assert.Equal("late True 2020-01-01", await _calls.NextAsync());
            for (var i = 0; i < 100 && JsonDocument.Parse((await status.DownloadContentAsync()).Value.Content).RootElement.GetProperty("Next").GetDateTime().Year < 2021; i++)
                await Task.Delay(50);
        }
        var written = (await status.DownloadContentAsync()).Value.Content.ToObjectFromJson<ScheduleStatus>()!;
        Assert.True(written.Next > DateTime.UtcNow);
    }

    [Theory]
    [InlineData("0 30 3 * * *", "2026-01-01T05:00:00Z", "2026-01-02T03:30:00Z")]
    [InlineData("0 0 0 1 * *", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("*/5 * * * *", "2026-01-01T00:01:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("06:00:00", "2026-01-01T00:00:00Z", "2026-01-01T06:00:00Z")]
    public void The_next_occurrence_is_in_utc(string schedule, string after, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), TimerSchedule.Parse(schedule).Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("often")]
    [InlineData("99 * * * * *")]
    [InlineData("00:00:00")]
    public void What_is_no_schedule_is_refused(string schedule) =>
        Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule));
}
