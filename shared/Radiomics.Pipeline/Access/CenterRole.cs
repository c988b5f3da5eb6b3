namespace Radiomics.Pipeline;

/// <summary>A right at a center as tokens and API keys carry it: <c>Center.{id}.Submit</c>, <c>.Read</c>, <c>.Train</c> or <c>.Approve</c>.</summary>
/// <param name="Center">The center.</param>
/// <param name="Right">The right.</param>
public readonly record struct CenterRole(string Center, Right Right)
{
    /// <summary>The role that has every right at every center.</summary>
    public const string Admin = "Admin";

    private const string Prefix = "Center.";

    /// <summary>Reads a role; null if it is another one. Upper and lower case count, as in the names of centers.</summary>
    public static CenterRole? TryParse(string role) =>
        role.StartsWith(Prefix, StringComparison.Ordinal) && role.Split('.') is [_, { Length: > 0 } center, var name]
        && Enum.TryParse<Right>(name, out var right) && Enum.GetName(right) == name
            ? new CenterRole(center, right)
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Center}.{Right}";
}
