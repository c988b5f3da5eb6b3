using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Radiomics.Extraction;

/// <summary>
/// What one source for floats and doubles needs: <c>T</c> is one of the two. The framework's generic mathematics would do the same, but isn't compiled ahead of time
/// with us; these are, and each is one instruction.
/// </summary>
internal static class Real
{
    /// <summary>Whether a float holds a number exactly; what is no number is one as a float, too.</summary>
    public static bool IsFloat(double value) => (float)value == value || double.IsNaN(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(double value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    /// <summary>Four numbers as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load4<T>(ref readonly T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return Vector256.LoadUnsafe(in Unsafe.As<T, double>(ref Unsafe.AsRef(in first)));
        }

        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(in Unsafe.As<T, float>(ref Unsafe.AsRef(in first))));
        return Vector256.Create(low, high);
    }
}
