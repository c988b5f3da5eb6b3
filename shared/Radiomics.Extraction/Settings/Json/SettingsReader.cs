using System.Text.Json;

namespace Radiomics.Extraction;

/// <summary>Reads one property of <typeparamref name="T"/> into a copy of <paramref name="value"/>.</summary>
internal delegate T PropertyReader<T>(ref SettingsReader reader, T value);

/// <summary>Reads one element of an array.</summary>
internal delegate T ElementReader<T>(ref SettingsReader reader);

/// <summary>A JSON reader that knows where it is, and lets nothing pass that it wasn't asked for.</summary>
internal ref struct SettingsReader
{
    private Utf8JsonReader _json;
    private string _name = "";
    private string _path = "$";

    /// <param name="json">Stands at the value to read.</param>
    public SettingsReader(Utf8JsonReader json) => _json = json;

    /// <summary>The underlying reader, as far as it has come.</summary>
    public readonly Utf8JsonReader Json => _json;

    /// <summary>Name of the property at hand.</summary>
    public readonly string Name => _name;

    /// <summary>Whether the property at hand is <paramref name="property"/>, in any case.</summary>
    public readonly bool Is(string property) => string.Equals(_name, property, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an object property by property, each at most once, over <paramref name="defaults"/>.</summary>
    /// <exception cref="JsonException">An unknown, repeated or missing property, or a value of another kind.</exception>
    public T Object<T>(T defaults, PropertyReader<T> property, string? required = null)
        where T : class
    {
        Expect(JsonTokenType.StartObject, "an object");
        var (value, path) = (defaults, _path);
        var seen = new List<string>();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _name = _json.GetString()!;
            _path = $"{path}.{_name}";
            foreach (var name in seen)
            {
                if (Is(name))
                {
                    throw Fail("The option is given twice.");
                }
            }

            seen.Add(_name);
            _json.Read();
            value = property(ref this, value);
        }

        _path = path;
        if (required is not null && !seen.Exists(name => string.Equals(name, required, StringComparison.OrdinalIgnoreCase)))
        {
            throw Fail($"The option '{required}' is missing.");
        }

        return value;
    }

    /// <summary>The same, or null.</summary>
    public T? ObjectOrNull<T>(T defaults, PropertyReader<T> property)
        where T : class => _json.TokenType == JsonTokenType.Null ? null : Object(defaults, property);

    /// <summary>Reads a list. (Framework collections of our enums would be compiled anew in every process.)</summary>
    public IReadOnlyList<T> List<T>(ElementReader<T> element)
    {
        Expect(JsonTokenType.StartArray, "a list");
        var path = _path;
        var (all, count) = (new T[4], 0);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            _path = $"{path}[{count}]";
            if (count == all.Length)
            {
                var larger = new T[2 * count];
                Array.Copy(all, larger, count);
                all = larger;
            }

            all[count++] = element(ref this);
        }

        _path = path;
        var exact = new T[count];
        Array.Copy(all, exact, count);
        return exact;
    }

    /// <summary>The same, or null.</summary>
    public IReadOnlyList<T>? ListOrNull<T>(ElementReader<T> element) => _json.TokenType == JsonTokenType.Null ? null : List(element);

    /// <summary>Reads one of the names of an enum.</summary>
    public readonly T Enum<T>()
        where T : struct, Enum
    {
        Expect(JsonTokenType.String, "a name");
        return EnumNames<T>.Parse(_json.GetString()!)
            ?? throw Fail($"'{_json.GetString()}' is none of {string.Join(", ", EnumNames<T>.All)}.");
    }

    /// <summary>The same, or null.</summary>
    public readonly T? EnumOrNull<T>()
        where T : struct, Enum => _json.TokenType == JsonTokenType.Null ? null : Enum<T>();

    /// <summary>Reads text.</summary>
    public readonly string Text()
    {
        Expect(JsonTokenType.String, "text");
        return _json.GetString()!;
    }

    /// <summary>The same, or null.</summary>
    public readonly string? TextOrNull() => _json.TokenType == JsonTokenType.Null ? null : Text();

    /// <summary>Whether there is null.</summary>
    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    /// <summary>Reads true or false.</summary>
    public readonly bool Flag() => _json.TokenType is JsonTokenType.True or JsonTokenType.False ? _json.GetBoolean() : throw Fail("It must be true or false.");

    /// <summary>The same, or null.</summary>
    public readonly bool? FlagOrNull() => _json.TokenType == JsonTokenType.Null ? null : Flag();

    /// <summary>Reads a number.</summary>
    public readonly double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        return _json.GetDouble();
    }

    /// <summary>The same, or null.</summary>
    public readonly double? NumberOrNull() => _json.TokenType == JsonTokenType.Null ? null : Number();

    /// <summary>Reads a whole number.</summary>
    public readonly int Integer() =>
        _json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var value) ? value : throw Fail("It must be a whole number.");

    /// <summary>The same, or null.</summary>
    public readonly int? IntegerOrNull() => _json.TokenType == JsonTokenType.Null ? null : Integer();

    /// <summary>Reads a spacing, or null: one number for all axes, or three.</summary>
    public Spacing? SpacingOrNull()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return Spacing.TryRead(ref _json, out var spacing) ? spacing : throw Fail("A spacing is a number or three numbers.");
    }

    /// <summary>What to throw where no option has the name at hand.</summary>
    public readonly JsonException Unknown() => Fail("There is no such option.");

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (_json.TokenType != type)
        {
            throw Fail($"It must be {what}.");
        }
    }

    private readonly JsonException Fail(string message) => new(message, _path, null, null);
}
