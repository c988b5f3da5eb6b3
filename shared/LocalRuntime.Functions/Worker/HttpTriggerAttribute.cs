using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>An HTTP request starts the function.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Every method, with a function key.</summary>
    public HttpTriggerAttribute()
    {
        AuthLevel = AuthorizationLevel.Function;
    }

    /// <summary>These methods, without a key: the real attribute leaves the level at its zero value here.</summary>
    public HttpTriggerAttribute(params string[] methods)
    {
        Methods = methods;
    }

    /// <summary>Every method.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    /// <summary>These methods only; another one is refused.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>An ASP.NET route template below the route prefix (<c>api</c> unless host.json says otherwise); null is the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>HTTP methods in any case; null or empty is all.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>The key needed, where the host asks for keys.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
