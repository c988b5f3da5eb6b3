using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Functions.Tests.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Functions.Tests.Sessions;

/// <summary>
/// An OpenID Connect issuer as far as signing in goes: discovery, authorization endpoint, token endpoint with PKCE, keys, end of session. It is strict about what it is asked, and lies where a test has it lie.
/// </summary>
internal sealed class StandInIssuer : IAsyncDisposable
{
    public const string Client = "00000000-0000-0000-0000-0000000000a1";
    public const string Secret = "the client's secret, which only these tests have";

    /// <summary>What it calls whoever it refuses, as issuers do.</summary>
    public const string Person = "dr.example@hospital.example";

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, Grant> _grants = new();

    private StandInIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            jwks_uri = $"{Address}/keys",
            end_session_endpoint = $"{Address}/logout",
            response_types_supported = new[] { "code" },
            code_challenge_methods_supported = new[] { "S256" },
        }));
        _server.MapGet("/keys", () => Results.Text(Keys.KeySet, "application/json"));
        _server.MapGet("/authorize", Authorize);
        _server.MapPost("/token", TokenAsync);
    }

    /// <summary>Its address, as tokens say in <c>iss</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Who signs in there.</summary>
    public TokenIssuer Keys { get; private set; } = null!;

    /// <summary>The roles of whoever signs in.</summary>
    public string[] Roles { get; set; } = ["Center.A.Read"];

    /// <summary>What it says otherwise than it should in the token.</summary>
    public Action<SecurityTokenDescriptor> Lie { get; set; } = _ => { };

    /// <summary>Whether people turn back there.</summary>
    public bool Denies { get; set; }

    /// <summary>Whether codes have ended when they are shown.</summary>
    public bool CodesAreOver { get; set; }

    /// <summary>Why it refused something; null if it never did.</summary>
    public string? Refusal { get; private set; }

    public static async Task<StandInIssuer> StartAsync()
    {
        var issuer = new StandInIssuer();
        await issuer._server.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = issuer._server.Urls.Single();
        issuer.Keys = new TokenIssuer(issuer.Address, Client);
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Keys.Dispose();
    }

    /// <summary>As it is for the next test.</summary>
    public void Reset() => (Roles, Lie, Denies, CodesAreOver, Refusal) = (["Center.A.Read"], _ => { }, false, false, null);

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (asked["client_id"] != Client || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || asked["code_challenge"].ToString().Length != 43
            || asked["nonce"].ToString().Length < 16 || asked["state"].ToString().Length < 16 || !asked["scope"].ToString().Split(' ').Contains("openid") || asked["response_mode"].ToString() is not ("" or "query"))
        {
            return Refuse($"asked for in another way: {request.QueryString}");
        }

        var back = asked["redirect_uri"].ToString();
        var state = Uri.EscapeDataString(asked["state"].ToString());
        if (Denies)
            return Results.Redirect($"{back}?error=access_denied&error_description={Uri.EscapeDataString($"The signed in user '{Person}' is not assigned to a role.")}&state={state}");
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _grants[code] = new Grant(back, asked["code_challenge"].ToString(), asked["nonce"].ToString());
        return Results.Redirect($"{back}?code={code}&state={state}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var shown = await request.ReadFormAsync(TestContext.Current.CancellationToken);
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(shown["code_verifier"].ToString())));
        if (shown["grant_type"] != "authorization_code" || shown["client_id"] != Client || shown["client_secret"] != Secret)
            return Refuse("not the client", "invalid_client");
        if (CodesAreOver || !_grants.TryRemove(shown["code"].ToString(), out var grant) || shown["redirect_uri"] != grant.RedirectUri || challenge != grant.Challenge)
            return Refuse("a code that doesn't hold", "invalid_grant");
        var token = Keys.Token(
            token =>
            {
                token.Claims["nonce"] = grant.Nonce;
                // What a service must not take for its own words.
                token.Claims["api_key"] = "0123456789abcdef";
                token.Claims["sid"] = "the issuer's own";
                Lie(token);
            },
            Roles);
        return Results.Json(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = token });
    }

    private IResult Refuse(string why, string error = "invalid_request")
    {
        Refusal = why;
        return Results.Json(new { error, error_description = $"Refused for {Person}." }, statusCode: 400);
    }

    private sealed record Grant(string RedirectUri, string Challenge, string Nonce);
}
