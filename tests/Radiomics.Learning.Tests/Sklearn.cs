using System.Diagnostics;
using System.Text.Json;

namespace Radiomics.Learning.Tests;

/// <summary>The reference implementation of statistics: scikit-learn (with numpy and scipy) in a Python of this machine.</summary>
internal static class Sklearn
{
    private const string Prelude = """
        import json, sys
        import numpy as np
        data = json.load(sys.stdin)

        """;

    private const string Postlude = """

        json.dump(result, sys.stdout, default=lambda value: value.tolist())
        """;

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(python => Start(python, "import sklearn", "").Code == 0));

    /// <summary>
    /// Runs a script that finds <paramref name="input"/> as <c>data</c> (names in camel case), numpy as <c>np</c>, and leaves what it found in <c>result</c> (numpy arrays allowed).
    /// Skips the test if there is no scikit-learn.
    /// </summary>
    public static T Run<T>(string script, object input)
    {
        Assert.SkipWhen(Python.Value is null, "python3 with sklearn is not installed (Debian: apt-get install python3-sklearn)");
        var (code, output, error) = Start(Python.Value!, Prelude + script + Postlude, JsonSerializer.Serialize(input, CamelCase));
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<T>(output, CamelCase)!;
    }

    private static (int Code, string Output, string Error) Start(string python, string script, string input)
    {
        var start = new ProcessStartInfo(python, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it read; its error says why.
            }

            process.WaitForExit();
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
