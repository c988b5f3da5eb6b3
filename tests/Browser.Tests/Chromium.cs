using Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Browser.Tests;

/// <summary>The system's own Chromium, started once for all tests. Where there is none, tests are skipped and say so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    // Images are drawn without a graphics card, too.
    private static readonly string[] s_arguments = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox", "--disable-dev-shm-usage"];

    private IPlaywright? _playwright;

    /// <summary>Where it is; null if it isn't.</summary>
    public static string? Executable { get; } = s_places.Prepend(Environment.GetEnvironmentVariable("RADIOMICS_CHROMIUM") ?? "").FirstOrDefault(File.Exists);

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Skips the test that asks where there is no Chromium.</summary>
    public static void Require() => Assert.SkipWhen(Executable is null, "Chromium is not on this machine (apt-get install chromium, or RADIOMICS_CHROMIUM names one).");

    public async ValueTask InitializeAsync()
    {
        if (Executable is not null)
        {
            // Waiting ends when what is expected is there; how long that takes is the machine's matter.
            Assertions.SetDefaultExpectTimeout(120_000);
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = s_arguments });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_playwright is not null)
        {
            await Browser.DisposeAsync();
            _playwright.Dispose();
        }
    }
}
