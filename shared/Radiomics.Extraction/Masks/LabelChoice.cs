namespace Radiomics.Extraction;

/// <summary>Which values of a mask are regions of interest.</summary>
public sealed class LabelChoice
{
    private LabelChoice(IReadOnlyList<IReadOnlyList<int>>? regions, bool isAll) => (Regions, IsAll) = (regions, isAll);

    /// <summary>One region: whatever isn't 0.</summary>
    public static LabelChoice Any { get; } = new(null, isAll: false);

    /// <summary>A region for each label that is there.</summary>
    public static LabelChoice All { get; } = new(null, isAll: true);

    /// <summary>Regions by their labels, of which one may have several; null if they aren't named.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Regions { get; }

    /// <summary>Whether each label that is there is a region.</summary>
    public bool IsAll { get; }

    /// <summary>A region for each list of labels.</summary>
    public static LabelChoice Of(IReadOnlyList<IReadOnlyList<int>> regions) => new(regions, isAll: false);

    /// <summary>One region of one label; whatever isn't 0 if null.</summary>
    public static LabelChoice Of(int? label) => label is { } one ? new([[one]], isAll: false) : Any;
}
