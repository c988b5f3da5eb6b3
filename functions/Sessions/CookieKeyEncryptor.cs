using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace RadiomicsFunctions.Sessions;

/// <summary>Encrypts what is secret of a key before it is stored.</summary>
internal sealed class CookieKeyEncryptor(CookieKeyCipher cipher) : IXmlEncryptor
{
    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", cipher.Encrypt(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(CookieKeyDecryptor));
}
