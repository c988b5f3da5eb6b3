using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>An element of text that is one value.</summary>
public abstract class DicomStringElement : DicomElement
{
    private readonly Encoding[]? _bufferEncodings;
    private Encoding[] _targetEncodings = DicomEncoding.DefaultArray;
    private string? _value;

    protected DicomStringElement(DicomTag tag, string? value)
        : base(tag, EmptyBuffer.Value)
    {
        _value = value ?? string.Empty;
        if (_value.Length > 0)
            Buffer = new LazyByteBuffer(Encode);
    }

    protected DicomStringElement(DicomTag tag, Encoding[]? encodings, IByteBuffer buffer)
        : base(tag, buffer)
    {
        _bufferEncodings = encodings ?? DicomEncoding.DefaultArray;
        _targetEncodings = _bufferEncodings;
    }

    /// <summary>What the text is written in; the dataset sets it before it is saved. Reading isn't affected.</summary>
    public Encoding[] TargetEncodings
    {
        get => ValueRepresentation.IsStringEncoded ? _targetEncodings : DicomEncoding.DefaultArray;
        set
        {
            if (!ValueRepresentation.IsStringEncoded)
                return;
            if (Buffer is not LazyByteBuffer && Buffer != EmptyBuffer.Value && !value.SequenceEqual(_bufferEncodings!))
            {
                _value = StringValue;
                Buffer = new LazyByteBuffer(Encode);
            }
            else if (Buffer is LazyByteBuffer && !value.SequenceEqual(_targetEncodings))
            {
                Buffer = new LazyByteBuffer(Encode);
            }

            _targetEncodings = value;
        }
    }

    /// <summary>The first of <see cref="TargetEncodings"/>.</summary>
    public Encoding TargetEncoding
    {
        get => _targetEncodings.FirstOrDefault() ?? DicomEncoding.Default;
        set => TargetEncodings = [value];
    }

    public override int Count => 1;

    protected string StringValue => _value ??= Buffer.Size == 0
        ? string.Empty
        : DicomEncoding.DecodeBytes(Buffer, _bufferEncodings!, ValueRepresentation == DicomVR.PN).TrimEnd((char)ValueRepresentation.PaddingValue);

    public override T Get<T>(int item = -1)
    {
        if (typeof(T) == typeof(string) || typeof(T) == typeof(object))
            return (T)(object)StringValue;
        if (typeof(T) == typeof(string[]) || typeof(T) == typeof(object[]))
            return (T)(object)new[] { StringValue };
        return Parsed<T>(StringValue);
    }

    public override bool Equals(DicomElement other) => other is DicomStringElement text && text.StringValue == StringValue;

    protected override void ValidateString() => ValueRepresentation.ValidateString(StringValue);

    private protected T Parsed<T>(string text)
    {
        if (typeof(T).IsSubclassOf(typeof(DicomParseable)))
            return DicomParseable.Parse<T>(text);
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type.IsEnum ? (T)ValueConversion.ParseEnum(type, text) : throw CannotConvert<T>();
    }

    private byte[] Encode()
    {
        var encoding = ValueRepresentation.IsStringEncoded ? TargetEncoding : DicomEncoding.Default;
        var bytes = encoding.GetBytes(_value!);
        if (bytes.Length % 2 == 1)
        {
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = ValueRepresentation.PaddingValue;
        }

        return bytes;
    }
}
