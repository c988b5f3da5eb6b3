using System.Buffers.Binary;
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
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SealingKeyBytes = 32;

    private readonly byte[] _secret = secret.Length >= 16
        ? [.. secret]
        : throw new ArgumentException("The UID key has fewer than 16 bytes.", nameof(secret));

    /// <summary>Tells keys apart without telling anything of them: 16 hex digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, "fingerprint"u8).AsSpan(0, 8));

    /// <summary>
    /// <c>2.25.</c> and the first 128 bits of HMAC-SHA-256 of the UID as a decimal number (a UUID-derived UID in form, PS3.5 B.2).
    /// </summary>
    public string Map(string uid)
    {
        var hash = HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(uid.Trim('\0', ' ')));
        return $"2.25.{new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}";
    }

    /// <summary>
    /// A pseudonym for a patient of a center: <c>p-</c> and 128 bits of HMAC-SHA-256 in hex. Two centers' patients of one id are two patients; case and
    /// blanks of an id tell none apart.
    /// </summary>
    /// <param name="center">The center.</param>
    /// <param name="patientId">PatientID.</param>
    /// <param name="issuer">IssuerOfPatientID; null or blank if the id has none.</param>
    public string MapPatient(string center, string patientId, string? issuer = null) =>
        Pseudonym($"patient {center.Length} {center} {OnePatient.Folded(patientId)}{(OnePatient.Folded(issuer) is { Length: > 0 } known ? $"\n{known}" : "")}");

    /// <summary>
    /// A pseudonym for a patient without an id, by name and birth date; null if there is neither. Case, blanks, empty components at the name's end and
    /// what stands between the date's numbers tell none apart.
    /// </summary>
    public string? MapPatientWithoutId(string center, string? name, string? birthDate) =>
        $"{OnePatient.Folded(name)} {OnePatient.Date(birthDate)}".Trim() is { Length: > 0 } known ? Pseudonym($"nameless patient {center.Length} {center} {known}") : null;

    /// <summary>The pseudonym of the patient that an object's header names, by id if it has one; null if it names none.</summary>
    internal string? PseudonymOf(string center, string? id, string? issuer, string? name, string? birthDate) =>
        string.IsNullOrEmpty(OnePatient.Folded(id)) ? MapPatientWithoutId(center, name, birthDate) : MapPatient(center, id!, issuer);

    /// <summary>By how many days a patient's dates are moved into the past: the same for all of them, 30 to 3,679.</summary>
    public int DaysToShift(string pseudonym)
    {
        const int fewest = 30;
        const int span = 3650;
        var hash = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"days {pseudonym}"));
        return fewest + (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % span);
    }

    private string Pseudonym(string words)
    {
        // In what is hashed a length keeps center and id apart, and a word keeps both apart from UIDs.
        var hash = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(words));
        return $"p-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    /// <summary>
    /// Encrypts an original UID where it must be kept until it is asked for: AES-256-GCM under a key derived from the secret (HKDF-SHA-256, RFC 5869).
    /// </summary>
    /// <param name="uid">The UID.</param>
    /// <param name="place">Where it is kept; it can't be read from anywhere else.</param>
    /// <returns>Base64 of nonce, tag and ciphertext.</returns>
    public string Seal(string uid, string place)
    {
        var plain = Encoding.ASCII.GetBytes(uid);
        var sealedUid = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedUid.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(SealingKey(), TagBytes);
        aes.Encrypt(nonce, plain, sealedUid.AsSpan(NonceBytes + TagBytes), sealedUid.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return Convert.ToBase64String(sealedUid);
    }

    /// <summary>The original UID that <see cref="Seal"/> was given.</summary>
    /// <exception cref="CryptographicException">It was sealed under another secret or for another place, or has been changed.</exception>
    public string Unseal(string sealedUid, string place)
    {
        var bytes = Convert.FromBase64String(sealedUid);
        if (bytes.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed UID is too short.");
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(SealingKey(), TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.ASCII.GetString(plain);
    }

    /// <summary>A key of 32 bytes for something else that only who holds the secret may read or write (HKDF-SHA-256): it tells nothing of the secret, nor of the keys for other purposes.</summary>
    /// <param name="purpose">What for.</param>
    public byte[] DeriveKey(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, SealingKeyBytes, info: Encoding.UTF8.GetBytes($"radiomics {purpose}"));

    /// <summary>
    /// What only who holds the secret can write under something stored, and tell to be right: HMAC-SHA-256 under a key derived from the secret (HKDF-SHA-256), in hex.
    /// </summary>
    /// <param name="text">What is vouched for: the place, and a digest of what lies there.</param>
    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(
        DeriveKey("stored part"), Encoding.UTF8.GetBytes(text)));

    private byte[] SealingKey() => DeriveKey("sealed uid");
}
