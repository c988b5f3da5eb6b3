using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace RadiomicsFunctions.Sessions;

/// <summary>Decrypts what <see cref="CookieKeyEncryptor"/> has encrypted. What is stored names this class: under another name it would find no key.</summary>
/// <param name="services">The app's.</param>
public sealed class CookieKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<CookieKeyCipher>().Decrypt(encryptedElement.Value));
}
