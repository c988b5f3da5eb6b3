using System.Reflection;
using System.Text.Json;
using Radiomics.Extraction;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Console;

/// <summary>The form of a retraining against what the API takes.</summary>
public sealed class OrderOptionTests
{
    [Fact]
    public void Everything_that_the_api_takes_can_be_said_in_the_form_and_nothing_else() =>
        Assert.Equal(Leaves(typeof(RetrainingOrder), "").Order(StringComparer.Ordinal), OrderOptions.All.Select(option => option.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Whatever_is_chosen_at_first_can_be_chosen()
    {
        foreach (var option in OrderOptions.All.Where(option => option.Choices.Count > 0))
            Assert.Subset(option.Choices.Select(choice => choice.Value).ToHashSet(), option.Defaults.ToHashSet());
    }

    [Fact]
    public void Every_choice_is_a_value_of_its_member()
    {
        foreach (var option in OrderOptions.All.Where(option => option.Choices.Count > 0))
        {
            foreach (var (value, _) in option.Choices)
            {
                var json = option.Kind == OrderKind.Any ? $"[\"{value}\"]" : $"\"{value}\"";
                foreach (var part in option.Path.Split('.').Reverse())
                    json = $"{{\"{part}\": {json}}}";
                Assert.NotNull(JsonSerializer.Deserialize<RetrainingOrder>(json, RadiomicsJson.Options));
            }
        }
    }

    [Fact]
    public void Every_choice_of_a_member_is_in_the_form() => Assert.All(
        OrderOptions.All.Where(option => option.Choices.Count > 0), option => Assert.Equal(3, option.Choices.Select(choice => choice.Value).Distinct().Count()));

    [Fact]
    public async Task A_form_that_nobody_has_touched_says_what_the_order_says_by_itself()
    {
        var form = await Drawn.AsTextAsync<OrderForm>(
            ("Frame", Drawn.Frame(Right.Train)), ("Cohorts", (IReadOnlyList<StoredCohort>)[new("newest", DateTime.UtcNow, 1), new("chosen", DateTime.UtcNow, 1)]),
            ("FieldStrengths", (IReadOnlyList<string>)["1.5T", "3.0T"]), ("Chosen", "chosen"), ("Form", "f"));

        Assert.Contains("<option value=\"chosen\" selected>", form);
        Assert.Contains("name=\"protocol.outerFolds\" step=\"1\" min=\"2\" max=\"20\" value=\"5\" required", form);
        Assert.Contains("name=\"promotion.approvalTimeout\" step=\"any\" min=\"0.0001\" max=\"90\" value=\"14\" required", form);
        Assert.Contains("name=\"protocol.winnerFrom\" value=\"radiomics\" checked", form);
        Assert.DoesNotContain("name=\"protocol.winnerFrom\" value=\"joint\" checked", form);
        Assert.DoesNotContain("name=\"fieldStrengths\" value=\"3.0T\" checked", form);
        Assert.Contains("value=\"the-token\"", form);
    }

    private static IEnumerable<string> Leaves(Type type, string at) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite).SelectMany(member =>
    {
        var path = at + char.ToLowerInvariant(member.Name[0]) + member.Name[1..];
        return member.PropertyType.Namespace!.StartsWith("Radiomics", StringComparison.Ordinal) && member.PropertyType.IsClass ? Leaves(member.PropertyType, path + ".") : [path];
    });
}
