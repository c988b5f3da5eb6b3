using System.ComponentModel;
using System.Diagnostics;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>Runs a DICOM tool of others; skips the test where it isn't installed.</summary>
internal static class DicomTool
{
    /// <summary>What <c>dciodvfy</c> (dicom3tools, David Clunie) calls an error; it checks every attribute against the standard's object definitions.</summary>
    public static async Task<string[]> DciodvfyErrorsAsync(string file, string kind)
    {
        var (_, output, error) = await RunAsync("dciodvfy", "dicom3tools", file);
        var report = error + output;
        Assert.Contains(kind, report, StringComparison.Ordinal);
        return [.. report.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))];
    }

    /// <summary>The page that <c>dsr2html</c> (DCMTK) makes of a structured report; an error fails the test.</summary>
    public static async Task<string> Dsr2HtmlAsync(string file)
    {
        var (code, output, error) = await RunAsync("dsr2html", "dcmtk", file);
        Assert.DoesNotContain(error.Split('\n'), line => line.StartsWith("E:", StringComparison.Ordinal) || line.StartsWith("F:", StringComparison.Ordinal));
        Assert.Equal(0, code);
        return output;
    }

    /// <summary>The same file with its pixels compressed by DCMTK's <paramref name="tool"/>: <c>dcmcjpeg</c> or <c>dcmcjpls</c>, lossless by default.</summary>
    public static async Task<byte[]> CompressedAsync(string tool, byte[] file)
    {
        var folder = Directory.CreateTempSubdirectory("radiomics-compressed-");
        try
        {
            var (plain, compressed) = (Path.Combine(folder.FullName, "plain.dcm"), Path.Combine(folder.FullName, "compressed.dcm"));
            await File.WriteAllBytesAsync(plain, file);
            var (code, _, error) = await RunAsync(tool, "dcmtk", plain, compressed);
            Assert.True(code == 0, error);
            return await File.ReadAllBytesAsync(compressed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string tool, string package, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{tool} is not installed: apt-get install {package} (Debian, Ubuntu).");
            throw;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, error);
        }
    }
}
