using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Radiomics.Extraction;

/// <summary>
/// JSON names of an enum whose values are 0, 1, 2, …: camelCase, or what <see cref="JsonStringEnumMemberNameAttribute"/> says;
/// as <see cref="JsonStringEnumConverter"/> has them, but without a converter class that every process compiles anew for each enum.
/// </summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly string[] Names = Find();

    /// <summary>All names, in the order of the values.</summary>
    public static ReadOnlySpan<string> All => Names;

    /// <summary>The name of a value.</summary>
    public static string Of(T value) => Names[Unsafe.BitCast<T, int>(value)];

    /// <summary>The value of a name in any case; null if there is none.</summary>
    public static T? Parse(string name)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return Unsafe.BitCast<int, T>(i);
            }
        }

        return null;
    }

    private static string[] Find()
    {
        var names = Enum.GetNames(typeof(T));
        for (var i = 0; i < names.Length; i++)
        {
            // Only aggregations begin with a digit; reading attributes costs more than all other names together.
            names[i] = typeof(T) == typeof(Aggregation)
                ? typeof(T).GetField(names[i])!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name
                : JsonNamingPolicy.CamelCase.ConvertName(names[i]);
        }

        return names;
    }
}
