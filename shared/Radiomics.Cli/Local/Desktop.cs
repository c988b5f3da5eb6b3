using System.ComponentModel;
using System.Diagnostics;

namespace Radiomics.Cli.Local;

/// <summary>The desktop of whoever runs the tool, if there is one.</summary>
internal static class Desktop
{
    /// <summary>Shows an address or a file in the program that the desktop has for it. Returns whether there is a desktop that took it.</summary>
    public static bool TryOpen(Uri address)
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
        {
            return false;
        }

        try
        {
            using var opener = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
