using Radiomics.Extraction;

namespace Radiomics.Cli.PyRadiomics;

/// <summary><c>binWidth</c> and <c>binCount</c>, of all images or of one image type; a count, if there is one, goes before a width.</summary>
internal sealed class DiscretisationParameters
{
    private double _width = 25;
    private int? _count;

    /// <summary>The bins.</summary>
    public DiscretisationSettings Settings => _count is { } count
        ? new() { Method = DiscretisationMethod.FixedBinNumber, Bins = count }
        : PyRadiomicsDefaults.BinWidth(_width);

    /// <summary>The same again, for an image type to override.</summary>
    public DiscretisationParameters Copy() => (DiscretisationParameters)MemberwiseClone();

    /// <summary>Takes the setting if it is one of these.</summary>
    public bool Take(ParameterNode entry)
    {
        switch (entry.Name)
        {
            case "binWidth":
                _width = entry.Number() is > 0 and var width ? width : throw entry.Invalid("must be above 0");
                return true;
            case "binCount":
                _count = entry.IsNull ? null : entry.Integer() switch
                {
                    < 1 => throw entry.Invalid("must be at least 1"),
                    > 65535 => throw entry.Unsupported("there are at most 65535 bins"),
                    var count => count,
                };
                return true;
            default:
                return false;
        }
    }
}
