namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller of an HTTP function must show, in <c>x-functions-key</c> or <c>?code=</c>.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; needs the cloud's front end.</summary>
    User = 1,

    /// <summary>A function key or the master key.</summary>
    Function = 2,

    /// <summary>A system key or the master key.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
