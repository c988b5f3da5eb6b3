namespace Radiomics.Extraction;

/// <summary>
/// The smallest box around a convex hull, whatever its orientation (oriented minimum bounding box, IBSI manual 3.1.19–20). First the smallest box with a side
/// on a face of the hull, exactly: a face's box is its height times the smallest rectangle around the hull's shadow, which has a side on an edge of the shadow, and
/// no box is smaller than height times shadow, so that most faces need no rectangle. A smaller box may rest on edges only (O'Rourke 1985): the best ones, and
/// those along the grid's and the principal axes, shrink along each axis in turn until nothing gives; of few vertices some oblique ones, too, and by ever smaller turns.
/// </summary>
internal sealed class OrientedBox
{
    private const int Refined = 4;
    private const int FewVertices = 256;
    private const int Oblique = 12;
    private const int MaxTurns = 300;
    private const double Smaller = 1 - 1e-12;

    private readonly HullShadow _shadow;

    private OrientedBox(HullShadow shadow) => _shadow = shadow;

    /// <summary>Lengths of the box's edges, mm, descending.</summary>
    public static Point3 Size(ConvexHull hull, (double X, double Y, double Z) spacing, PrincipalAxes axes)
    {
        var boxes = new OrientedBox(new(hull, spacing));
        var candidates = boxes.OnFaces();
        candidates.Add(boxes.Along(new(1, 0, 0), new(0, 1, 0)));
        candidates.Add(boxes.Along(axes.MajorAxis, axes.MinorAxis));
        for (var i = 1; i <= Oblique && hull.Vertices.Length <= FewVertices; i++)
        {
            // Any orientations will do, as long as they are always the same ones.
            var w = new Point3(Math.Sin(1.7 * i), Math.Sin(2.9 * i + 1), Math.Sin(4.3 * i + 2)).Normalized();
            candidates.Add(boxes.Along(w, w.Cross(new(0.37, 0.53, 0.76)).Normalized()));
        }

        var best = candidates[0];
        foreach (var candidate in candidates)
        {
            // A box that rests on edges only matters where faces are few and large; of a fine mesh some face is as good.
            var smaller = hull.Vertices.Length <= FewVertices ? boxes.Shrink(candidate) : boxes.Settle(candidate);
            best = smaller.Volume < best.Volume ? smaller : best;
        }

        var (longest, shortest) = (Math.Max(best.X, Math.Max(best.Y, best.Z)), Math.Min(best.X, Math.Min(best.Y, best.Z)));
        var middle = Math.Max(Math.Min(best.X, best.Y), Math.Min(Math.Max(best.X, best.Y), best.Z));
        return new(longest, middle, shortest);
    }

    /// <summary>The smallest boxes with a side on a face.</summary>
    private List<Box> OnFaces()
    {
        var normals = _shadow.Normals();
        var bounds = new Ranked<Point3>[normals.Count];
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = new(_shadow.Extent(normals[i]) * _shadow.Area(normals[i]), normals[i]);
        }

        Ranked.Sort(bounds);
        var best = new List<Box>();
        for (var i = 0; i < bounds.Length && (best.Count < Refined || bounds[i].Rank < best[0].Volume); i++)
        {
            var box = OnPlane(bounds[i].Item);
            var place = best.FindIndex(b => b.Volume > box.Volume);
            best.Insert(place < 0 ? best.Count : place, box);
            if (best.Count > Refined)
            {
                best.RemoveAt(Refined);
            }
        }

        return best;
    }

    /// <summary>The smallest box with a side across <paramref name="normal"/>.</summary>
    private Box OnPlane(Point3 normal) => Along(normal, _shadow.RectangleSide(normal));

    private Box Along(Point3 w, Point3 u)
    {
        var v = w.Cross(u);
        return new(u, v, w, _shadow.Extent(u), _shadow.Extent(v), _shadow.Extent(w));
    }

    /// <summary>Lets a box shrink along each axis in turn: the smallest rectangle around the hull's shadow takes the place of the box's side.</summary>
    private Box Settle(Box box)
    {
        for (var settled = false; !settled;)
        {
            settled = true;
            foreach (var axis in (ReadOnlySpan<Point3>)[box.U, box.V, box.W])
            {
                var next = OnPlane(axis);
                if (next.Volume < box.Volume * Smaller)
                {
                    (box, settled) = (next, false);
                    break;
                }
            }
        }

        return box;
    }

    /// <summary>Turns a box as long as that makes it smaller, within reason: along a crease of the volume it would go on by ever the same smallest turn.</summary>
    private Box Shrink(Box box)
    {
        box = Settle(box);
        for (var (turn, turns) = (0.1, 0); turn > 1e-7 && turns < MaxTurns; turns++)
        {
            var turned = Turned(box, turn);
            if (turned.Volume < box.Volume * Smaller)
            {
                box = Settle(turned);
            }
            else
            {
                turn *= 0.5;
            }
        }

        return box;
    }

    /// <summary>The smallest of the boxes that a turn about one of a box's axes, or about their diagonals, gives.</summary>
    private Box Turned(Box box, double angle)
    {
        var best = box;
        for (var x = -1; x <= 1; x++)
        {
            for (var y = -1; y <= 1; y++)
            {
                for (var z = -1; z <= 1; z++)
                {
                    // A turn by a vector's length about its direction, in Cayley's form, which keeps the axes at right angles.
                    var axis = box.U * (x * angle) + box.V * (y * angle) + box.W * (z * angle);
                    var turned = Along(Turn(box.W, axis), Turn(box.U, axis));
                    best = turned.Volume < best.Volume ? turned : best;
                }
            }
        }

        return best;
    }

    private static Point3 Turn(Point3 v, Point3 axis)
    {
        var half = axis * 0.5;
        var across = v + half.Cross(v);
        var square = half.Dot(half);
        return (v + (half.Cross(across) * (2 / (1 + square)))).Normalized();
    }

    private readonly record struct Box(Point3 U, Point3 V, Point3 W, double X, double Y, double Z)
    {
        public double Volume => X * Y * Z;
    }
}
