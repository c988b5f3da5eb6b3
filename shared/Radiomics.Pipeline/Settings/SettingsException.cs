namespace Radiomics.Pipeline;

/// <summary>Something wrong with one setting.</summary>
/// <param name="Name">The setting, as an environment variable.</param>
/// <param name="Sentence">What is wrong, to be read after the name.</param>
public sealed record SettingFault(string Name, string Sentence);

/// <summary>Settings with which the service can't start; the message has a line for each.</summary>
public sealed class SettingsException(IReadOnlyList<SettingFault> faults)
    : Exception($"The settings can't be used:\n{string.Join('\n', faults.Select(fault => $"- {fault.Name} {fault.Sentence}"))}")
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<SettingFault> Faults => faults;
}
