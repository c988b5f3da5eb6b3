using System.Buffers;

namespace Radiomics.Extraction;

/// <summary>Large buffers of filters and response maps, used again from one map to the next; longer than asked for, and not cleared.</summary>
internal static class ResponseBuffers
{
    public static float[] Rent(int count) => ArrayPool<float>.Shared.Rent(count);

    public static void Return(float[] buffer) => ArrayPool<float>.Shared.Return(buffer);
}
