using System.Text;
using CsvHelper;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract.Batch;

/// <summary>A list of cases as text, and what is wrong with a line that is no CSV.</summary>
internal static class BatchText
{
    /// <summary>Reads UTF-8, or UTF-16 with its byte order mark. In another encoding names and paths would be others than are meant.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidCases</c>: it is no such text; the sentence has the line.</exception>
    public static string Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Encoding encoding = bytes is [0xFF, 0xFE, ..] ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)
            : bytes is [0xFE, 0xFF, ..] ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)
            : new UTF8Encoding(false, throwOnInvalidBytes: true);
        try
        {
            var text = encoding.GetString(bytes);
            text = text.StartsWith('\uFEFF') ? text[1..] : text;
            return text.IndexOf('\0') is >= 0 and var zero
                ? throw new RadiomicsException("InvalidCases", $"Line {LineOf(text.AsSpan(0, zero))}: The list of cases isn't text. Save it as \"CSV UTF-8\".")
                : text;
        }
        catch (DecoderFallbackException exception)
        {
            var line = bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length)).Count((byte)'\n') + 1;
            throw new RadiomicsException("InvalidCases", $"Line {line}: The list of cases isn't UTF-8. Save it as \"CSV UTF-8\".", exception);
        }
    }

    /// <summary>The error of a line whose quotation marks can't be read.</summary>
    public static RadiomicsException Malformed(CsvMalformedRecord record)
    {
        var what = record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "A quotation mark that is opened isn't closed.",
            CsvMalformedReason.TextAfterClosingQuote => "Behind a quotation mark that closes a field stands text; within a field it is written twice.",
            _ => "A quotation mark stands within a field; such a field stands in quotation marks, and those within it are written twice.",
        };
        return new("InvalidCases", $"Line {record.LineNumber}, character {Fault(record.RawRecord)}: {what}");
    }

    /// <summary>Where, counted from 1, the first quotation mark stands that can't be read.</summary>
    private static int Fault(string record)
    {
        var (opened, atStart) = (-1, true);
        for (var i = 0; i < record.Length; i++)
        {
            var character = record[i];
            if (opened >= 0)
            {
                if (character == '"' && i + 1 < record.Length && record[i + 1] == '"')
                {
                    i++;
                }
                else if (character == '"')
                {
                    var rest = record.AsSpan(i + 1).TrimStart(" \t");
                    if (rest.Length > 0 && !IsBorder(rest[0]))
                    {
                        return i + 1;
                    }

                    (opened, atStart) = (-1, false);
                }
            }
            else if (character == '"' && atStart)
            {
                opened = i;
            }
            else if (character == '"')
            {
                return i + 1;
            }
            else
            {
                atStart = IsBorder(character) || (atStart && character is ' ' or '\t');
            }
        }

        return opened + 1;
    }

    private static bool IsBorder(char character) => character is ',' or ';' or '\t' or '\r' or '\n';

    private static int LineOf(ReadOnlySpan<char> before) => before.Count('\n') + 1;
}
