namespace Radiomics.Extraction;

/// <summary>Which slices are held, filtered along x and y, while responses go from slice to slice; a slice that is no longer seen makes room for the next.</summary>
internal sealed class HeldSlices
{
    private readonly IReadOnlyList<(int Xy, AxisRows Z)> _filters;
    private readonly int[] _slotOf;
    private readonly int[] _sliceIn;
    private readonly int[] _neededFor;

    /// <param name="filters">The filters along z.</param>
    /// <param name="size">Slices of the image.</param>
    /// <param name="count">Slices of responses.</param>
    public HeldSlices(IReadOnlyList<(int Xy, AxisRows Z)> filters, int size, int count)
    {
        _filters = filters;
        _slotOf = new int[size];
        _neededFor = new int[size];
        Array.Fill(_slotOf, -1);
        Array.Fill(_neededFor, -1);
        for (var z = 0; z < count; z++)
        {
            Slots = Math.Max(Slots, Mark(z));
        }

        Array.Fill(_neededFor, -1);
        _sliceIn = new int[Slots];
        Array.Fill(_sliceIn, -1);
    }

    /// <summary>Most slices that are seen at a time.</summary>
    public int Slots { get; }

    /// <summary>Where a slice is held.</summary>
    public int SlotOf(int slice) => _slotOf[slice];

    /// <summary>What responses of slice <paramref name="z"/> see and isn't held yet, and where to put it.</summary>
    public IEnumerable<(int Slice, int Slot)> Missing(int z)
    {
        Mark(z);
        var slot = 0;
        for (var slice = 0; slice < _slotOf.Length; slice++)
        {
            if (_neededFor[slice] != z || _slotOf[slice] >= 0)
            {
                continue;
            }

            while (_sliceIn[slot] >= 0 && _neededFor[_sliceIn[slot]] == z)
            {
                slot++;
            }

            if (_sliceIn[slot] >= 0)
            {
                _slotOf[_sliceIn[slot]] = -1;
            }

            (_sliceIn[slot], _slotOf[slice]) = (slice, slot);
            yield return (slice, slot);
        }
    }

    private int Mark(int z)
    {
        var count = 0;
        foreach (var (_, along) in _filters)
        {
            foreach (var slice in along.Indices[z])
            {
                count += _neededFor[slice] != z ? 1 : 0;
                _neededFor[slice] = z;
            }
        }

        return count;
    }
}
