namespace Radiomics.Extraction;

/// <summary>What kinds of numbers a mask has: which labels, and whether it may be no mask at all.</summary>
internal sealed class LabelCensus
{
    /// <summary>Atlases of the brain have as many labels; images have more.</summary>
    private const int MostOfMask = 400;

    private readonly HashSet<int> _labels = [];
    private bool _isSoft;
    private bool _isNegative;
    private bool _isFractional;

    /// <summary>The labels but 0, ascending; those of an image are not complete.</summary>
    public int[] Labels()
    {
        var labels = new int[_labels.Count];
        _labels.CopyTo(labels);
        Array.Sort(labels);
        return labels;
    }

    /// <summary>Adds a value and the label that it stands for.</summary>
    public void Add(double value, int label)
    {
        if (label != 0 && _labels.Count <= MostOfMask)
        {
            _labels.Add(label);
        }

        _isNegative |= value < 0;
        if (label == 0)
        {
            _isSoft |= value > 0;
        }
        else
        {
            _isFractional |= Math.Abs(value - label) > 1e-3;
        }
    }

    /// <summary>What may not be as it was meant.</summary>
    public List<string> Warnings()
    {
        var warnings = new List<string>();
        if (_isNegative || _isFractional || _labels.Count > MostOfMask)
        {
            var why = _isNegative ? "negative values" : _isFractional ? "values with fractions" : $"more than {MostOfMask} different values";
            warnings.Add($"The mask looks like an image: it has {why}. Are image and mask in this order?");
        }
        else if (_isSoft)
        {
            warnings.Add(
                "The mask has values between 0 and 1, as a soft mask or a map of probabilities has: without a label every voxel above 0 is inside, with a label values are " +
                "cut to whole numbers, as ITK does. Threshold it first if that isn't meant.");
        }

        return warnings;
    }
}
