namespace Radiomics.Extraction;

/// <summary>Turns a mask's voxels into a <see cref="LabelMap"/>, chunk by chunk: a byte for each voxel, whatever the file has.</summary>
internal sealed class LabelDecoder(PixelType stored, int count, (double Slope, double Intercept)? scaling, LabelChoice choice)
{
    private const int FirstVoxels = 16 << 20;
    private const byte None = 0;

    private readonly LabelCensus _census = new();
    private readonly Dictionary<int, byte> _places = Places(choice);
    private readonly byte[] _byteWise = new byte[256];
    private readonly bool[] _byteSeen = new bool[256];
    private byte[] _voxels = new byte[Math.Min(count, FirstVoxels)];
    private int _done;
    private double _lastValue = double.NaN;
    private bool _lastIsInside;
    private byte _lastPlace;
    private byte _lastByte;

    /// <summary>Adds the next voxels, in this machine's byte order.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var now = bytes.Length / stored.Size();
        if (_done + now > _voxels.Length)
        {
            Array.Resize(ref _voxels, (int)Math.Min(count, Math.Max(_done + now, 2L * _voxels.Length)));
        }

        var to = _voxels.AsSpan(_done, now);
        if (stored == PixelType.UInt8 && scaling is null)
        {
            AddBytes(bytes, to);
        }
        else
        {
            AddNumbers(bytes, to);
        }

        _done += now;
    }

    /// <summary>The map, when all voxels are there.</summary>
    public LabelMap ToMap(VolumeGeometry geometry, IReadOnlyDictionary<int, string> names) =>
        new(geometry, _voxels, choice, _places, _census.Labels(), names, _census.Nothing(), _census.Warnings(count));

    /// <summary>Masks are 0 and 1 nearly always, and most of them are asked for 1 or for whatever isn't 0: nothing to look up then.</summary>
    private void AddBytes(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)1) && Place(0, 0) == 0 && (!choice.IsAll || bytes.Contains((byte)1)) && Place(1, 1) == 1)
        {
            CopyInside(bytes, to);
            if (!_byteSeen[1] && bytes.Contains((byte)1))
            {
                (_byteSeen[1], _byteWise[1]) = (true, 1);
                _census.Add(1, 1);
            }

            return;
        }

        var (inside, runs) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value != 0)
            {
                inside++;
                runs += value == _lastByte ? 0 : 1;
            }

            _lastByte = value;
            if (!_byteSeen[value])
            {
                (_byteSeen[value], _byteWise[value]) = (true, Place(value, value));
                _census.Add(value, value);
            }

            if (_byteWise[value] != None)
            {
                to[i] = _byteWise[value];
            }
        }

        _census.CountRuns(inside, runs);
    }

    /// <summary>Copies pages with a voxel inside. The others, most of a mask, are 0 as they are, and take no memory until they are written to.</summary>
    private static void CopyInside(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        const int Page = 4096;
        for (var start = 0; start < bytes.Length; start += Page)
        {
            var page = bytes.Slice(start, Math.Min(Page, bytes.Length - start));
            if (page.ContainsAnyExcept(None))
            {
                page.CopyTo(to[start..]);
            }
        }
    }

    private void AddNumbers(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        var (inside, runs) = (0, 0);
        for (var i = 0; i < to.Length; i++)
        {
            var value = VoxelDecoder.Value(stored, bytes, i);
            if (scaling is var (slope, intercept))
            {
                value = (float)(value * slope + intercept);
            }

            if (value != _lastValue)
            {
                var label = LabelCast.Label(value);
                _census.Add(value, label);
                (_lastValue, _lastIsInside, _lastPlace) = (value, label != 0, Place(value, label));
                runs += _lastIsInside ? 1 : 0;
            }

            inside += _lastIsInside ? 1 : 0;
            if (_lastPlace != None)
            {
                to[i] = _lastPlace;
            }
        }

        _census.CountRuns(inside, runs);
    }

    /// <summary>By what byte a voxel is kept.</summary>
    private byte Place(double value, int label)
    {
        if (choice.Regions is null && !choice.IsAll)
        {
            return value != 0 && !double.IsNaN(value) ? (byte)1 : None;
        }

        if (_places.TryGetValue(label, out var place))
        {
            return place;
        }

        if (!choice.IsAll || label == 0)
        {
            return None;
        }

        if (_places.Count == LabelMap.MostLabels)
        {
            throw new RadiomicsException(
                "InvalidLabel", $"The mask has more than {LabelMap.MostLabels} labels, as an image has: name those that you mean instead of all.");
        }

        return _places[label] = (byte)(_places.Count + 1);
    }

    /// <summary>One region's labels share a byte, which then is the mask already; several regions may share labels, so each label has its own.</summary>
    private static Dictionary<int, byte> Places(LabelChoice choice)
    {
        var places = new Dictionary<int, byte>();
        foreach (var region in choice.Regions ?? [])
        {
            foreach (var label in region)
            {
                if (places.Count == LabelMap.MostLabels && !places.ContainsKey(label))
                {
                    throw new RadiomicsException("InvalidLabel", $"More than {LabelMap.MostLabels} labels can't be asked for at once.");
                }

                places.TryAdd(label, choice.Regions!.Count == 1 ? (byte)1 : (byte)(places.Count + 1));
            }
        }

        return places;
    }
}
