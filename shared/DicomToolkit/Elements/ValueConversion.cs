using System.Globalization;

namespace FellowOakDicom;

/// <summary>Changes numbers into the type that was asked for, as <see cref="Convert"/> does (rounding to even, overflow is an error).</summary>
internal static class ValueConversion
{
    /// <summary>True if <typeparamref name="T"/> is an array of a number type (or object) that the values can be changed into.</summary>
    public static bool TryArray<T>(Array values, out T result)
    {
        result = default!;
        var element = typeof(T).GetElementType();
        if (element is null)
            return false;
        if (values is T same)
        {
            result = same;
            return true;
        }

        var target = Nullable.GetUnderlyingType(element) ?? element;
        if (target != typeof(object) && !typeof(IConvertible).IsAssignableFrom(target))
            return false;

        var changed = Array.CreateInstance(element, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values.GetValue(i)!;
            changed.SetValue(target == typeof(object) ? value : Convert.ChangeType(value, target, CultureInfo.InvariantCulture), i);
        }

        result = (T)(object)changed;
        return true;
    }

    public static T Single<T>(object value)
    {
        var target = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return target == typeof(object) ? (T)value : (T)Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
    }

    public static object ParseEnum(Type type, string text) => Enum.Parse(type, text.Replace("\0", string.Empty, StringComparison.Ordinal), ignoreCase: true);
}
