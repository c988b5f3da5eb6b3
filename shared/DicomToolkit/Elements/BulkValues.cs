using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Reads bytes of bulk data as wider numbers.</summary>
internal static class BulkValues
{
    public static bool TryGet<T>(IByteBuffer buffer, int item, out T value)
    {
        var index = Math.Max(item, 0);
        object? found =
            typeof(T) == typeof(short) ? BinaryValues.One<short>(buffer, index)
            : typeof(T) == typeof(ushort) ? BinaryValues.One<ushort>(buffer, index)
            : typeof(T) == typeof(int) ? BinaryValues.One<int>(buffer, index)
            : typeof(T) == typeof(uint) ? BinaryValues.One<uint>(buffer, index)
            : typeof(T) == typeof(float) ? BinaryValues.One<float>(buffer, index)
            : typeof(T) == typeof(double) ? BinaryValues.One<double>(buffer, index)
            : typeof(T) == typeof(short[]) ? BinaryValues.All<short>(buffer)
            : typeof(T) == typeof(ushort[]) ? BinaryValues.All<ushort>(buffer)
            : typeof(T) == typeof(int[]) ? BinaryValues.All<int>(buffer)
            : typeof(T) == typeof(uint[]) ? BinaryValues.All<uint>(buffer)
            : typeof(T) == typeof(float[]) ? BinaryValues.All<float>(buffer)
            : typeof(T) == typeof(double[]) ? BinaryValues.All<double>(buffer)
            : null;
        value = found is null ? default! : (T)found;
        return found is not null;
    }
}
