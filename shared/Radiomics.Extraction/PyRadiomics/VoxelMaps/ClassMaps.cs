namespace Radiomics.Extraction;

/// <summary>The maps of one class of one image, made row by row by some threads; each voxel's value is that of one of them, whichever it was.</summary>
internal sealed class ClassMaps
{
    private readonly VoxelImage _image;
    private readonly PyRadiomicsClass _class;
    private readonly VoxelProgress _progress;
    private readonly CancellationToken _cancellation;
    private int _next = -1;

    private ClassMaps(VoxelImage image, PyRadiomicsClass featureClass, VoxelProgress progress, CancellationToken cancellation)
    {
        (_image, _class, _progress, _cancellation) = (image, featureClass, progress, cancellation);
        Names = KernelSink.Names(featureClass, image.Special);
        Values = new float[Names.Length][];
        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = Empty(image.Box, image.Special);
        }
    }

    /// <summary>The features.</summary>
    public string[] Names { get; }

    /// <summary>The map of each, in the layout of the image's box.</summary>
    public float[][] Values { get; }

    /// <summary>A map before any voxel of the ROI is measured.</summary>
    public static float[] Empty(VoxelBox box, PyRadiomicsSettings special)
    {
        var map = new float[box.Count];
        Array.Fill(map, (float)(special.Voxels!.InitialValue ?? double.NaN));
        return map;
    }

    /// <summary>Makes the maps.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ClassMaps Of(VoxelImage image, PyRadiomicsClass featureClass, int threads, VoxelProgress progress, CancellationToken cancellation)
    {
        var maps = new ClassMaps(image, featureClass, progress, cancellation);
        var workers = new Task[Math.Min(threads, image.Rows)];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(maps.Work, CancellationToken.None);
        }

        foreach (var worker in workers)
        {
            worker.GetAwaiter().GetResult();
        }

        cancellation.ThrowIfCancellationRequested();
        return maps;
    }

    private void Work()
    {
        var (kernel, sink) = (new VoxelKernel(_image), new KernelSink(_class, _image.Special));
        for (var row = Interlocked.Increment(ref _next); row < _image.Rows && !_cancellation.IsCancellationRequested; row = Interlocked.Increment(ref _next))
        {
            var mask = _image.MaskOf(row);
            var done = 0;
            for (var x = 0; x < mask.Length; x++)
            {
                if (mask[x] == 0)
                {
                    continue;
                }

                kernel.Measure(_image.IndexOf(row, x), _class.Family, sink);
                for (var i = 0; i < Values.Length; i++)
                {
                    Values[i][row * mask.Length + x] = (float)sink.Values[i];
                }

                done++;
            }

            if (done > 0)
            {
                _progress.Add(_class.Family, done);
            }
        }
    }
}
