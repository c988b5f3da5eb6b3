namespace Radiomics.Extraction;

/// <summary>What kinds of numbers a mask has: which labels, and whether it may be no mask at all.</summary>
internal sealed class LabelCensus
{
    /// <summary>Atlases of the brain have as many labels; images have more.</summary>
    private const int MostOfMask = 400;

    /// <summary>With more labels than this, a mask whose label changes from voxel to voxel is rather an image (of 8 bits, which has no more than 255 values).</summary>
    private const int MostOfNoisyMask = 32;

    private readonly HashSet<int> _labels = [];
    private long _inside;
    private long _runs;
    private bool _isSoft;
    private bool _isNoNumber;
    private bool _isTooLarge;
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
        _isNoNumber |= double.IsNaN(value);
        if (label == 0)
        {
            _isSoft |= value is > 0 and < 1;
            _isTooLarge |= Math.Abs(value) >= 1;
        }
        else
        {
            _isFractional |= Math.Abs(value - label) > 1e-3;
        }
    }

    /// <summary>Adds how many voxels were inside, and in how many runs of one value, one voxel after the other in the file.</summary>
    public void CountRuns(long inside, long runs) => (_inside, _runs) = (_inside + inside, _runs + runs);

    /// <summary>What a mask without labels has, to follow "the mask has no voxel of label 1:".</summary>
    public string Nothing() =>
        _isSoft ? "its values lie between 0 and 1, and are 0 when they are cut to whole numbers, as ITK does; threshold it first"
        : _isTooLarge ? "its values lie beyond ±2,147,483,647, and are no labels"
        : _isNegative ? "its values lie between -1 and 0, and are 0 when they are cut to whole numbers, as ITK does"
        : _isNoNumber ? "where it isn't 0 it is no number (NaN)"
        : "it is 0 everywhere";

    /// <summary>What may not be as it was meant.</summary>
    /// <param name="count">Voxels of the mask.</param>
    public List<string> Warnings(int count)
    {
        var warnings = new List<string>();
        var isNoisy = _labels.Count > MostOfNoisyMask && _inside > count / 10 && _runs > _inside / 3;
        if (_isNegative || _isFractional || isNoisy || _labels.Count > MostOfMask)
        {
            var why = _isNegative ? "negative values" : _isFractional ? "values with fractions"
                : _labels.Count > MostOfMask ? $"more than {MostOfMask} different values" : "values that differ from voxel to voxel";
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
