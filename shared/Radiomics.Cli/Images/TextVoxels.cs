using System.Buffers.Binary;
using System.Buffers.Text;
using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>Voxels that a file has as text, as the little-endian bytes that they would be otherwise.</summary>
internal sealed class TextVoxels(Stream text, PixelType type, string format) : ForwardStream
{
    private const int LongestNumber = 64;

    private readonly Stream _text = new BufferedStream(text, 1 << 16);
    private readonly byte[] _number = new byte[8];
    private int _left;

    public override int Read(Span<byte> buffer)
    {
        var done = 0;
        var size = type.Size();
        for (; done < buffer.Length && (_left > 0 || Next(size)); done++, _left--)
        {
            buffer[done] = _number[size - _left];
        }

        return done;
    }

    /// <summary>Reads the next number, if there is one.</summary>
    private bool Next(int size)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        var length = 0;
        for (var next = _text.ReadByte(); next >= 0; next = _text.ReadByte())
        {
            if (next is ' ' or '\t' or '\r' or '\n' or ',')
            {
                if (length > 0)
                {
                    break;
                }
            }
            else if (length == LongestNumber)
            {
                throw Invalid();
            }
            else
            {
                digits[length++] = (byte)next;
            }
        }

        if (length == 0)
        {
            return false;
        }

        Encode(digits[..length]);
        _left = size;
        return true;
    }

    private void Encode(ReadOnlySpan<byte> digits)
    {
        if (type == PixelType.Float64)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_number, Double(digits));
        }
        else if (type == PixelType.Float32)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_number, (float)Double(digits));
        }
        else if (type == PixelType.UInt64)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_number, Utf8Parser.TryParse(digits, out ulong whole, out var used) && used == digits.Length ? whole : throw Invalid());
        }
        else
        {
            var (least, most) = type switch
            {
                PixelType.UInt8 => (0L, (long)byte.MaxValue),
                PixelType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
                PixelType.UInt16 => (0, ushort.MaxValue),
                PixelType.Int16 => (short.MinValue, short.MaxValue),
                PixelType.UInt32 => (0, uint.MaxValue),
                PixelType.Int32 => (int.MinValue, int.MaxValue),
                _ => (long.MinValue, long.MaxValue),
            };
            var isWhole = Utf8Parser.TryParse(digits, out long whole, out var used) && used == digits.Length && whole >= least && whole <= most;
            BinaryPrimitives.WriteInt64LittleEndian(_number, isWhole ? whole : throw Invalid());
        }
    }

    private double Double(ReadOnlySpan<byte> digits) =>
        double.TryParse(digits, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : throw Invalid();

    private RadiomicsException Invalid() => ImageError.Of(format, "Among its voxels is text that is no number of their type.");
}
