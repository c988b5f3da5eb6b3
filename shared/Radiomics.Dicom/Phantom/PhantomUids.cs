using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// UIDs of a simulated study: <c>2.25.</c> and the decimal of 128 bits (DICOM PS3.5 B.2) of SHA-256 over the settings and what the UID is for. Equal
/// settings have equal UIDs; any other setting makes another study.
/// </summary>
internal sealed class PhantomUids(PhantomSettings settings)
{
    private readonly byte[] _settings = JsonSerializer.SerializeToUtf8Bytes(settings, RadiomicsJson.Options);

    public string Study => For("study");

    public string FrameOfReference => For("frame-of-reference");

    public string Series(string name) => For("series/" + name);

    public string Instance(string series, int number) => For(string.Create(CultureInfo.InvariantCulture, $"instance/{series}/{number}"));

    public string DimensionOrganization => For("dimensions");

    private string For(string purpose)
    {
        var hash = SHA256.HashData([.. _settings, 0, .. Encoding.UTF8.GetBytes(purpose)]);
        return "2.25." + new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }
}
