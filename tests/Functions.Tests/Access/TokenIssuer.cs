using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Functions.Tests.Access;

/// <summary>Issues tokens as Entra ID does, under a key of its own.</summary>
internal sealed class TokenIssuer(string issuer, string audience) : IDisposable
{
    public const string Audience = "00000000-0000-0000-0000-0000000000a1";

    private readonly RSA _rsa = RSA.Create(2048);

    public string Issuer => issuer;

    /// <summary>The public key, as a JSON Web Key Set.</summary>
    public string KeySet
    {
        get
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = "k1",
                    ["n"] = Base64UrlEncoder.Encode(key.Modulus),
                    ["e"] = Base64UrlEncoder.Encode(key.Exponent),
                }),
            }.ToJsonString();
        }
    }

    /// <summary>A token of the principal <c>o1</c> with roles.</summary>
    public string Token(params string[] roles) => Token(_ => { }, roles);

    /// <summary>A token that differs from a good one.</summary>
    public string Token(Action<SecurityTokenDescriptor> change, params string[] roles)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = DateTime.UtcNow.AddMinutes(-10),
            NotBefore = DateTime.UtcNow.AddMinutes(-10),
            Expires = DateTime.UtcNow.AddMinutes(50),
            Claims = new Dictionary<string, object> { ["oid"] = "o1", ["sub"] = "s1", ["name"] = "Dr. Example", ["roles"] = roles },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        };
        change(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>A token whose roles were changed after it was signed.</summary>
    public string Forged(params string[] roles)
    {
        var parts = Token("Center.B.Submit").Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.DecodeBytes(parts[1]))!;
        claims["roles"] = JsonSerializer.SerializeToNode(roles);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}";
    }

    /// <summary>A token that is signed with nothing.</summary>
    public string Unsigned(params string[] roles) => Token(token => token.SigningCredentials = null, roles);

    /// <summary>A token that is signed with what everybody knows: the public key, taken for a shared secret.</summary>
    public string SignedWithPublicKey(params string[] roles) => Token(
        token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256),
        roles);

    public void Dispose() => _rsa.Dispose();
}
