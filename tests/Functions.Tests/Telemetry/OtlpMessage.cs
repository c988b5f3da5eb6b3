using System.Text;
using Google.Protobuf;

namespace Functions.Tests.Telemetry;

/// <summary>A message of the OpenTelemetry protocol, read by the numbers of its fields (opentelemetry-proto 1).</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Number, byte[] Bytes)> _fields = [];

    public OtlpMessage(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                _fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray()));
            else
                input.SkipLastField();
        }
    }

    /// <summary>All messages that a path of field numbers leads to.</summary>
    public IEnumerable<OtlpMessage> At(params int[] path) => path is [var first, .. var rest]
        ? _fields.Where(field => field.Number == first).SelectMany(field => new OtlpMessage(field.Bytes).At(rest))
        : [this];

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    /// <summary>Text attributes: a field of KeyValue { 1 key, 2 AnyValue { 1 string } }.</summary>
    public Dictionary<string, string> Attributes(int number) =>
        At(number).ToDictionary(pair => pair.Text(1), pair => string.Concat(pair.At(2).Select(value => value.Text(1))));

    private byte[] Bytes(int number) => _fields.Where(field => field.Number == number).Select(field => field.Bytes).FirstOrDefault([]);
}
