using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Infra.Tests;

/// <summary>The Bicep compiler of the package. It asks nobody: there are no modules from registries.</summary>
internal static class BicepCli
{
    private static readonly string s_program = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;

    /// <summary>Runs it in a folder. Skips the test where the package's program doesn't run.</summary>
    public static (int ExitCode, string Output, string Messages) Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Assert.Skip("The package's compiler is for Linux on x64");
        }

        return Programs.Run(s_program, folder, environment, arguments);
    }
}

/// <summary>Other programs.</summary>
internal static class Programs
{
    /// <summary>Runs one to its end, without input.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
