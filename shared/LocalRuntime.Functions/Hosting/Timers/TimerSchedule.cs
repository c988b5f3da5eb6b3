using System.Globalization;
using NCrontab;

namespace LocalRuntime.Functions.Hosting;

/// <summary>When a timer function is due, in UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _interval;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval) => (_cron, _interval) = (cron, interval);

    /// <summary>Reads six- or five-field NCRONTAB or a time span.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static TimerSchedule Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields > 1)
        {
            var cron = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
            return new TimerSchedule(cron ?? throw Wrong(text), default);
        }
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new TimerSchedule(null, interval)
            : throw Wrong(text);
    }

    /// <summary>The first occurrence after a moment.</summary>
    public DateTimeOffset Next(DateTimeOffset after) =>
        _cron is null ? after + _interval : new DateTimeOffset(_cron.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    /// <summary>True when it is due more often than once a minute; such schedules aren't monitored, as in the real host.</summary>
    public bool IsFrequent(DateTimeOffset now)
    {
        var next = Next(now);
        return Next(next) - next < TimeSpan.FromMinutes(1);
    }

    private static FormatException Wrong(string text) => new($"'{text}' is neither an NCRONTAB expression of six fields nor a time span.");
}
