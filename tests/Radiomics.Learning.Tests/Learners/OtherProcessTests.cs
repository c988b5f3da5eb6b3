using System.Diagnostics;
using System.Security.Cryptography;

namespace Radiomics.Learning.Tests;

/// <summary>The same training in another process.</summary>
public class OtherProcessTests
{
    private const string LearnerVariable = "RADIOMICS_TEST_LEARNER";
    private const string ResultVariable = "RADIOMICS_TEST_RESULT";

    [Theory]
    [InlineData(Learner.LogisticRegression)]
    [InlineData(Learner.LightGbm)]
    [InlineData(Learner.FastForest)]
    public async Task Retraining_in_another_process_gives_the_same_package(Learner learner)
    {
        if (LearnerAvailability.WhyNot(learner) is { } reason)
        {
            Assert.Skip(reason);
        }

        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(OtherProcessTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(OtherProcessTests).FullName}.{nameof(Trains_for_the_other_process)}"])
            {
                RedirectStandardOutput = true,
                Environment = { [LearnerVariable] = learner.ToString(), [ResultVariable] = file },
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
            Assert.Equal(Train(learner), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What the other process runs.</summary>
    [Fact(Explicit = true)]
    public void Trains_for_the_other_process()
    {
        var file = Environment.GetEnvironmentVariable(ResultVariable);
        Assert.SkipWhen(file is null, "Runs only in the process that the other test starts.");
        File.WriteAllText(file!, Train(Enum.Parse<Learner>(Environment.GetEnvironmentVariable(LearnerVariable)!)));
    }

    private static string Train(Learner learner)
    {
        var settings = PlantedSequences.Quick with { Learners = [learner], Trees = 30 };
        return Convert.ToHexString(SHA256.HashData(PlantedSequences.Run([PlantedSequences.Generate()], settings).Package.Zip));
    }
}
