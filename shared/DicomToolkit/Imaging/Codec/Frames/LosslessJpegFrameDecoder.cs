using System.Buffers.Binary;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>
/// JPEG lossless, process 14 with any predictor (ITU-T T.81 annex H). Our own, since JpegLibrary 0.4 predicts the first line and
/// column as if they weren't such, which only predictors 1 and 4 survive.
/// </summary>
internal sealed class LosslessJpegFrameDecoder : IFrameDecoder
{
    public DecodedFrame Decode(byte[] frame, FrameFormat format) => new Stream(frame, format).Decode();

    private sealed class Stream(byte[] data, FrameFormat format)
    {
        private readonly JpegHuffmanTable?[] _tables = new JpegHuffmanTable?[4];
        private readonly byte[] _pixels = new byte[format.Size];
        private byte[] _componentIds = [];
        private int _precision;
        private int _restartInterval;
        private int _position = 2;
        private int _decodedComponents;

        public DecodedFrame Decode()
        {
            if (data is not [0xff, 0xd8, ..])
                throw Broken("it has no start marker");
            while (_decodedComponents < format.Samples)
            {
                var marker = NextMarker();
                if (marker == 0xd9)
                    throw Broken("it ends before its last component");
                var segment = NextSegment();
                switch (marker)
                {
                    case 0xc3:
                        ReadFrameHeader(segment);
                        break;
                    case 0xc4:
                        ReadTables(segment);
                        break;
                    case 0xda:
                        ReadScan(segment);
                        break;
                    case 0xdd when segment.Length >= 2:
                        _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
                        break;
                    case >= 0xc0 and <= 0xcf and not 0xcc:
                        throw Broken("it isn't lossless");
                }
            }

            return new DecodedFrame(_pixels);
        }

        private static DicomCodecException Broken(string what) => new($"Unable to decode JPEG lossless frame: {what}.");

        private byte NextMarker()
        {
            while (_position + 1 < data.Length)
            {
                if (data[_position] == 0xff && data[_position + 1] is not (0xff or 0 or (>= 0xd0 and <= 0xd7)))
                {
                    _position += 2;
                    return data[_position - 1];
                }

                _position++;
            }

            throw Broken("it is cut off");
        }

        private ReadOnlySpan<byte> NextSegment()
        {
            if (_position + 2 > data.Length)
                throw Broken("it is cut off");
            var length = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(_position));
            if (length < 2 || _position + length > data.Length)
                throw Broken("it is cut off");
            var segment = data.AsSpan(_position + 2, length - 2);
            _position += length;
            return segment;
        }

        private void ReadFrameHeader(ReadOnlySpan<byte> segment)
        {
            if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
                throw Broken("its frame header is cut off");
            _precision = segment[0];
            format.Check(
                BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), segment[5], _precision, "JPEG lossless");
            _componentIds = new byte[segment[5]];
            for (var i = 0; i < _componentIds.Length; i++)
            {
                _componentIds[i] = segment[6 + (3 * i)];
                if (segment[7 + (3 * i)] != 0x11)
                    throw Broken("its components are subsampled");
            }
        }

        private void ReadTables(ReadOnlySpan<byte> segment)
        {
            while (segment.Length >= 17)
            {
                var count = 0;
                foreach (var ofLength in segment[1..17])
                    count += ofLength;
                if (segment.Length < 17 + count || (segment[0] & 0xf) > 3)
                    throw Broken("a Huffman table is cut off");
                _tables[segment[0] & 0xf] = JpegHuffmanTable.Create(segment[1..17], segment.Slice(17, count)) ?? throw Broken("a Huffman table is overfull");
                segment = segment[(17 + count)..];
            }
        }

        private void ReadScan(ReadOnlySpan<byte> segment)
        {
            var count = segment.Length > 0 ? segment[0] : 0;
            if (count == 0 || segment.Length < 4 + (2 * count) || _componentIds.Length == 0)
                throw Broken("a scan header is cut off");
            var components = new (int Index, JpegHuffmanTable Table)[count];
            for (var i = 0; i < count; i++)
            {
                var index = Array.IndexOf(_componentIds, segment[1 + (2 * i)]);
                var table = _tables[(segment[2 + (2 * i)] >> 4) & 3];
                if (index < 0 || table is null)
                    throw Broken("a scan refers to what isn't there");
                components[i] = (index, table);
            }

            var predictor = segment[1 + (2 * count)];
            var pointTransform = segment[3 + (2 * count)] & 0xf;
            if (predictor is 0 or > 7 || pointTransform >= _precision)
                throw Broken("a scan has no valid predictor");
            var bits = new JpegBitReader(data, _position);
            DecodeScan(ref bits, components, predictor, pointTransform);
            _position = bits.Position;
            _decodedComponents += count;
        }

        private void DecodeScan(ref JpegBitReader bits, (int Index, JpegHuffmanTable Table)[] components, int predictor, int pointTransform)
        {
            var above = new int[components.Length][];
            var line = new int[components.Length][];
            for (var c = 0; c < components.Length; c++)
                (above[c], line[c]) = (new int[format.Width], new int[format.Width]);

            var untilRestart = _restartInterval == 0 ? int.MaxValue : _restartInterval;
            var isFirstLine = true;
            for (var y = 0; y < format.Height; y++)
            {
                var isStart = isFirstLine;
                for (var x = 0; x < format.Width; x++)
                {
                    if (untilRestart-- == 0)
                    {
                        bits.Restart();
                        untilRestart = _restartInterval - 1;
                        isFirstLine = isStart = true;
                    }

                    for (var c = 0; c < components.Length; c++)
                    {
                        var prediction = isStart ? 1 << (_precision - pointTransform - 1) : Predict(line[c], above[c], x, isFirstLine ? 1 : predictor);
                        var sample = (prediction + components[c].Table.ReadDifference(ref bits)) & 0xffff;
                        line[c][x] = sample;
                        Put((((y * format.Width) + x) * format.Samples) + components[c].Index, sample << pointTransform);
                    }

                    isStart = false;
                }

                isFirstLine = false;
                (above, line) = (line, above);
            }
        }

        private static int Predict(int[] line, int[] above, int x, int predictor)
        {
            if (x == 0)
                return above[0];
            int a = line[x - 1], b = above[x], c = above[x - 1];
            return predictor switch
            {
                1 => a,
                2 => b,
                3 => c,
                4 => a + b - c,
                5 => a + ((b - c) >> 1),
                6 => b + ((a - c) >> 1),
                _ => (a + b) >> 1,
            };
        }

        private void Put(int at, int sample)
        {
            if (format.BytesPerSample == 1)
            {
                _pixels[at] = (byte)sample;
                return;
            }

            _pixels[2 * at] = (byte)sample;
            _pixels[(2 * at) + 1] = (byte)(sample >> 8);
        }
    }
}
