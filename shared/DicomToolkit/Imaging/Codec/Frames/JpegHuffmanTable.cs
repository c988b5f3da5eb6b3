namespace FellowOakDicom.Imaging.Codec;

/// <summary>A Huffman table of difference categories (ITU-T T.81 annexes C and H.1.2.2).</summary>
internal sealed class JpegHuffmanTable
{
    private const int FastBits = 9;

    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly int[] _lastCode = new int[17];
    private readonly int[] _offset = new int[17];
    private readonly byte[] _values;

    private JpegHuffmanTable(byte[] values) => _values = values;

    /// <param name="counts">How many codes have each length from 1 to 16.</param>
    /// <returns>Null if there are more codes than fit.</returns>
    public static JpegHuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        var table = new JpegHuffmanTable(values.ToArray());
        var code = 0;
        var index = 0;
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            table._offset[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length)
                    return null;
                if (length > FastBits)
                    continue;
                var free = FastBits - length;
                table._fast.AsSpan(code << free, 1 << free).Fill((ushort)((length << 8) | values[index]));
            }

            table._lastCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
        }

        return table;
    }

    /// <exception cref="DicomCodecException">The bits are no code, or have ended.</exception>
    public int ReadDifference(ref JpegBitReader bits)
    {
        var category = ReadCategory(ref bits);
        if (category == 0)
            return 0;
        if (category == 16)
            return 32768;
        if (category > 16)
            throw new DicomCodecException("Unable to decode JPEG lossless frame: a difference is too large.");
        var value = bits.Read(category);
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    private int ReadCategory(ref JpegBitReader bits)
    {
        var next = bits.Peek16();
        var fast = _fast[next >> (16 - FastBits)];
        if (fast != 0)
        {
            bits.Skip(fast >> 8);
            return fast & 0xff;
        }

        for (var length = FastBits + 1; length <= 16; length++)
        {
            var code = next >> (16 - length);
            if (code > _lastCode[length] || code + _offset[length] >= _values.Length || code + _offset[length] < 0)
                continue;
            bits.Skip(length);
            return _values[code + _offset[length]];
        }

        throw new DicomCodecException("Unable to decode JPEG lossless frame: its bits are no Huffman code.");
    }
}
