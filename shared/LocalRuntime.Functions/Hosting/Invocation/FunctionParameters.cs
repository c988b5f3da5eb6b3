using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions.Hosting;

/// <summary>Which parameters a function may declare, and how a named value becomes one of them.</summary>
internal static class FunctionParameters
{
    /// <summary>Refuses a function with a parameter that no invocation could fill.</summary>
    /// <exception cref="NotSupportedException">Says which function, parameter and type.</exception>
    public static void Check(FunctionEntry function)
    {
        foreach (var parameter in function.Parameters)
        {
            if (!IsBindable(function, parameter))
            {
                throw new NotSupportedException(
                    $"The local host can't fill the parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of the function '{function.Name}'.");
            }
        }
    }

    /// <summary>Converts a named value (a route, path or query part) to a parameter's type.</summary>
    /// <exception cref="FormatException">The text isn't one of that type.</exception>
    public static object? Convert(object? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || target.IsInstanceOfType(value))
            return value;
        try
        {
            return TypeDescriptor.GetConverter(target).ConvertFrom(null, CultureInfo.InvariantCulture, value.ToString()!);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or FormatException or OverflowException)
        {
            throw new FormatException($"A value can't be read as {target.Name}.", e);
        }
    }

    private static bool IsBindable(FunctionEntry function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
            return IsTriggerType(function, type);
        if (type == typeof(FunctionContext) || type == typeof(CancellationToken))
            return true;
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
            return type == typeof(DurableTaskClient) && function.Kind != FunctionKind.Orchestration;
        return function.Kind switch
        {
            FunctionKind.Http => type == typeof(HttpRequest) || CanConvert(type),
            FunctionKind.Blob => BlobPathPattern.Parse(((BlobTriggerAttribute)function.Trigger).BlobPath).Names.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase) && CanConvert(type),
            FunctionKind.Activity => parameter.Name!.Equals("instanceId", StringComparison.OrdinalIgnoreCase) && type == typeof(string),
            _ => parameter.HasDefaultValue,
        };
    }

    private static bool IsTriggerType(FunctionEntry function, Type type) => function.Kind switch
    {
        FunctionKind.Http => type == typeof(HttpRequest),
        FunctionKind.Blob => type == typeof(BlobClient) || type == typeof(Stream) || type == typeof(string) || type == typeof(byte[]),
        FunctionKind.Timer => type == typeof(TimerInfo),
        FunctionKind.Orchestration => type == typeof(TaskOrchestrationContext),
        FunctionKind.EventGrid => EventTypes.Contains((function.Trigger as EventGridTriggerAttribute)!.IsBatched ? type.GetElementType() : type),
        _ => !type.IsByRef && !type.IsPointer,
    };

    private static readonly HashSet<Type?> EventTypes = [typeof(string), typeof(BinaryData), typeof(EventGridEvent), typeof(CloudEvent)];

    private static bool CanConvert(Type type) =>
        TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));
}
