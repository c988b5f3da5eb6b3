using Radiomics.Pipeline;

namespace Radiomics;

/// <summary>The key of the audit trails of these tests, and of the hosts that they start: a file that goes with this process.</summary>
internal static class TestAuditKey
{
    /// <summary>The setting by which a host finds it.</summary>
    public const string Setting = "Radiomics__Audit__KeyFile";

    private static readonly DirectoryInfo _folder = MakeFolder();

    /// <summary>The file.</summary>
    public static string File { get; } = Path.Combine(_folder.FullName, "audit-key");

    /// <summary>The key.</summary>
    public static LocalAuditKey Key { get; } = LocalAuditKey.Open(File);

    /// <summary>A trail that is signed under it.</summary>
    public static AuditTrail Trail(BlobStore store, TimeProvider? clock = null) => new(store, Key, clock ?? TimeProvider.System);

    private static DirectoryInfo MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("audit-key-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
