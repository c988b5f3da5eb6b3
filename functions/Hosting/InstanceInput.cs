using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace RadiomicsFunctions.Hosting;

/// <summary>What an instance was started with.</summary>
internal static class InstanceInput
{
    /// <summary>The input, if it was asked for with the instance; null if there is none, or another version of this service wrote it in a form that this one can't read.</summary>
    public static T? TryReadInput<T>(this OrchestrationMetadata instance)
        where T : class
    {
        try
        {
            return instance.ReadInputAs<T>();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
