namespace Radiomics.Extraction;

/// <summary>
/// The ellipsoid of least volume around points (minimum volume enclosing ellipsoid, IBSI manual 3.1.23–24), by Khachiyan's algorithm with steps away from points
/// as well (Todd and Yıldırım 2007), from the few points that Kumar and Yıldırım (2005) begin with. In coordinates (x, y, z, 1) it seeks the weights of points for
/// which no point is farther out than the average; the ellipsoid is then enlarged until it holds every point.
/// </summary>
internal static class EnclosingEllipsoid
{
    /// <summary>At most this much larger than the smallest, as a share of its volume.</summary>
    public const double Tolerance = 1e-7;

    private const int Dimensions = 4;
    private const int MaxSteps = 20_000;
    private const int MaxRounds = 200;
    private const int Newcomers = 12;
    private const int StepsBetweenInversions = 64;

    /// <summary>Finds it for points that don't lie in one plane.</summary>
    public static Ellipsoid Around(ReadOnlySpan<Point3> points)
    {
        // A few points hold the ellipsoid: the others come in only when they prove to be outside.
        var weights = FirstWeights(points);
        var inverse = new double[Dimensions * Dimensions];
        var distances = new double[points.Length];
        var order = new Ranked<int>[points.Length];
        for (var round = 0; round < MaxRounds; round++)
        {
            Invert(points, weights, inverse);
            MeasureDistances(points, inverse, distances);
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = new(-distances[i], i);
            }

            Ranked.Sort(order);
            if (-order[0].Rank / Dimensions - 1 < Tolerance / Dimensions)
            {
                break;
            }

            var active = new List<int>();
            for (var i = 0; i < order.Length; i++)
            {
                if (weights[order[i].Item] > 0 || (i < Newcomers && -order[i].Rank > Dimensions))
                {
                    active.Add(order[i].Item);
                }
            }

            Weigh(points, active, weights);
        }

