namespace Radiomics.Extraction;

/// <summary>The buffers of one extraction's response maps, used again from map to map; each exactly as long as asked for, and not cleared.</summary>
internal sealed class ResponsePool
{
    private readonly Dictionary<int, Stack<float[]>> _free = [];

    public float[] Rent(int count)
    {
        lock (_free)
        {
            return _free.TryGetValue(count, out var buffers) && buffers.TryPop(out var buffer) ? buffer : new float[count];
        }
    }

    /// <summary>Takes floats back; doubles aren't kept.</summary>
    public void Return(Intensities intensities)
    {
        if (intensities.Doubles is not null)
        {
            return;
        }

        var buffer = intensities.Floats;
        lock (_free)
        {
            if (!_free.TryGetValue(buffer.Length, out var buffers))
            {
                _free[buffer.Length] = buffers = [];
            }

            buffers.Push(buffer);
        }
    }
}
