using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Radiomics.Dicom;

/// <summary>
/// Maps original UIDs to ones that can't be traced back without the secret. The same UID under the same secret always gives the same
/// result.
/// </summary>
/// <param name="secret">At least 16 bytes; the setting <c>Radiomics__UidKey</c>, decoded.</param>
public sealed class UidKey(byte[] secret)
{
    private readonly byte[] _secret = secret.Length >= 16
        ? [.. secret]
        : throw new ArgumentException("The UID key has fewer than 16 bytes.", nameof(secret));

    /// <summary>
    /// <c>2.25.</c> and the first 128 bits of HMAC-SHA-256 of the UID as a decimal number (a UUID-derived UID in form, PS3.5 B.2).
    /// </summary>
    public string Map(string uid)
    {
        var hash = HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(uid.Trim('\0', ' ')));
        return $"2.25.{new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}";
    }

    /// <summary>
    /// A pseudonym for a patient of a center: <c>p-</c> and 128 bits of HMAC-SHA-256 in hex. Two centers' patients of one id are two patients.
    /// </summary>
    public string MapPatient(string center, string patientId)
    {
        // The length keeps center and id apart, the word keeps both apart from UIDs.
        var hash = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"patient {center.Length} {center} {patientId.Trim('\0', ' ')}"));
        return $"p-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }
}
