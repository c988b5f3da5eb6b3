namespace Radiomics.Pipeline;

/// <summary>What <c>GET …/models/{fieldStrength}</c> answers.</summary>
public sealed record ModelHistory
{
    /// <summary>Center.</summary>
    public required string Center { get; init; }

    /// <summary>Field strength.</summary>
    public required string FieldStrength { get; init; }

    /// <summary>The model that predictions use now.</summary>
    public required PromotedModel Current { get; init; }

    /// <summary>All states of the pointer, the current one last.</summary>
    public required IReadOnlyList<PromotedModel> History { get; init; }
}
