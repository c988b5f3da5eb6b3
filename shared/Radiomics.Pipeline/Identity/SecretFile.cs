namespace Radiomics.Pipeline;

/// <summary>A secret of one user of this machine, in a file in the user's profile: made on first use, readable by nobody else, the same for every process of the user.</summary>
internal static class SecretFile
{
    /// <summary>Where a secret of a name lies if no setting says it.</summary>
    public static string DefaultPath(string name)
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(profile.Length > 0 ? profile : AppContext.BaseDirectory, "radiomics-functions", name);
    }

    /// <summary>Reads the secret; where there is none, <paramref name="make"/> makes it. Of processes that start at once, one makes it for all.</summary>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

            // Moving a file to where none is, is no one step everywhere: two processes may both have seen none.
            using var turn = Lock($"{path}.lock");
            if (!File.Exists(path))
            {
                Write(path, make());
            }
        }

        return File.ReadAllText(path);
    }

    /// <summary>Writes the secret whole or not at all, in the place of another one if there is one.</summary>
    public static void Write(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static FileStream Lock(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 500)
            {
                Thread.Sleep(20);
            }
        }
    }
}
