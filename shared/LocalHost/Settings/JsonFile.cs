namespace LocalHost.Settings;

/// <summary>The app's JSON files as configuration: comments and trailing commas are allowed, keys don't tell capitals apart.</summary>
internal static class JsonFile
{
    /// <exception cref="HostStartException">The file isn't valid JSON.</exception>
    public static IConfigurationRoot Read(string file)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(file).Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            var line = e.GetBaseException() is JsonException { LineNumber: { } number } ? $" (line {number + 1})" : "";
            throw new HostStartException(HostStartException.Failed, $"{Path.GetFileName(file)} isn't valid JSON{line}: {file}");
        }
    }
}
