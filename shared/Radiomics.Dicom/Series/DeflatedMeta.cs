using System.Buffers.Binary;

namespace Radiomics.Dicom;

/// <summary>The meta information of a file with a deflated data set.</summary>
/// <param name="SyntaxFrom">Where the element starts that names the transfer syntax.</param>
/// <param name="IsShort">Whether its length has 16 bits, as it should.</param>
/// <param name="GroupLengthFrom">Where the group's length is, if that comes first as it should (PS3.10 7.1); null if it doesn't.</param>
/// <param name="DatasetFrom">Where the data set starts.</param>
internal sealed record DeflatedMeta(int SyntaxFrom, bool IsShort, int? GroupLengthFrom, int DatasetFrom)
{
    /// <summary>The file up to its data set, with another transfer syntax.</summary>
    /// <param name="file">The start of the file.</param>
    /// <param name="syntax">The other one's UID, of even length.</param>
    public byte[] Rewritten(ReadOnlySpan<byte> file, ReadOnlySpan<byte> syntax)
    {
        var value = SyntaxFrom + (IsShort ? 8 : 12);
        var length = IsShort ? BinaryPrimitives.ReadUInt16LittleEndian(file[(SyntaxFrom + 6)..]) : BinaryPrimitives.ReadInt32LittleEndian(file[(SyntaxFrom + 8)..]);
        byte[] rewritten = [.. file[..value], .. syntax, .. file[(value + length)..DatasetFrom]];
        if (IsShort)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rewritten.AsSpan(SyntaxFrom + 6), (ushort)syntax.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(rewritten.AsSpan(SyntaxFrom + 8), syntax.Length);
        }

        if (GroupLengthFrom is { } from)
        {
            var group = rewritten.AsSpan(from);
            BinaryPrimitives.WriteInt32LittleEndian(group, BinaryPrimitives.ReadInt32LittleEndian(group) + syntax.Length - length);
        }

        return rewritten;
    }
}
