using System.Diagnostics;
using System.Globalization;
using Radiomics.Learning;

namespace Benchmarks;

/// <summary>
/// The default protocol on synthetic feature tables, each row in a process of its own, so that start-up counts and the peak is that of the work. A run takes
/// seconds to minutes, which is why it is measured once and not by BenchmarkDotNet.
/// </summary>
internal static class LearningBenchmarks
{
    /// <summary><c>learning</c>: the table; <c>learning SEQUENCES PATIENTS FEATURES</c>: one row of it.</summary>
    public static int Run(string[] sizes)
    {
        if (sizes is [var sequences, var patients, var features])
        {
            Row(int.Parse(sequences, CultureInfo.InvariantCulture), int.Parse(patients, CultureInfo.InvariantCulture), int.Parse(features, CultureInfo.InvariantCulture));
            return 0;
        }

        Console.WriteLine("| sequences | patients | features | wall | a patient × feature × fold | CPU | peak | best candidate |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var size in (string[])["5 90 1316", "1 90 1316", "1 360 1316", "1 1000 1316", "1 90 5000", "1 360 5000", "1 1000 5000"])
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", $"{typeof(LearningBenchmarks).Assembly.Location} learning {size}"))!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return process.ExitCode;
            }
        }

        return 0;
    }

    private static void Row(int sequences, int patients, int features)
    {
        var settings = new ProtocolSettings();
        var data = Enumerable.Range(0, sequences).Select(s => LearningCohort.Generate(s, patients, features)).ToArray();
        var watch = Stopwatch.StartNew();
        SequenceTraining[] trainings = [.. data.Select(sequence => CandidateTraining.Train(sequence, settings))];
        var seconds = watch.Elapsed.TotalSeconds;
        var winner = ModelSelection.Winner(trainings, settings);
        var auc = trainings.SelectMany(training => training.Candidates).First(result => result.Candidate == winner).CvAuc;
        using var process = Process.GetCurrentProcess();
        var folds = settings.OuterFolds * settings.OuterRepeats;
        Console.WriteLine(FormattableString.Invariant(
            $"| {sequences} | {patients} | {features:N0} | {seconds:F1} s | {seconds * 1e6 / sequences / patients / features / folds:F2} µs | {process.TotalProcessorTime.TotalSeconds:F1} s | {process.PeakWorkingSet64 >> 20} MB | {winner.Sequence} {winner.Learner}, AUC {auc:F3} |"));
        foreach (var skipped in trainings[0].Skipped)
        {
            Console.Error.WriteLine($"{skipped.Candidate.Learner} was skipped: {skipped.Reason}");
        }
    }
}
