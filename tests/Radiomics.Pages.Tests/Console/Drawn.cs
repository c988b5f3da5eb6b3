using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Console;

/// <summary>Components of the console as text.</summary>
internal static partial class Drawn
{
    private static readonly PageRenderer s_renderer = new();

    /// <summary>The frame of center A for a reader with some rights.</summary>
    public static ConsoleFrame Frame(params Right[] rights) => new() { Center = "A", Centers = ["A", "B"], Rights = rights.ToHashSet(), AntiforgeryToken = "the-token" };

    /// <summary>A component, one space for each stretch of white space.</summary>
    public static async Task<string> AsTextAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        Space().Replace(await s_renderer.RenderAsync<T>(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
