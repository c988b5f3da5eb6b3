using System.Buffers.Binary;
using System.Security.Cryptography;
using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>A digest of what a dataset says, whichever way it was encoded: without value representations, group lengths, padding and private elements.</summary>
internal static class DatasetDigest
{
    /// <summary>SHA-256 over tags and values, lower-case hex.</summary>
    public static string Of(IEnumerable<DicomItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, items);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, IEnumerable<DicomItem> items)
    {
        foreach (var item in items.Where(item => item.Tag.Element != 0 && !item.Tag.IsPrivate))
        {
            switch (item)
            {
                case DicomSequence sequence:
                    Append(hash, item.Tag, sequence.Items.Count);
                    foreach (var part in sequence.Items)
                    {
                        Append(hash, part);
                        Append(hash, DicomTag.ItemDelimitationItem, 0);
                    }

                    break;
                case DicomFragmentSequence fragments:
                    Append(hash, item.Tag, fragments.Fragments.Count);
                    foreach (var fragment in fragments.Fragments)
                    {
                        hash.AppendData(fragment.Data);
                    }

                    break;
                case DicomElement { Buffer.Data: var bytes }:
                    var value = bytes.AsSpan().TrimEnd([(byte)0, (byte)' ']);
                    Append(hash, item.Tag, value.Length);
                    hash.AppendData(value);
                    break;
            }
        }
    }

    private static void Append(IncrementalHash hash, DicomTag tag, int count)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], tag.Element);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], count);
        hash.AppendData(bytes);
    }
}
