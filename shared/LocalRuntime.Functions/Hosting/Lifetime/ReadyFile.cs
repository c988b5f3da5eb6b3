namespace LocalRuntime.Functions.Hosting;

/// <summary>Tells whoever started the host with <c>--port 0</c> where it listens.</summary>
internal static class ReadyFile
{
    /// <summary>Writes the URL so that a reader never sees a part of it.</summary>
    public static async Task WriteAsync(string path, string url, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var part = $"{full}.{Environment.ProcessId}.part";
        await File.WriteAllTextAsync(part, url, cancellation);
        File.Move(part, full, overwrite: true);
    }
}
