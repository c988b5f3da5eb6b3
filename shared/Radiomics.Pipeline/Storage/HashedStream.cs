using System.Security.Cryptography;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>Hashes what is read through it, so that whoever has read it to its end knows what it was.</summary>
internal sealed class HashedStream(Stream inner) : ForwardStream(inner)
{
    private const int PieceBytes = 128 * 1024;

    private readonly Stream _inner = inner;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        _hash.AppendData(buffer[..count]);
        return count;
    }

    /// <summary>Reads what is left.</summary>
    /// <returns>SHA-256 of all of it.</returns>
    public string Finish()
    {
        var piece = new byte[PieceBytes];
        while (Read(piece) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