        return Enclosing(points, weights);
    }

    /// <summary>Finds the weights of the ellipsoid around some of the points.</summary>
    private static void Weigh(ReadOnlySpan<Point3> all, List<int> active, double[] allWeights)
    {
        var points = new Point3[active.Count];
        var weights = new double[active.Count];
        for (var i = 0; i < points.Length; i++)
        {
            (points[i], weights[i]) = (all[active[i]], allWeights[active[i]]);
        }

        var distances = new double[points.Length];
        var inverse = new double[Dimensions * Dimensions];
        Span<double> turned = stackalloc double[Dimensions];
        for (var step = 0; step < MaxSteps; step++)
        {
            if (step % StepsBetweenInversions == 0)
            {
                // Afresh now and then, so that the errors of updates don't add up.
                Invert(points, weights, inverse);
                MeasureDistances(points, inverse, distances);
            }

            var (outermost, innermost) = (0, -1);
            for (var i = 0; i < distances.Length; i++)
            {
                outermost = distances[i] > distances[outermost] ? i : outermost;
                innermost = weights[i] > 0 && (innermost < 0 || distances[i] < distances[innermost]) ? i : innermost;
            }

            var beyond = distances[outermost] / Dimensions - 1;
            var within = 1 - distances[innermost] / Dimensions;
            if (beyond < Tolerance / (2 * Dimensions))
            {
                break;
            }

            var point = beyond >= within ? outermost : innermost;
            var distance = distances[point];
            var share = distance > 1 ? (distance - Dimensions) / (Dimensions * (distance - 1)) : double.NegativeInfinity;
            if (point == innermost)
            {
                share = Math.Max(share, -weights[point] / (1 - weights[point]));
            }

            var leaves = point == innermost && share == -weights[point] / (1 - weights[point]);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] *= 1 - share;
            }

            weights[point] = leaves ? 0 : weights[point] + share;
            Update(points, point, share, distance, inverse, distances, turned);
        }

        for (var i = 0; i < points.Length; i++)
        {
            allWeights[active[i]] = weights[i];
        }
    }

    /// <summary>Equal weights for the farthest points along three directions, each across what the former ones span.</summary>
    private static double[] FirstWeights(ReadOnlySpan<Point3> points)
    {
        var weights = new double[points.Length];
        Span<Point3> spans = stackalloc Point3[3];
        for (var i = 0; i < 3; i++)
        {
            var direction = i switch
            {
                0 => new Point3(1, 0, 0),
                1 => (Math.Abs(spans[0].X) < 0.6 * spans[0].Length ? new Point3(1, 0, 0) : new Point3(0, 1, 0)).Cross(spans[0]),
                _ => spans[0].Cross(spans[1]),
            };
            var (low, high) = (0, 0);
            for (var j = 0; j < points.Length; j++)
            {
                low = points[j].Dot(direction) < points[low].Dot(direction) ? j : low;
                high = points[j].Dot(direction) > points[high].Dot(direction) ? j : high;
            }

            spans[i] = points[high] - points[low];
            (weights[low], weights[high]) = (1, 1);
        }

        double sum = 0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    /// <summary>Inverse of the weighted sum of products of the points' coordinates.</summary>
    private static void Invert(ReadOnlySpan<Point3> points, double[] weights, double[] inverse)
    {
        var (center, spread) = Spread(points, weights);

        // In blocks: the points about their center, and the center itself.
        var (s, det) = Adjugate(spread);
        var (xx, yy, zz, xy, xz, yz) = (s.Xx / det, s.Yy / det, s.Zz / det, s.Xy / det, s.Xz / det, s.Yz / det);
        var (tx, ty, tz) = (
            xx * center.X + xy * center.Y + xz * center.Z,
            xy * center.X + yy * center.Y + yz * center.Z,
            xz * center.X + yz * center.Y + zz * center.Z);
        double[] all = [xx, xy, xz, -tx, xy, yy, yz, -ty, xz, yz, zz, -tz, -tx, -ty, -tz, 1 + tx * center.X + ty * center.Y + tz * center.Z];
        all.CopyTo(inverse, 0);
    }

    private static (SymmetricMatrix Adjugate, double Determinant) Adjugate(SymmetricMatrix m)
    {
        var adjugate = new SymmetricMatrix(
            m.Yy * m.Zz - m.Yz * m.Yz,
            m.Xx * m.Zz - m.Xz * m.Xz,
            m.Xx * m.Yy - m.Xy * m.Xy,
            m.Xz * m.Yz - m.Xy * m.Zz,
            m.Xy * m.Yz - m.Xz * m.Yy,
            m.Xy * m.Xz - m.Xx * m.Yz);
        return (adjugate, m.Xx * adjugate.Xx + m.Xy * adjugate.Xy + m.Xz * adjugate.Xz);
    }

    private static (Point3 Center, SymmetricMatrix Spread) Spread(ReadOnlySpan<Point3> points, double[] weights)
    {
        double total = 0;
        var center = Point3.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            center += points[i] * weights[i];
        }

        center *= 1 / total;
        double xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                var (x, y, z) = points[i] - center;
                var w = weights[i] / total;
                xx += w * x * x;
                yy += w * y * y;
                zz += w * z * z;
                xy += w * x * y;
                xz += w * x * z;
                yz += w * y * z;
            }
        }

        return (center, new(xx, yy, zz, xy, xz, yz));
    }

    private static void MeasureDistances(ReadOnlySpan<Point3> points, double[] inverse, double[] distances)
    {
        Span<double> turned = stackalloc double[Dimensions];
        for (var i = 0; i < distances.Length; i++)
        {
            Multiply(inverse, points[i], turned);
            distances[i] = turned[0] * points[i].X + turned[1] * points[i].Y + turned[2] * points[i].Z + turned[3];
        }
    }

    /// <summary>What the distances become when a point's weight grows by a share of all (Sherman–Morrison), without inverting again.</summary>
    private static void Update(ReadOnlySpan<Point3> points, int point, double share, double distance, double[] inverse, double[] distances, Span<double> turned)
    {
        Multiply(inverse, points[point], turned);
        var rest = 1 / (1 - share);
        var factor = share / (1 - share + share * distance);
        for (var i = 0; i < Dimensions; i++)
        {
            for (var j = 0; j < Dimensions; j++)
            {
                inverse[i * Dimensions + j] = rest * (inverse[i * Dimensions + j] - factor * turned[i] * turned[j]);
            }
        }

        var (x, y, z, one) = (turned[0], turned[1], turned[2], turned[3]);
        for (var i = 0; i < distances.Length; i++)
        {
            var product = x * points[i].X + y * points[i].Y + z * points[i].Z + one;
            distances[i] = rest * (distances[i] - factor * product * product);
        }
    }

    private static void Multiply(double[] inverse, Point3 point, Span<double> product)
    {
        for (var i = 0; i < Dimensions; i++)
        {
            var row = inverse.AsSpan(i * Dimensions, Dimensions);
            product[i] = row[0] * point.X + row[1] * point.Y + row[2] * point.Z + row[3];
        }
    }

    /// <summary>The ellipsoid of the weights' shape that holds all points.</summary>
    private static Ellipsoid Enclosing(ReadOnlySpan<Point3> points, double[] weights)
    {
        var (center, spread) = Spread(points, weights);
        var (s, det) = Adjugate(spread);
        double farthest = 0;
        foreach (var point in points)
        {
            var (x, y, z) = point - center;
            var square = (s.Xx * x * x + s.Yy * y * y + s.Zz * z * z + 2 * (s.Xy * x * y + s.Xz * x * z + s.Yz * y * z)) / det;
            farthest = Math.Max(farthest, square);
        }

        var (values, _) = spread.Eigen();
        return new(Math.Sqrt(values[0] * farthest), Math.Sqrt(values[1] * farthest), Math.Sqrt(values[2] * farthest));
    }
}
