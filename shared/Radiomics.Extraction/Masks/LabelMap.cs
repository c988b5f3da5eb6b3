using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>The regions of a mask that were asked for, on its grid.</summary>
public sealed class LabelMap
{
    /// <summary>Labels that can be told apart at once.</summary>
    public const int MostLabels = 254;

    private const int MostListed = 12;

    private readonly VolumeGeometry _geometry;
    private readonly byte[] _voxels;
    private readonly LabelChoice _choice;
    private readonly Dictionary<int, byte> _places;
    private readonly int[] _labels;
    private readonly IReadOnlyDictionary<int, string> _names;
    private readonly string _nothing;

    internal LabelMap(
        VolumeGeometry geometry,
        byte[] voxels,
        LabelChoice choice,
        Dictionary<int, byte> places,
        int[] labels,
        IReadOnlyDictionary<int, string> names,
        string nothing,
        IReadOnlyList<string> warnings)
    {
        (_geometry, _voxels, _choice, _places, _labels, _names, _nothing, Warnings) = (geometry, voxels, choice, places, labels, names, nothing, warnings);
    }

    /// <summary>What may not be as it was meant, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Labels but 0 that the file has, ascending; not complete for what looks like an image.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>The labels of each region that was asked for, in that order; each label that is there if all were; null stands for whatever isn't 0.</summary>
    public IReadOnlyList<IReadOnlyList<int>?> Regions()
    {
        if (!_choice.IsAll)
        {
            return _choice.Regions ?? (IReadOnlyList<IReadOnlyList<int>?>)[null];
        }

        var labels = new List<int>(_places.Keys);
        labels.Sort();
        return labels.ConvertAll(label => (IReadOnlyList<int>?)[label]);
    }

    /// <summary>The mask of one of <see cref="Regions"/>; it may be empty, and shares its voxels with this map where there is but one region.</summary>
    public Mask Mask(IReadOnlyList<int>? region)
    {
        if (region is null || _choice.Regions is [_])
        {
            return new(_geometry, _voxels);
        }

        Span<byte> isInside = stackalloc byte[256];
        isInside.Clear();
        foreach (var label in region)
        {
            isInside[_places[label]] = 1;
        }

        var inside = new byte[_voxels.Length];
        for (var i = 0; i < inside.Length; i++)
        {
            inside[i] = isInside[_voxels[i]];
        }

        return new(_geometry, inside);
    }

    /// <summary>The error of a region without a voxel, with the labels that are there.</summary>
    public RadiomicsException Missing(IReadOnlyList<int>? region)
    {
        var wanted = region is null ? "no voxel inside" : $"no voxel of label {string.Join(" or ", region)}";
        return new("EmptyRoi", $"The mask has {wanted}: {(_labels.Length == 0 ? _nothing : $"its labels are {Listed()}")}.");
    }

    /// <summary>Labels with their names, the first few of many.</summary>
    private string Listed()
    {
        var shown = new List<string>();
        for (var i = 0; i < Math.Min(_labels.Length, MostListed); i++)
        {
            var number = _labels[i].ToString(CultureInfo.InvariantCulture);
            shown.Add(_names.TryGetValue(_labels[i], out var name) ? $"{number} ({name})" : number);
        }

        var more = _labels.Length - shown.Count;
        return string.Join(", ", shown) + (more > 0 ? $" and {more} more" : "");
    }
}
