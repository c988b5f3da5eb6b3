using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Radiomics.Extraction;

/// <summary>
/// Values by tag, always in ordinal order. What a sorted dictionary is, in two arrays: a framework collection of such values would be compiled anew in every process,
/// which takes longer than filling it.
/// </summary>
internal sealed class TagTable<T> : IReadOnlyDictionary<string, T>
{
    private string[] _tags = new string[32];
    private T[] _values = new T[32];

    public int Count { get; private set; }

    public IEnumerable<string> Keys => _tags.AsSpan(0, Count).ToArray();

    public IEnumerable<T> Values => _values.AsSpan(0, Count).ToArray();

    public T this[string key]
    {
        get => Find(key) is >= 0 and var at ? _values[at] : throw new KeyNotFoundException($"There is no '{key}'.");
        set
        {
            var at = Find(key);
            if (at >= 0)
            {
                _values[at] = value;
            }
            else
            {
                Insert(~at, key, value);
            }
        }
    }

    /// <summary>Adds a value.</summary>
    /// <exception cref="ArgumentException">The tag is there already.</exception>
    public void Add(string tag, T value)
    {
        var at = Find(tag);
        if (at >= 0)
        {
            throw new ArgumentException($"'{tag}' is there already.", nameof(tag));
        }

        Insert(~at, tag, value);
    }

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var at = Find(key);
        value = at >= 0 ? _values[at] : default;
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new(_tags[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Where a tag is, or the complement of where it belongs; the end first, where tags that come in order belong.</summary>
    private int Find(string tag)
    {
        if (Count == 0 || string.CompareOrdinal(_tags[Count - 1], tag) < 0)
        {
            return ~Count;
        }

        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_tags[middle], tag);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private void Insert(int at, string tag, T value)
    {
        if (Count == _tags.Length)
        {
            var (tags, values) = (new string[2 * Count], new T[2 * Count]);
            Array.Copy(_tags, tags, Count);
            Array.Copy(_values, values, Count);
            (_tags, _values) = (tags, values);
        }

        Array.Copy(_tags, at, _tags, at + 1, Count - at);
        Array.Copy(_values, at, _values, at + 1, Count - at);
        (_tags[at], _values[at]) = (tag, value);
        Count++;
    }
}
