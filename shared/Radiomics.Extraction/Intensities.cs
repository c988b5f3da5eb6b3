using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Radiomics.Extraction;

/// <summary>
/// Intensities of an image or of a part of it: an array of floats where floats hold every one exactly, else an array of doubles. What handles many of them asks once
/// which it is, and has one generic source for both (<see cref="Real"/>); float images are never widened as a whole.
/// </summary>
[CollectionBuilder(typeof(Intensities), nameof(Create))]
internal readonly struct Intensities : IEnumerable<double>
{
    private readonly float[]? _floats;

    private Intensities(float[]? floats, double[]? doubles) => (_floats, Doubles) = (floats, doubles);

    /// <summary>The floats; only where <see cref="Doubles"/> is null.</summary>
    public float[] Floats
    {
        get
        {
            Debug.Assert(Doubles is null, "These are doubles.");
            return _floats ?? [];
        }
    }

    /// <summary>The doubles; null if there are floats.</summary>
    public double[]? Doubles { get; }

    public int Length => Doubles is { } doubles ? doubles.Length : Floats.Length;

    public double this[int index] => Doubles is { } doubles ? doubles[index] : _floats![index];

    public static implicit operator Intensities(float[] floats) => new(floats, null);

    public static implicit operator Intensities(double[] doubles) => new(null, doubles);

    /// <summary>Some numbers, as floats if that loses nothing.</summary>
    public static Intensities Create(ReadOnlySpan<double> values) => Smallest(values.ToArray());

    /// <summary>As floats if they hold every number, else as they are.</summary>
    public static Intensities Smallest(double[] values)
    {
        foreach (var value in values)
        {
            if (!Real.IsFloat(value))
            {
                return values;
            }
        }

        return Array.ConvertAll(values, value => (float)value);
    }

    /// <summary>One number after the other, for what isn't worth two instances of generic code.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <inheritdoc/>
    IEnumerator<double> IEnumerable<double>.GetEnumerator()
    {
        foreach (var value in this)
        {
            yield return value;
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<double>)this).GetEnumerator();

    /// <summary>Whether both are one array.</summary>
    public bool IsSame(Intensities other) => ReferenceEquals(_floats, other._floats) && ReferenceEquals(Doubles, other.Doubles);

    /// <summary>An array of their own.</summary>
    public Intensities Copy() => Doubles is { } doubles ? (double[])[.. doubles] : (float[])[.. Floats];

    /// <summary>The same numbers in another array than <paramref name="original"/>, so that they can be changed.</summary>
    public Intensities Apart(Intensities original) => IsSame(original) ? Copy() : this;

    /// <summary>Whether all are finite numbers.</summary>
    public bool AreFinite()
    {
        if (Doubles is { } doubles)
        {
            return Array.TrueForAll(doubles, double.IsFinite);
        }

        // A loop, which is compiled ahead of time.
        foreach (var value in Floats)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sorts finite ones ascending; what isn't a finite number comes first or last.</summary>
    public void Sort()
    {
        if (Doubles is { } doubles)
        {
            Array.Sort(doubles);
        }
        else
        {
            FloatSort.Ascending(Floats);
        }
    }

    /// <summary>Sets some of them to 0.</summary>
    public void Clear(int start, int count)
    {
        if (Doubles is { } doubles)
        {
            doubles.AsSpan(start, count).Clear();
        }
        else
        {
            Floats.AsSpan(start, count).Clear();
        }
    }

    /// <summary>Walks through intensities.</summary>
    internal struct Enumerator(Intensities intensities)
    {
        private readonly int _length = intensities.Length;
        private int _index = -1;

        public readonly double Current => intensities[_index];

        public bool MoveNext() => ++_index < _length;
    }
}
