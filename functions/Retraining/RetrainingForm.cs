using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Retraining;

/// <summary>Makes an order of what the form of the console says.</summary>
internal static class RetrainingForm
{
    /// <summary>The order. What is left empty is as the order itself has it.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidRequest</c>; the sentence names the field as the page does.</exception>
    public static RetrainingOrder Read(IFormCollection form)
    {
        var order = new JsonObject();
        foreach (var option in OrderOptions.All)
        {
            string[] values = [.. form[option.Path].OfType<string>().SelectMany(value => option.Kind == OrderKind.Lines ? value.Split('\n') : [value]).Select(value => value.Trim()).Where(value => value.Length > 0)];
            if (ValueOf(option, values) is { } value)
            {
                Put(order, option.Path.Split('.'), value);
            }
        }

        try
        {
            return order.Deserialize<RetrainingOrder>(RadiomicsJson.Options)!;
        }
        catch (JsonException e)
        {
            throw Invalid(OrderOptions.All.FirstOrDefault(option => e.Path?.StartsWith("$." + option.Path, StringComparison.Ordinal) == true)?.Label ?? "The form");
        }
    }

    /// <summary>The key under which the order is another one than all before, if the form asks for that; sent twice, it is one order.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidRequest</c>: the form isn't one of the page's.</exception>
    public static string? KeyOf(IFormCollection form)
    {
        if (form["again"] != "true")
        {
            return null;
        }

        var key = $"console-{form["form"]}";
        return form["form"].ToString().Length > 0 && IdempotencyKeys.IsValid(key)
            ? key
            : throw new RadiomicsException("InvalidRequest", "The form isn't whole. Load the page anew, and send it again.");
    }

    private static JsonNode? ValueOf(OrderOption option, string[] values) => option.Kind switch
    {
        OrderKind.Any => new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        OrderKind.Flag => values is ["true"],
        OrderKind.Lines => values.Length == 0 ? null : new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        _ when values.Length == 0 => null,
        OrderKind.Whole => int.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw Invalid(option.Label),
        OrderKind.Number => double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Invalid(option.Label),
        OrderKind.Days => double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) < 10_000
            ? TimeSpan.FromDays(days).ToString("c", CultureInfo.InvariantCulture)
            : throw Invalid(option.Label),
        _ => values[0],
    };

    private static void Put(JsonObject order, ReadOnlySpan<string> path, JsonNode value)
    {
        foreach (var part in path[..^1])
        {
            order = (JsonObject)(order[part] ??= new JsonObject());
        }

        order[path[^1]] = value;
    }

    private static RadiomicsException Invalid(string label) => new("InvalidRequest", $"“{label}” has a value that can't be used. Go back, and correct it.");
}
