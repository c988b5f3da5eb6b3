using System.Reflection;
using Microsoft.Extensions.Logging;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests;

public sealed class LogsTests
{
    // What a sentence may tell: ids of ours, centers, codes and classes, numbers, and what StepFault leaves of an exception.
    private static readonly string[] s_words =
    [
        "PredictionId", "RetrainingId", "WaitId", "UploadId", "Center", "FieldStrength", "Code", "Step", "Check", "Fault", "StackTrace", "Sequences", "Groups", "Models", "Promoted", "Events", "WasThere",
        "Things", "Deleted", "Counts", "Unannounced", "Unreadable", "Stayed", "InstanceId", "Since", "Suspended", "Centers", "Scheme", "Kind",
    ];

    private static readonly LoggerMessageAttribute[] s_lines = [.. typeof(Logs).GetMethods().Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_line_has_an_event_id_of_its_own()
    {
        Assert.NotEmpty(s_lines);
        Assert.Equal(s_lines.Length, s_lines.Select(line => line.EventId).Distinct().Count());
        Assert.All(s_lines, line => Assert.InRange(line.EventId, 100, 999));
    }

    [Fact]
    public void No_line_has_a_place_for_a_name() => Assert.All(
        typeof(Logs).GetMethods().Where(method => method.IsDefined(typeof(LoggerMessageAttribute))),
        method => Assert.All(method.GetParameters().Skip(1), parameter => Assert.Contains(parameter.Name, s_words, StringComparer.OrdinalIgnoreCase)));
}
