using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Radiomics.Pages.Console;
using RadiomicsFunctions.Access;

namespace RadiomicsFunctions.Sessions;

/// <summary>Adds the sessions of people with a browser: their cookie, the keys under which it is made, the tokens of forms, and the way to the issuer.</summary>
internal static class SessionServices
{
    // Part of what each key is for: under another name no instance reads another's cookies.
    private const string ApplicationName = "radiomics";

    /// <summary>Adds them.</summary>
    /// <param name="authentication">Where to add.</param>
    /// <param name="options">The settings.</param>
    /// <param name="tokens">What the issuer's tokens must be; null without an issuer.</param>
    public static void AddSessions(this AuthenticationBuilder authentication, AuthOptions options, TokenValidationParameters? tokens)
    {
        var cookies = new SessionCookies(options.PublicUrl?.Scheme == Uri.UriSchemeHttps);
        authentication.AddCookie(SessionDesk.Scheme, session =>
        {
            cookies.Describe(session.Cookie, "session");
            session.ExpireTimeSpan = SessionDesk.Lifetime;
            session.SlidingExpiration = false;
        });
        if (options is { Issuer: { } issuer, ClientId: { Length: > 0 } client })
        {
            authentication.AddOpenIdConnect(AccountSignIn.Scheme, account => AccountSignIn.Configure(account, options, issuer, client, cookies, tokens!));
        }

        var services = authentication.Services;
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = ConsoleFrame.AntiforgeryField;
            forms.HeaderName = ConsoleFrame.AntiforgeryField;
            // The pages' own policy says more.
            forms.SuppressXFrameOptionsHeader = true;
            cookies.Describe(forms.Cookie, "forms");
        });
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<CookieKeyRing, CookieKeyEncryptor>((keys, ring, encryptor) => (keys.XmlRepository, keys.XmlEncryptor) = (ring, encryptor));
        // What the framework logs of a refusal quotes the issuer, which may name somebody; what is to be known of it, our own lines tell.
        services.AddLogging(logging => logging
            .AddFilter(typeof(AuthenticationOptions).Namespace, LogLevel.None)
            .AddFilter(typeof(AntiforgeryOptions).Namespace, LogLevel.None));
        services
            .AddSingleton<CookieKeyCipher>()
            .AddSingleton<CookieKeyEncryptor>()
            .AddSingleton<CookieKeyRing>()
            .AddSingleton<SessionDesk>()
            .AddSingleton<AccountSignIn>()
            .AddSingleton<FormTokens>();
    }
}
