using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Pipeline;
using RadiomicsFunctions.Sessions;

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

    /// <summary>What is wrong with the settings beside what their types say.</summary>
    public static IEnumerable<SettingFault> Check(IConfiguration configuration)
    {
        var options = Read(configuration);
        if (!options.Required && AzureHosting.IsThere(configuration))
        {
            yield return new SettingFault($"{Section}__Required", "is false, which lets everybody do everything: that is for one's own machine, and not for Azure.");
        }

        if (options.Issuer is { } issuer && (!issuer.IsAbsoluteUri || (issuer.Scheme != Uri.UriSchemeHttps && !issuer.IsLoopback)))
        {
            yield return new SettingFault($"{Section}__Issuer", "must be an https address, as tokens name it in 'iss'.");
        }

        if (options.Issuer is not null && options.Audience is not { Length: > 0 })
        {
            yield return new SettingFault($"{Section}__Audience", $"is missing: with {Section}__Issuer it says whom tokens must be for, as they name it in 'aud'.");
        }

        if (options.Issuer is null && options.EventsRole is { Length: > 0 })
        {
            yield return new SettingFault($"{Section}__EventsRole", $"needs {Section}__Issuer, whose tokens hold roles.");
        }

        if (options.Issuer is null && options.ClientId is { Length: > 0 })
        {
            yield return new SettingFault($"{Section}__ClientId", $"needs {Section}__Issuer, at which people sign in.");
        }

        if (options.ClientId is not { Length: > 0 } && options.ClientSecret is { Length: > 0 })
        {
            yield return new SettingFault($"{Section}__ClientSecret", $"needs {Section}__ClientId, whose secret it is.");
        }

        if (options.PublicUrl is { } address && !(address.IsAbsoluteUri && address.PathAndQuery == "/" && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return new SettingFault($"{Section}__PublicUrl", "must be an https address without a path, as browsers have it.");
        }

        if (options.SigningKeys is { Length: > 0 } keys && Keys(keys) is null)
        {
            yield return new SettingFault($"{Section}__SigningKeys", "must be a JSON Web Key Set with the issuer's public keys.");
        }
    }

    /// <summary>Adds the gate and the two ways to say who one is, by settings that <see cref="Check"/> has found nothing wrong with.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Read(configuration);
        var parameters = options.Issuer is null ? null : Parameters(options, options.Issuer);
        var authentication = services
            .AddSingleton(options)
            .AddSingleton<ApiKeyCache>()
            .AddSingleton<AccessGate>()
            .AddSingleton<PageGate>()
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        authentication.AddSessions(options, parameters);
        if (options.Issuer is { } issuer && parameters is not null)
        {
            authentication.AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters = parameters;
                bearer.Authority = parameters.IssuerSigningKeys is null ? issuer.OriginalString : null;
                bearer.RequireHttpsMetadata = !issuer.IsLoopback;
            });
        }

        return options.Required ? services : services.AddHostedService<OpenNotice>();
    }

    // In Azure the app has a name and a certificate of its own.
    private static AuthOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("Radiomics:Auth").Get<AuthOptions>() ?? new AuthOptions();
        return options.PublicUrl is null && AzureHosting.IsThere(configuration) && configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } name
            ? options with { PublicUrl = new Uri($"https://{name}/") }
            : options;
    }

    private static TokenValidationParameters Parameters(AuthOptions options, Uri issuer) => new()
    {
        ValidIssuer = issuer.OriginalString,
        ValidAudience = options.Audience,
        IssuerSigningKeys = options.SigningKeys is { Length: > 0 } keys ? Keys(keys) : null,
        ValidAlgorithms = s_algorithms,
        ClockSkew = TimeSpan.FromMinutes(1),
    };

    // Null if they can't be read, or there is none.
    private static IList<SecurityKey>? Keys(string json)
    {
        try
        {
            return new JsonWebKeySet(json).GetSigningKeys() is { Count: > 0 } keys ? keys : null;
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
