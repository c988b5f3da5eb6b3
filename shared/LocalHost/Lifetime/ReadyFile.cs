namespace LocalHost.Lifetime;

/// <summary>Tells whoever started the host with <c>--port 0</c> where it listens.</summary>
internal static class ReadyFile
{
    /// <summary>Writes the URL so that a reader never sees a part of it.</summary>
    public static async Task WriteAsync(string path, Uri url, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var part = $"{full}.{Environment.ProcessId}.part";
        await File.WriteAllTextAsync(part, url.AbsoluteUri.TrimEnd('/'), cancellation);
        File.Move(part, full, overwrite: true);
    }
}
