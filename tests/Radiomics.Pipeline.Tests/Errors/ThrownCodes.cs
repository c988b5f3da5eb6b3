using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Radiomics.Pipeline.Tests.Errors;

/// <summary>
/// The error codes that the product's sources give to anything that takes one: whatever is declared with a parameter <c>code</c> (exceptions, errors, problems,
/// helpers that make them). Read from the syntax, so that a new helper is seen without being listed here.
/// </summary>
internal static partial class ThrownCodes
{
    // Their codes are no errors: findings about a line of a cohort, reasons why a model was promoted or a series not chosen, codes of DICOM attributes.
    private static readonly string[] s_otherCodes = ["CohortFinding", "CohortFindings", "RetrainingFinding", "Verdict", "SelectionLog", "Replacement"];

    private static readonly string[] s_parameters = ["code", "notFound"];

    /// <summary>Codes with where each is first given, as <c>file:line</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var files = Sources().Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path).GetRoot()).ToArray();
        var takers = files.SelectMany(Takers).ToLookup(taker => taker.Name);
        var constants = files.SelectMany(Constants).ToLookup(constant => constant.Name, constant => constant.Value);
        SortedDictionary<string, string> codes = new(StringComparer.Ordinal);
        foreach (var node in files.SelectMany(file => file.DescendantNodes()))
        {
            foreach (var code in Arguments(node, takers).SelectMany(argument => Values(argument, constants)))
            {
                codes.TryAdd(code, Where(node));
            }
        }

        return codes;
    }

    private static IEnumerable<string> Sources() =>
        new[] { "functions", "shared" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !OtherFolder().IsMatch(Path.GetRelativePath(TestData.RepositoryRoot, path)));

    // What a method or a type's own constructor takes as a code, and at which position.
    private static IEnumerable<Taker> Takers(SyntaxNode file) =>
        from parameters in file.DescendantNodes().OfType<ParameterListSyntax>()
        let type = parameters.FirstAncestorOrSelf<TypeDeclarationSyntax>()
        where type is not null && !s_otherCodes.Contains(type.Identifier.Text)
        let name = parameters.Parent switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            TypeDeclarationSyntax or ConstructorDeclarationSyntax => type.Identifier.Text,
            _ => null,
        }
        where name is not null
        from parameter in parameters.Parameters
        where s_parameters.Contains(parameter.Identifier.Text, StringComparer.OrdinalIgnoreCase) && parameter.Type?.ToString() is "string" or "string?"
        let isStatic = parameters.Parent is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.StaticKeyword)
        select new Taker(name, type.Identifier.Text, isStatic, parameters.Parameters.IndexOf(parameter));

    private static IEnumerable<(string Name, string Value)> Constants(SyntaxNode file) =>
        from field in file.DescendantNodes().OfType<FieldDeclarationSyntax>()
        where field.Modifiers.Any(SyntaxKind.ConstKeyword)
        from variable in field.Declaration.Variables
        where variable.Initializer?.Value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        select (variable.Identifier.Text, ((LiteralExpressionSyntax)variable.Initializer!.Value).Token.ValueText);

    private static IEnumerable<ExpressionSyntax> Arguments(SyntaxNode node, ILookup<string, Taker> takers)
    {
        if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax set } assignment && s_parameters.Contains(set.Identifier.Text, StringComparer.OrdinalIgnoreCase))
        {
            return [assignment.Right];
        }

        var (name, list) = node switch
        {
            ObjectCreationExpressionSyntax created => (NameOf(created.Type), created.ArgumentList),
            ImplicitObjectCreationExpressionSyntax created => (TargetOf(created), created.ArgumentList),
            PrimaryConstructorBaseTypeSyntax derived => (NameOf(derived.Type), derived.ArgumentList),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call => (member.Name.Identifier.Text, call.ArgumentList),
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax method } call => (method.Identifier.Text, call.ArgumentList),
            _ => (null, null),
        };
        if (list is null)
        {
            return [];
        }

        // A `new(…)` whose type nobody says beside it counts if it looks like an error: a code, then a sentence.
        if (name is null)
        {
            return list.Arguments is [{ Expression: LiteralExpressionSyntax first }, { Expression: InterpolatedStringExpressionSyntax or LiteralExpressionSyntax or BinaryExpressionSyntax }, ..]
                && CodeText().IsMatch(first.Token.ValueText)
                ? [first]
                : [];
        }

        // Static methods of the same name are told apart by what they are called on.
        var owner = node switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } => receiver.Identifier.Text,
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax } => node.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.Text,
            _ => null,
        };
        return takers[name].Where(taker => !taker.IsStatic || taker.Type == owner).Select(taker => taker.Position).Distinct()
            .Select(position => list.Arguments.FirstOrDefault(argument => s_parameters.Contains(argument.NameColon?.Name.Identifier.Text, StringComparer.OrdinalIgnoreCase))
                ?? list.Arguments.ElementAtOrDefault(position))
            .OfType<ArgumentSyntax>()
            .Select(argument => argument.Expression);
    }

    // The type that stands where the value goes: of the variable, property or method around it.
    private static string? TargetOf(ImplicitObjectCreationExpressionSyntax created)
    {
        for (SyntaxNode? child = created, parent = created.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ArgumentSyntax or CollectionElementSyntax or InitializerExpressionSyntax or LambdaExpressionSyntax or BlockSyntax:
                    return parent is BlockSyntax { Parent: MethodDeclarationSyntax owner } ? NameOf(owner.ReturnType) : null;
                case VariableDeclarationSyntax variable:
                    return NameOf(variable.Type);
                case PropertyDeclarationSyntax property:
                    return NameOf(property.Type);
                case MethodDeclarationSyntax method:
                    return NameOf(method.ReturnType);
                case LocalFunctionStatementSyntax function:
                    return NameOf(function.ReturnType);
            }
        }

        return null;
    }

    private static string? NameOf(TypeSyntax type) => type switch
    {
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        IdentifierNameSyntax { Identifier.Text: "var" } => null,
        IdentifierNameSyntax name => name.Identifier.Text,
        _ => null,
    };

    private static IEnumerable<string> Values(ExpressionSyntax argument, ILookup<string, string> constants) => argument switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => [text],
        ParenthesizedExpressionSyntax inner => Values(inner.Expression, constants),
        ConditionalExpressionSyntax either => Values(either.WhenTrue, constants).Concat(Values(either.WhenFalse, constants)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Values(either.Left, constants).Concat(Values(either.Right, constants)),
        SwitchExpressionSyntax cases => cases.Arms.SelectMany(arm => Values(arm.Expression, constants)),
        IdentifierNameSyntax name => constants[name.Identifier.Text].Take(1),
        MemberAccessExpressionSyntax member => constants[member.Name.Identifier.Text].Take(1),
        _ => [],
    };

    private static string Where(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan();
        return $"{Path.GetRelativePath(TestData.RepositoryRoot, line.Path)}:{line.StartLinePosition.Line + 1}";
    }

    private sealed record Taker(string Name, string Type, bool IsStatic, int Position);

    // Built things; and two projects that know nothing of the product.
    [GeneratedRegex(@"[\\/](bin|obj)[\\/]|^shared[\\/](DicomToolkit|LocalHost)[\\/]")]
    private static partial Regex OtherFolder();

    [GeneratedRegex("^([A-Z][a-z]+){2,}$")]
    private static partial Regex CodeText();
}
