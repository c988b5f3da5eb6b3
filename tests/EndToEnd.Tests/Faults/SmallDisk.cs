using System.Diagnostics;

namespace EndToEnd.Tests.Faults;

/// <summary>A disk of few megabytes, which can be filled to its last byte. Where this user may not mount one, it is a folder like any other, and is never full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder, bool isSmall)
    {
        Folder = folder;
        IsSmall = isSmall;
    }

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Whether it could be mounted.</summary>
    public bool IsSmall { get; }

    private string Filling => Path.Combine(Folder, ".filling");

    /// <summary>Mounts one on a new folder, as root or by sudo.</summary>
    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return new SmallDisk(folder, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=777", "tmpfs", folder));
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        if (!IsSmall)
        {
            return;
        }

        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var zeros = new byte[64 * 1024];
        for (var size = zeros.Length; size > 0;)
        {
            try
            {
                file.Write(zeros, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filling);

    public void Dispose()
    {
        if (IsSmall)
        {
            Run("umount", "--lazy", Folder);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess ? [program, .. arguments] : ["sudo", "-n", program, .. arguments];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
