using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A <see cref="DurableTask.Client.DurableTaskClient"/> of the app's own task hub.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
}
