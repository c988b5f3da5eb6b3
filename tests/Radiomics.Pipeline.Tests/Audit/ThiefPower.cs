using System.ComponentModel;

namespace Radiomics.Pipeline.Tests.Audit;

/// <summary>What a thief may do; nobody but the last has the service's key.</summary>
internal enum ThiefPower
{
    /// <summary>Writes and deletes in all containers but the anchors', and reads everywhere.</summary>
    [Description("all but the anchors")]
    Writer,

    /// <summary>Does anything in the account.</summary>
    [Description("the account")]
    Account,

    /// <summary>Signs in the service's name, besides.</summary>
    [Description("the key, too")]
    Key,
}
