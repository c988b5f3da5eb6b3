namespace FellowOakDicom.Imaging.Codec;

/// <summary>Reads entropy-coded bits, over stuffed zero bytes and up to the next marker (ITU-T T.81 section F.2.2.5).</summary>
internal struct JpegBitReader(byte[] data, int position)
{
    private ulong _bits;
    private int _count;
    private int _missing;

    /// <summary>Where the bytes are that haven't been taken in; a marker that ends the bits is the next.</summary>
    public int Position { get; private set; } = position;

    public int Peek16()
    {
        Fill();
        return (int)(_bits >> (_count - 16)) & 0xffff;
    }

    public void Skip(int count)
    {
        _count -= count;
        if (_count < _missing)
            throw new DicomCodecException("Unable to decode JPEG lossless frame: its bits end too early.");
    }

    public int Read(int count)
    {
        Fill();
        var value = (int)(_bits >> (_count - count)) & ((1 << count) - 1);
        Skip(count);
        return value;
    }

    /// <summary>Drops the rest of a byte and passes the restart marker.</summary>
    public void Restart()
    {
        _count = _missing = 0;
        if (Position + 1 >= data.Length || data[Position] != 0xff || data[Position + 1] is not (>= 0xd0 and <= 0xd7))
            throw new DicomCodecException("Unable to decode JPEG lossless frame: a restart marker is missing.");
        Position += 2;
    }

    private void Fill()
    {
        while (_count <= 32)
        {
            byte next = 0;
            if (Position < data.Length && (data[Position] != 0xff || (Position + 1 < data.Length && data[Position + 1] == 0)))
            {
                next = data[Position];
                Position += next == 0xff ? 2 : 1;
            }
            else
            {
                _missing += 8;
            }

            _bits = (_bits << 8) | next;
            _count += 8;
        }
    }
}
