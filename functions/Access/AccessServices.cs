using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Access;

/// <summary>Adds what finds out who calls.</summary>
internal static class AccessServices
{
    private const string Section = "Radiomics__Auth";

    // Public keys alone: a secret shared with the issuer would let this service issue tokens itself.
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Adds the gate and the two ways to say who one is.</summary>
    /// <exception cref="InvalidOperationException">A setting of the section <c>Radiomics__Auth</c> can't be; the message says which.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Radiomics:Auth").Get<AuthOptions>() ?? new AuthOptions();
        var authentication = services
            .AddSingleton(options)
            .AddSingleton<ApiKeyCache>()
            .AddSingleton<AccessGate>()
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        if (options.Issuer is { } issuer)
        {
            var parameters = Parameters(options, issuer);
            authentication.AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters = parameters;
                bearer.Authority = parameters.IssuerSigningKeys is null ? issuer.OriginalString : null;
                bearer.RequireHttpsMetadata = !issuer.IsLoopback;
            });
        }

        if (options.Required)
        {
            return services;
        }

        return AzureHosting.IsThere(configuration)
            ? throw new InvalidOperationException($"The setting {Section}__Required is false, which lets everybody do everything: that is for one's own machine, and not for Azure.")
            : services.AddHostedService<OpenNotice>();
    }

    private static TokenValidationParameters Parameters(AuthOptions options, Uri issuer)
    {
        if (!issuer.IsAbsoluteUri || (issuer.Scheme != Uri.UriSchemeHttps && !issuer.IsLoopback))
        {
            throw new InvalidOperationException($"The setting {Section}__Issuer must be an https address, as tokens name it in 'iss'.");
        }

        return new TokenValidationParameters
        {
            ValidIssuer = issuer.OriginalString,
            ValidAudience = options.Audience is { Length: > 0 } audience
                ? audience
                : throw new InvalidOperationException($"The setting {Section}__Audience is missing: with {Section}__Issuer it says whom tokens must be for, as they name it in 'aud'."),
            IssuerSigningKeys = options.SigningKeys is { Length: > 0 } keys ? Keys(keys) : null,
            ValidAlgorithms = s_algorithms,
            ClockSkew = TimeSpan.FromMinutes(1),
        };
    }

    private static IList<SecurityKey> Keys(string json)
    {
        try
        {
            return new JsonWebKeySet(json).GetSigningKeys() is { Count: > 0 } keys ? keys : throw new ArgumentException("There is no key in it.");
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException)
        {
            throw new InvalidOperationException($"The setting {Section}__SigningKeys must be a JSON Web Key Set with the issuer's public keys.", e);
        }
    }
}
