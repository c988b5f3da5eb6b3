using System.Diagnostics.CodeAnalysis;

namespace RadiomicsFunctions.Http;

/// <summary>
/// A dictionary of RFC 9651 (Structured Field Values for HTTP, 3.2), read for its byte sequences: what else a member may be is checked for its form and passed over. A field that isn't one in every
/// character is none.
/// </summary>
internal ref struct StructuredDictionary
{
    private ReadOnlySpan<char> _rest;

    private StructuredDictionary(string field) => _rest = field;

    /// <summary>The members by key, with the bytes of those that are byte sequences and null for others; of members with one key, the last.</summary>
    /// <param name="field">The field's lines, joined by commas.</param>
    /// <param name="members">The members.</param>
    public static bool TryParse(string field, [NotNullWhen(true)] out IReadOnlyDictionary<string, byte[]?>? members)
    {
        members = null;
        var parser = new StructuredDictionary(field.Trim(' '));
        var read = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        while (!parser._rest.IsEmpty)
        {
            byte[]? bytes = null;
            if (!parser.TryKey(out var key) || !(parser.Take('=') ? parser.TryMember(out bytes) : parser.TryParameters()))
            {
                return false;
            }

            read[key] = bytes;
            parser.SkipSpace();
            if (parser._rest.IsEmpty)
            {
                break;
            }

            if (!parser.Take(','))
            {
                return false;
            }

            parser.SkipSpace();
            if (parser._rest.IsEmpty)
            {
                return false; // nothing may follow the last comma but a member
            }
        }

        members = read;
        return true;
    }

    private void SkipSpace() => _rest = _rest.TrimStart([' ', '\t']);

    private bool Take(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private bool TryKey([NotNullWhen(true)] out string? key)
    {
        key = null;
        if (_rest.IsEmpty || !(char.IsAsciiLetterLower(_rest[0]) || _rest[0] == '*'))
        {
            return false;
        }

        key = TakeWhile(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.' or '*');
        return true;
    }

    private bool TryMember(out byte[]? bytes)
    {
        bytes = null;
        if (!Take('('))
        {
            return TryItem(out bytes) && TryParameters();
        }

        while (true)
        {
            _rest = _rest.TrimStart(' ');
            if (Take(')'))
            {
                return TryParameters();
            }

            if (!TryItem(out _) || !TryParameters() || _rest.IsEmpty || _rest[0] is not (' ' or ')'))
            {
                return false;
            }
        }
    }

    private bool TryParameters()
    {
        while (Take(';'))
        {
            _rest = _rest.TrimStart(' ');
            if (!TryKey(out _) || (Take('=') && !TryItem(out _)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryItem(out byte[]? bytes)
    {
        bytes = null;
        if (_rest.IsEmpty)
        {
            return false;
        }

        switch (_rest[0])
        {
            case ':':
                return TryBytes(out bytes);
            case '"':
                return TryString();
            case '%':
                _rest = _rest[1..];
                return TryString();
            case '?':
                _rest = _rest[1..];
                return Take('0') || Take('1');
            case '@':
                _rest = _rest[1..];
                return TryNumber();
            case '-' or (>= '0' and <= '9'):
                return TryNumber();
            case '*' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'):
                TakeWhile(static c => char.IsAsciiLetterOrDigit(c) || ":/!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
                return true;
            default:
                return false;
        }
    }

    private bool TryBytes(out byte[]? bytes)
    {
        bytes = null;
        var end = _rest[1..].IndexOf(':');
        if (end < 0)
        {
            return false;
        }

        var text = _rest.Slice(1, end);
        _rest = _rest[(end + 2)..];
        var padding = text.Length - text.TrimEnd('=').Length;
        if (padding > 2 || text[..^padding].ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
        {
            return false;
        }

        // Padding that is left out is to be taken for there (RFC 9651, 4.2.7).
        var whole = text[..^padding].ToString();
        var buffer = new byte[whole.Length];
        if (!Convert.TryFromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='), buffer, out var count))
        {
            return false;
        }

        bytes = buffer[..count];
        return true;
    }

    private bool TryString()
    {
        if (!Take('"'))
        {
            return false;
        }

        for (var i = 0; i < _rest.Length; i++)
        {
            if (_rest[i] == '"')
            {
                _rest = _rest[(i + 1)..];
                return true;
            }

            if (_rest[i] is < ' ' or > '~' || (_rest[i] == '\\' && (++i >= _rest.Length || _rest[i] is not ('"' or '\\'))))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryNumber()
    {
        Take('-');
        var whole = TakeWhile(char.IsAsciiDigit);
        return whole.Length is > 0 and <= 15 && (!Take('.') || TakeWhile(char.IsAsciiDigit).Length is > 0 and <= 3);
    }

    private string TakeWhile(Func<char, bool> fits)
    {
        var length = 0;
        while (length < _rest.Length && fits(_rest[length]))
        {
            length++;
        }

        var taken = _rest[..length].ToString();
        _rest = _rest[length..];
        return taken;
    }
}
