using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Radiomics;
using RadiomicsFunctions.Triggers.Console;

namespace Functions.Tests.Access;

/// <summary>
/// Addresses, as the Functions host understands them: it adds nothing before a route, takes the first of several that fit in an order that nobody promises, and refuses to load a function in its own part of the addresses.
/// </summary>
public sealed class RouteTests
{
    [Fact]
    public void Nothing_stands_before_a_route()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "functions", "host.json")))!;
        Assert.Equal("", (string?)host["extensions"]!["http"]!["routePrefix"]);
    }

    [Fact]
    public void The_beginning_is_a_route_that_only_nothing_fits()
    {
        // An empty one would be the function's name to the host.
        var home = RoutePatternFactory.Parse(HttpFunction.All.Single(function => function.Name == nameof(GetHome)).Route);
        var part = Assert.IsType<RoutePatternParameterPart>(Assert.Single(Assert.Single(home.PathSegments).Parts));
        Assert.True(part.IsOptional);
        Assert.Equal("maxlength(0)", Assert.Single(part.ParameterPolicies).Content);
    }

    [Fact]
    public void No_function_is_where_the_host_itself_is()
    {
        Assert.NotEmpty(HttpFunction.All);
        Assert.All(HttpFunction.All, function =>
        {
            Assert.False(string.IsNullOrWhiteSpace(function.Route), function.Name);
            Assert.False(function.Route.StartsWith("admin", StringComparison.OrdinalIgnoreCase), function.Name);
            Assert.False(function.Route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase), function.Name);
            Assert.DoesNotContain(RoutePatternFactory.Parse(function.Route).Parameters, parameter => parameter.IsCatchAll);
        });
    }

    [Fact]
    public void No_address_fits_two_functions_of_the_same_method()
    {
        var functions = HttpFunction.All.Select(function => (Function: function, Pattern: RoutePatternFactory.Parse(function.Route))).ToArray();
        foreach (var (one, first) in functions)
        {
            foreach (var (other, second) in functions.Where(candidate => candidate.Function.Method == one.Method && candidate.Function.Name != one.Name))
                Assert.False(Overlap(first, second), $"{one.Method} {one.Route} ({one.Name}) and {other.Route} ({other.Name}) fit the same address.");
        }
    }

    // The beginning's parameter holds nothing, so it fits no segment.
    private static bool Overlap(RoutePattern one, RoutePattern other)
    {
        for (var length = 0; length <= Math.Max(one.PathSegments.Count, other.PathSegments.Count); length++)
        {
            if (Fits(one, length) && Fits(other, length) && Enumerable.Range(0, length).All(i => Overlap(one.PathSegments[i], other.PathSegments[i])))
                return true;
        }

        return false;
    }

    private static bool Fits(RoutePattern pattern, int segments) =>
        segments <= pattern.PathSegments.Count
        && pattern.PathSegments.Skip(segments).All(segment => segment.Parts is [RoutePatternParameterPart { IsOptional: true }])
        && pattern.PathSegments.Take(segments).All(segment => segment.Parts is not [RoutePatternParameterPart part] || part.ParameterPolicies.All(policy => policy.Content != "maxlength(0)"));

    // A segment of text and parameters is taken to fit whatever ends as it does.
    private static bool Overlap(RoutePatternPathSegment one, RoutePatternPathSegment other) =>
        (one.Parts, other.Parts) switch
        {
            ([RoutePatternLiteralPart first], [RoutePatternLiteralPart second]) => first.Content.Equals(second.Content, StringComparison.OrdinalIgnoreCase),
            ([.., RoutePatternLiteralPart first], [.., RoutePatternLiteralPart second]) =>
                first.Content.EndsWith(second.Content, StringComparison.OrdinalIgnoreCase) || second.Content.EndsWith(first.Content, StringComparison.OrdinalIgnoreCase),
            _ => true,
        };
}
