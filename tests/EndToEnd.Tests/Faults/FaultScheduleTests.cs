using System.Globalization;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// Seeded schedules of everything that goes wrong at once. <c>RADIOMICS_FAULT_SEEDS</c> says which: <c>17</c>, or <c>1-200</c>; the first two by default. Each is told as a row of a
/// table, which is in the test's output, and one that leaves a trace, or isn't carried through, with all that it did and where its logs lie.
/// </summary>
public sealed class FaultScheduleTests(ITestOutputHelper output)
{
    private const int CheckedEachTime = 10;

    [Fact]
    public async Task Whatever_goes_wrong_each_upload_ends_as_if_nothing_had_happened()
    {
        Assert.SkipWhen(Clock.Library is null, "The clock of a process can't be moved on this machine: libfaketime (Debian's package faketime) is absent.");
        var seeds = Seeds(Environment.GetEnvironmentVariable("RADIOMICS_FAULT_SEEDS") is { Length: > 0 } wanted ? wanted : "1-2");
        var mail = await Mail.WriteAsync();
        var undisturbed = await FaultRun.RunAsync(FaultSchedule.Undisturbed, mail, null);
        Assert.Empty(undisturbed.Findings);
        Assert.True(undisturbed.Writes >= FaultSchedule.Writes, $"An undisturbed run makes {undisturbed.Writes} writes: some faults of schedules would fall behind its end.");

        output.WriteLine($"Seeds {seeds[0]}-{seeds[^1]}.");
        if (!undisturbed.DisksWereFull)
        {
            output.WriteLine("No disk is ever full here: a small one can't be mounted on this machine, which takes root, or sudo without a password.");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Undisturbed: {undisturbed.Uploads} uploads, {undisturbed.Writes} writes, {undisturbed.Time.TotalSeconds:F0} s, at most {undisturbed.LongestPause.TotalSeconds:F1} s of stillness.\n"));
        output.WriteLine(FaultOutcome.Header);
        List<FaultOutcome> outcomes = [];
        List<string> failed = [];
        foreach (var seed in seeds)
        {
            try
            {
                var outcome = await FaultRun.RunAsync(FaultSchedule.Of(seed), mail, undisturbed);
                output.WriteLine(outcome.ToString());
                outcomes.Add(outcome with { Contents = undisturbed.Contents });
                if (outcome.Findings.Count > 0)
                {
                    failed.Add($"{Again(seed)}\nIt left its traces; the hosts' logs are in {outcome.Logs}.\n{FaultRun.Diary(outcome.Logs!)}");
                }
            }
            catch (Exception e) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                failed.Add($"{Again(seed)}\n{e}");
            }
        }

        output.WriteLine(FaultTable.Of(outcomes));
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
    }

    [Fact]
    public void A_seed_is_the_same_schedule_each_time_and_another_seed_another()
    {
        Assert.Equal(FaultSchedule.Of(17).ToString(), FaultSchedule.Of(17).ToString());
        Assert.Equal(200, Enumerable.Range(1, 200).Select(seed => FaultSchedule.Of(seed).ToString()).Distinct().Count());
    }

    [Fact]
    public void The_schedules_that_are_run_each_time_hold_every_kind_of_fault()
    {
        var kinds = Enumerable.Range(1, CheckedEachTime).SelectMany(seed => FaultSchedule.Of(seed).Steps).Select(step => step.Kind);

        Assert.Equal(Enum.GetValues<FaultKind>(), kinds.Distinct().Order());
    }

    private static string Again(int seed) => $"To be seen again with RADIOMICS_FAULT_SEEDS={seed}: {FaultSchedule.Of(seed)}";

    private static int[] Seeds(string text)
    {
        var ends = text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
    }
}
