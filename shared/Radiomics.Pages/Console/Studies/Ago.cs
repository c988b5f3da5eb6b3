using System.Globalization;

namespace Radiomics.Pages.Console.Studies;

/// <summary>Times in words.</summary>
public static class Ago
{
    /// <summary>How long ago something was: <c>3 minutes ago</c>; a clock that is ahead makes it now.</summary>
    public static string Of(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 10 } => "just now",
        { TotalMinutes: < 1 } age => Say((int)age.TotalSeconds, "second"),
        { TotalHours: < 1 } age => Say((int)age.TotalMinutes, "minute"),
        { TotalDays: < 1 } age => Say((int)age.TotalHours, "hour"),
        { TotalDays: < 60 } age => Say((int)age.TotalDays, "day"),
        { TotalDays: < 730 } age => Say((int)(age.TotalDays / 30.44), "month"),
        var age => Say((int)(age.TotalDays / 365.25), "year"),
    };

    private static string Say(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")} ago");
}
