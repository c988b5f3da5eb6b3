using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>Portal and hepatic veins: branching tubes that grow from the hilum and from the vena cava into the liver.</summary>
internal sealed class VesselTree
{
    private readonly List<Tube> _tubes = [];
    private readonly CounterRandom _random;
    private ulong _draws;

    /// <summary>Grows the trees of one patient in body coordinates (mm).</summary>
    public VesselTree(CounterRandom random, double scale)
    {
        _random = random;
        Point3 At(double x, double y, double z) => new Point3(x, y, z) * scale;

        // Hepatic veins, downwards from the vena cava.
        var confluence = At(-18, 14, 62);
        Grow(confluence, At(-105, 22, 5), 5.0, 4);
        Grow(confluence, At(-70, -38, 0), 4.6, 4);
        Grow(confluence, At(8, -48, 36), 4.0, 3);

        // Portal vein, upwards from the hilum.
        var hilum = At(-30, 2, 0);
        _tubes.Add(new(At(-12, 8, -30), hilum, 6.5));
        Grow(hilum, At(-92, 4, 12), 5.6, 5);
        Grow(hilum, At(-75, 25, -45), 4.6, 4);
        Grow(hilum, At(2, -46, 24), 4.6, 4);
    }

    /// <summary>Marks the liver voxels of one slice that lie in a vessel.</summary>
    public void Paint(VolumeGeometry geometry, int slice, Span<Tissue> labels)
    {
        var z = geometry.ToPatient(0, 0, slice).Z;
        foreach (var tube in _tubes)
        {
            if (z < Math.Min(tube.From.Z, tube.To.Z) - tube.Radius || z > Math.Max(tube.From.Z, tube.To.Z) + tube.Radius)
            {
                continue;
            }

            var low = geometry.ToIndex(new(Math.Min(tube.From.X, tube.To.X) - tube.Radius, Math.Min(tube.From.Y, tube.To.Y) - tube.Radius, z));
            var high = geometry.ToIndex(new(Math.Max(tube.From.X, tube.To.X) + tube.Radius, Math.Max(tube.From.Y, tube.To.Y) + tube.Radius, z));
            for (var j = Math.Max(0, (int)Math.Ceiling(low.Y)); j <= Math.Min(geometry.SizeY - 1, (int)high.Y); j++)
            {
                for (var i = Math.Max(0, (int)Math.Ceiling(low.X)); i <= Math.Min(geometry.SizeX - 1, (int)high.X); i++)
                {
                    ref var label = ref labels[j * geometry.SizeX + i];
                    if (label == Tissue.Liver && tube.Contains(geometry.ToPatient(i, j, slice)))
                    {
                        label = Tissue.LiverVessel;
                    }
                }
            }
        }
    }

    private void Grow(Point3 from, Point3 to, double radius, int depth)
    {
        var length = (to - from).Length;
        var direction = (to - from).Normalized();

        // Two bent pieces, the second thinner; then two branches off to the sides.
        var middle = from + direction * (length / 2) + Scatter(length * 0.08);
        _tubes.Add(new(from, middle, radius));
        _tubes.Add(new(middle, to, radius * 0.85));
        if (depth == 0 || radius < 1)
        {
            return;
        }

        foreach (var start in (ReadOnlySpan<Point3>)[middle, to])
        {
            var reach = length * Next(0.45, 0.65);
            Grow(start, start + (direction + Scatter(0.75)).Normalized() * reach, radius * 0.68, depth - 1);
        }

        Grow(to, to + (direction + Scatter(0.5)).Normalized() * (length * 0.5), radius * 0.72, depth - 1);
    }

    private double Next(double low, double high) => _random.Uniform(_draws++, low, high);

    private Point3 Scatter(double size) => new(Next(-size, size), Next(-size, size), Next(-size, size));

    private readonly record struct Tube(Point3 From, Point3 To, double Radius)
    {
        public bool Contains(Point3 point)
        {
            var axis = To - From;
            var t = Math.Clamp((point - From).Dot(axis) / axis.Dot(axis), 0, 1);
            var offset = point - From - axis * t;
            return offset.Dot(offset) < Radius * Radius;
        }
    }
}
