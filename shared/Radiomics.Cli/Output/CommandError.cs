using System.Net.Sockets;
using Azure;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Output;

/// <summary>An error as the user gets it: with <c>--json</c> as <c>{"error": {"code", "detail"}}</c>, else as one line.</summary>
public sealed record CommandError(int ExitCode, string Code, string Detail)
{
    /// <summary>Says of any exception which exit code, code and sentence it is.</summary>
    public static CommandError From(Exception exception) => exception switch
    {
        CommandException e => new(e.ExitCode, e.Code, OneLine(e.Message)),
        RadiomicsException e => new(ErrorCatalogue.IsFault(e.Code) ? ExitCodes.Failed : ExitCodes.BadInput, e.Code, OneLine(e.Detail)),
        OperationCanceledException { InnerException: TimeoutException } => Unreachable("The service didn't answer in time; check its URL and the network."),
        OperationCanceledException => new(ExitCodes.Interrupted, "Interrupted", "Interrupted; everything that was started has been stopped."),
        RequestFailedException { Status: 0 } => Unreachable("The storage account doesn't answer; check the connection string and the network."),
        RequestFailedException { Status: 401 or 403 } =>
            new(ExitCodes.Failed, "StorageRefused", "The storage account refuses the access; check the key or the role in the connection string."),
        RequestFailedException e => new(ExitCodes.Failed, "StorageFailed", OneLine($"The storage account answered {e.Status} {e.ErrorCode}.")),
        HttpRequestException => Unreachable("The service doesn't answer; check its URL and the network."),
        AggregateException { InnerException: { } inner } => From(inner),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCodes.BadInput, "FileNotFound", PathOf(exception) is { } path ? $"There is no file or folder '{path}'." : OneLine(exception.Message)),
        UnauthorizedAccessException => new(ExitCodes.BadInput, "AccessDenied", PathOf(exception) is { } path ? $"'{path}' is a folder, or can't be opened by who runs this." : OneLine(exception.Message)),
        PathTooLongException => new(ExitCodes.BadInput, "FileNotFound", OneLine(exception.Message)),
        IOException when exception.GetBaseException() is not SocketException => new(ExitCodes.Failed, "Fault", OneLine(exception.Message)),
        _ when exception.GetBaseException() is SocketException => Unreachable("A connection was refused; check the address and the network."),
        _ => new(ExitCodes.Failed, "Fault", OneLine($"{exception.GetType().Name}: {exception.Message}")),
    };

    private static CommandError Unreachable(string detail) => new(ExitCodes.Unreachable, "Unreachable", detail);

    /// <summary>The path that the framework's sentence has between quotation marks; null for a sentence of the tool's own, which stays.</summary>
    private static string? PathOf(Exception exception) =>
        (exception as FileNotFoundException)?.FileName is { Length: > 0 } name ? OneLine(name)
        : IsOfFramework(exception.Message) && exception.Message.IndexOf('\'') is >= 0 and var first && exception.Message.LastIndexOf('\'') is var last && last > first + 1
            ? OneLine(exception.Message[(first + 1)..last])
            : null;

    private static bool IsOfFramework(string sentence) => sentence.StartsWith("Could not ", StringComparison.Ordinal) || sentence.StartsWith("Access to ", StringComparison.Ordinal);

    private static string OneLine(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        return end < 0 ? text : text[..end];
    }
}
