using System.Runtime.ExceptionServices;

namespace Radiomics.Extraction;

/// <summary>
/// Measures every family of every image, in parallel: families of images that are there come first, and only when none waits the next image is made,
/// so that no more images are held than threads run. Each family writes to a sink of its own, and the sinks come together in order: neither values
/// nor the fault that is reported depend on which thread was first.
/// </summary>
internal sealed class FeatureRun
{
    private readonly Slot[] _slots;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;
    private readonly Queue<(Slot Slot, int Image, int Family)> _ready = [];
    private readonly object _gate = new();
    private int _next;
    private int _open;
    private int _running;

    private FeatureRun(IEnumerable<MeasureSource> sources, ExtractionOptions options)
    {
        _slots = [.. sources.Select(source => new Slot(source))];
        _threads = options.MaxThreads;
        _cancellation = options.Cancellation;
    }

    /// <summary>Measures all images of <paramref name="sources"/>.</summary>
    /// <exception cref="RadiomicsException">The first fault, in the order of images and families.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static FeatureSink Measure(IEnumerable<MeasureSource> sources, ExtractionOptions options)
    {
        var run = new FeatureRun(sources, options);
        if (run._threads == 1)
        {
            run.Work();
        }
        else
        {
            // Plain tasks: what a parallel loop needs first would take a small ROI longer than the loop.
            var helpers = new Task[run._threads - 1];
            for (var i = 0; i < helpers.Length; i++)
            {
                helpers[i] = Task.Run(run.Work);
            }

            run.Work();
            Task.WaitAll(helpers);
        }

        options.Cancellation.ThrowIfCancellationRequested();
        var all = new FeatureSink();
        foreach (var slot in run._slots)
        {
            slot.AddTo(all);
        }

        return all;
    }

    private void Work()
    {
        lock (_gate)
        {
            while (!_cancellation.IsCancellationRequested)
            {
                if (_ready.TryDequeue(out var task))
                {
                    Outside(() => task.Slot.Measure(task.Image, task.Family, _threads));
                    task.Slot.Waiting--;
                    Close(task.Slot);
                }
                else if (_next < _slots.Length && _open < _threads)
                {
                    var slot = _slots[_next++];
                    _open++;
                    Outside(() => slot.Make(_cancellation));
                    foreach (var (image, family) in slot.Tasks())
                    {
                        _ready.Enqueue((slot, image, family));
                        slot.Waiting++;
                    }

                    Close(slot);
                }
                else if (_running > 0)
                {
                    Monitor.Wait(_gate);
                }
                else
                {
                    return;
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Does the work itself without the lock.</summary>
    private void Outside(Action work)
    {
        _running++;
        Monitor.Exit(_gate);
        try
        {
            work();
        }
        finally
        {
            Monitor.Enter(_gate);
            _running--;
            Monitor.PulseAll(_gate);
        }
    }

    private void Close(Slot slot)
    {
        if (slot.Waiting == 0)
        {
            slot.Release();
            _open--;
        }
    }

    /// <summary>One source, and what came of it.</summary>
    private sealed class Slot(MeasureSource source)
    {
        private readonly FeatureSink?[,] _sinks = new FeatureSink?[source.Prefixes.Count, source.Families.Count];
        private readonly ExceptionDispatchInfo?[,] _faults = new ExceptionDispatchInfo?[source.Prefixes.Count, source.Families.Count];
        private IReadOnlyList<IMeasuredImage> _images = [];
        private ExceptionDispatchInfo? _fault;

        /// <summary>Families that aren't done.</summary>
        public int Waiting { get; set; }

        public void Make(CancellationToken cancellation)
        {
            try
            {
                _images = source.Make(cancellation);
            }
            catch (Exception e)
            {
                _fault = ExceptionDispatchInfo.Capture(e);
            }
        }

        /// <summary>What there is to do; the GLDZM last, by when the GLSZM has found the zones of both and nobody waits for them.</summary>
        public IEnumerable<(int Image, int Family)> Tasks()
        {
            for (var image = 0; image < _images.Count; image++)
            {
                var last = -1;
                for (var family = 0; family < source.Families.Count; family++)
                {
                    if (source.Families[family] == FeatureFamily.Gldzm)
                    {
                        last = family;
                    }
                    else
                    {
                        yield return (image, family);
                    }
                }

                if (last >= 0)
                {
                    yield return (image, last);
                }
            }
        }

        public void Measure(int image, int family, int threads)
        {
            try
            {
                _sinks[image, family] = _images[image].Measure(source.Families[family], threads);
            }
            catch (Exception e)
            {
                _faults[image, family] = ExceptionDispatchInfo.Capture(e);
            }
        }

        public void Release()
        {
            source.Release(_images);
            _images = [];
        }

        public void AddTo(FeatureSink all)
        {
            _fault?.Throw();
            for (var image = 0; image < source.Prefixes.Count; image++)
            {
                for (var family = 0; family < source.Families.Count; family++)
                {
                    _faults[image, family]?.Throw();
                    all.Add(_sinks[image, family]!, source.Prefixes[image]);
                }
            }
        }
    }
}
