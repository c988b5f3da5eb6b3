using System.Buffers.Binary;
using System.Text;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Malformed;

/// <summary>Damages a study as transfers, disks, wrong exports and attackers do; the same seed damages alike.</summary>
internal sealed class StudyMutation(int seed)
{
    private static readonly string[] _texts = ["NaN", "-", "1e999", "2,5", "0x10", "\\\\", "-1", "99999999999", "1E-400", "\0\0", "é", "65535\\0"];
    private static readonly uint[] _lengths = [0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

    private readonly Random _random = new(seed);

    /// <summary>A damaged zip of <paramref name="files"/>, which stay as they are.</summary>
    public MemoryStream Apply(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var damaged = files.ToList();
        for (var i = _random.Next(3); i >= 0; i--)
        {
            DamageFile(damaged);
        }

        var zip = TestStudy.Zip(damaged);
        return _random.Next(8) == 0 ? new MemoryStream(Damaged(zip.ToArray(), 0)) : zip;
    }

    private void DamageFile(List<(string Name, byte[] Content)> files)
    {
        // Regions lie last or first, and have the most that can go wrong.
        var at = _random.Next(3) switch { 0 => 0, 1 => files.Count - 1, _ => _random.Next(files.Count) };
        switch (_random.Next(12))
        {
            case 0 when files.Count > 1:
                files.RemoveAt(at);
                break;
            case 1:
                files.Add(($"again/{files.Count}", files[at].Content));
                break;
            case 2:
                files[at] = (files[at].Name, files[_random.Next(files.Count)].Content);
                break;
            default:
                files[at] = (files[at].Name, Damaged(files[at].Content, 128));
                break;
        }
    }

    /// <param name="from">Where damage begins to matter.</param>
    private byte[] Damaged(byte[] content, int from)
    {
        var bytes = (byte[])content.Clone();
        if (bytes.Length < from + 16)
        {
            return bytes;
        }

        // Headers are few bytes beside the pixels: most damage goes there.
        var end = _random.Next(4) == 0 ? bytes.Length : Math.Min(bytes.Length, from + 2500);
        var at = _random.Next(from, end - 8);
        var some = _random.Next(1, Math.Min(300, bytes.Length - at));
        switch (_random.Next(7))
        {
            case 0:
                return bytes[..at];
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at & ~1), _lengths[_random.Next(_lengths.Length)]);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[(at + some)..]];
            case 3:
                return [.. bytes[..at], .. bytes[_random.Next(from, at + 1)..at], .. bytes[at..]];
            case 4:
                WriteText(bytes, at);
                return bytes;
            case 5:
                bytes.AsSpan(at, some).Fill((byte)_random.Next(256));
                return bytes;
            default:
                for (var i = _random.Next(6); i >= 0; i--)
                {
                    bytes[_random.Next(from, end)] ^= (byte)(1 << _random.Next(8));
                }

                return bytes;
        }
    }

    /// <summary>Puts a text in the place of the next number that is one.</summary>
    private void WriteText(byte[] bytes, int from)
    {
        var at = from + bytes.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (at >= from)
        {
            var text = Encoding.Latin1.GetBytes(_texts[_random.Next(_texts.Length)]);
            text.AsSpan(0, Math.Min(text.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        }
    }
}
