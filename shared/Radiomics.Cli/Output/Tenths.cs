namespace Radiomics.Cli.Output;

/// <summary>Says how much is up, in steps of ten per cent and never less than before; blocks that arrive at once may be reported in any order.</summary>
internal sealed class Tenths(long length, Action<string> progress) : IProgress<long>
{
    private readonly Lock _lock = new();
    private long _said = -1;

    /// <inheritdoc/>
    public void Report(long sent)
    {
        lock (_lock)
        {
            var tenths = sent * 10 / Math.Max(length, 1);
            if (tenths > _said)
            {
                _said = tenths;
                progress($"uploading {tenths * 10} %");
            }
        }
    }
}
