using System.Globalization;
using Microsoft.AspNetCore.Http;
using Radiomics.Pipeline;

namespace RadiomicsFunctions.Audit;

/// <summary>Which events the address of the audit's page asks for. What can't be read of it asks for nothing.</summary>
internal static class AuditFilter
{
    /// <summary>The query. Days are whole, in UTC.</summary>
    public static AuditQuery Read(IQueryCollection query) => new()
    {
        Action = Text(query, "action"),
        Actor = Text(query, "actor"),
        Subject = Text(query, "subject"),
        From = Day(query, "from"),
        Until = Day(query, "until")?.AddDays(1),
        WithoutReads = query["reads"] != "1",
        After = Text(query, "after"),
    };

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static DateTime? Day(IQueryCollection query, string name) =>
        DateTime.TryParseExact(query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) && day < DateTime.MaxValue.AddDays(-1)
            ? day
            : null;
}
