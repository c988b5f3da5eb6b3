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
            var start = new ProcessStartInfo("dotnet", [typeof(OtherProcessTests).Assembly.Location, "-method", $"{typeof(OtherProcessTests).FullName}.{nameof(Retraining_in_this_process_gives_the_same_package)}"])
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

    /// <summary>What the other process runs as well; there it also leaves the package's digest behind.</summary>
    [Fact]
    public void Retraining_in_this_process_gives_the_same_package()
    {
        var learner = Enum.Parse<Learner>(Environment.GetEnvironmentVariable(LearnerVariable) ?? nameof(Learner.LogisticRegression));
        var digest = Train(learner);
        Assert.Equal(digest, Train(learner));
        if (Environment.GetEnvironmentVariable(ResultVariable) is { } file)
        {
            File.WriteAllText(file, digest);
        }
    }

    private static string Train(Learner learner)
    {
        var settings = PlantedSequences.Quick with { Learners = [learner], Trees = 30 };
        return Convert.ToHexString(SHA256.HashData(PlantedSequences.Run([PlantedSequences.Generate()], settings).Package.Zip));
    }
}
