using System.Diagnostics;

namespace Radiomics.Learning.Tests;

public class SameBytesTests
{
    private const string Target = "RADIOMICS_TEST_PACKAGE";

    [Fact]
    public async Task Another_process_with_one_processor_and_another_culture_makes_the_same_bytes()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(SameBytesTests).Assembly.Location, "-method", $"{typeof(SameBytesTests).FullName}.{nameof(A_package_holds_what_was_trained)}" },
            Environment = { [Target] = file, ["DOTNET_PROCESSOR_COUNT"] = "1", ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" },
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
            Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), Train().Zip);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_package_holds_what_was_trained()
    {
        var package = Train();
        Assert.Equal(package.Version, ModelPackage.Load(new MemoryStream(package.Zip)).Version);
        if (Environment.GetEnvironmentVariable(Target) is { } file)
        {
            await File.WriteAllBytesAsync(file, package.Zip, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Cases_in_another_order_give_the_same_bytes() =>
        Assert.Equal(Train().Zip, PlantedSequences.Run([.. Sequences().Select(data => PlantedSequences.Reordered(data))], Settings, [PlantedSequences.Reordered(Other())]).Package.Zip);

    [Fact]
    public void Another_seed_gives_another_version() =>
        Assert.NotEqual(Train().Version, PlantedSequences.Run(Sequences(), Settings with { Seed = 6 }, [Other()]).Package.Version);

    private static ProtocolSettings Settings { get; } = PlantedSequences.Quick with
    {
        Learners = LearnerAvailability.WhyNot(Learner.LightGbm) is null ? [Learner.LogisticRegression, Learner.LightGbm, Learner.FastForest] : [Learner.LogisticRegression, Learner.FastForest],
        Trees = 10,
        Permutations = 2,
    };

    private static SequenceData[] Sequences() => [PlantedSequences.Generate("T1_F", strength: 1), PlantedSequences.Generate("T2", strength: 0.5, seed: 8)];

    private static SequenceData Other() => PlantedSequences.Generate("T1_F", strength: 1, seed: 9, batch: "B/3.0T");

    private static ModelPackageBytes Train() => PlantedSequences.Run(Sequences(), Settings, [Other()]).Package;
}
