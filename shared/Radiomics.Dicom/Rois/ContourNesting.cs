using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// How CLOSED_PLANAR contours of one plane belong together. The standard says of them only that they are closed; by custom one wholly inside
/// another is a hole, and others add up. What is decided here hangs on the contours alone, never on the grid that they are laid onto.
/// </summary>
internal static class ContourNesting
{
    /// <summary>How far from an outline a point may lie and still count as on it, mm: coordinates are rounded when written.</summary>
    private const double OnOutline = 0.1;

    /// <summary>Points looked at along an outline, beside its corners.</summary>
    private const int Samples = 128;

    private const double MostComparisons = 2e8;

    private enum Relation
    {
        Apart,
        Same,
        Inside,
        Overlapping,
    }

    /// <summary>
    /// Each contour with the number of shapes that it lies in: contours that overlap partly are one shape. Outer ones come first; of
    /// contours that are the same, one stays.
    /// </summary>
    /// <exception cref="RadiomicsException"><c>RoiUnreadable</c>: more contours and points than could be compared in reasonable time.</exception>
    public static IReadOnlyList<(Contour Contour, int Depth)> Of(IReadOnlyList<Contour> contours, Point3 normal)
    {
        if (contours.Count < 2)
        {
            return [.. contours.Select(contour => (contour, 0))];
        }

        double points = contours.Sum(contour => contour.Points.Count + Samples);
        if (points * points > MostComparisons || contours.Count > 2000)
        {
            throw new RadiomicsException("RoiUnreadable", $"A plane of the region of interest has {contours.Count} contours with {points:0} points, too many to tell holes from islands. Export it again, simplified.");
        }

        var x = normal.Cross(Math.Abs(normal.X) < 0.9 ? new Point3(1, 0, 0) : new Point3(0, 1, 0)).Normalized();
        var y = normal.Cross(x);
        var shapes = new List<Outline>();
        var within = new List<(Outline Inner, Outline Outer)>();
        var overlapping = new List<(Outline, Outline)>();
        foreach (var candidate in contours.Select(contour => new Outline(contour, x, y)).OrderByDescending(outline => outline.Area))
        {
            var relations = shapes.Select(larger => (Larger: larger, Relation: candidate.To(larger))).ToArray();
            if (relations.Any(other => other.Relation == Relation.Same))
            {
                continue;
            }

            within.AddRange(relations.Where(other => other.Relation == Relation.Inside).Select(other => (candidate, other.Larger)));
            overlapping.AddRange(relations.Where(other => other.Relation == Relation.Overlapping).Select(other => (candidate, other.Larger)));
            shapes.Add(candidate);
        }

        var containers = within.ToLookup(pair => pair.Inner, pair => pair.Outer);
        return [.. shapes.Select(shape => (shape.Contour, Depth: CountShapes([.. containers[shape]], overlapping))).OrderBy(item => item.Depth)];
    }

    /// <summary>Number of groups among <paramref name="outlines"/> that hang together by overlaps.</summary>
    private static int CountShapes(HashSet<Outline> outlines, List<(Outline A, Outline B)> overlapping)
    {
        var group = outlines.ToDictionary(outline => outline, outline => outline);
        var count = outlines.Count;
        foreach (var (a, b) in overlapping)
        {
            if (outlines.Contains(a) && outlines.Contains(b) && Root(a) != Root(b))
            {
                group[Root(a)] = Root(b);
                count--;
            }
        }

        return count;

        Outline Root(Outline outline)
        {
            while (group[outline] != outline)
            {
                outline = group[outline];
            }

            return outline;
        }
    }

    /// <summary>A contour in the coordinates of its plane.</summary>
    private sealed class Outline
    {
        private readonly (double X, double Y)[] _corners;
        private readonly (double X, double Y)[] _points;
        private readonly (double Left, double Right, double Top, double Bottom) _box;

        public Outline(Contour contour, Point3 x, Point3 y)
        {
            Contour = contour;
            Area = contour.AreaVector().Length / 2;
            _corners = [.. contour.Points.Select(point => (point.Dot(x), point.Dot(y)))];
            _points = [.. _corners, .. Along(_corners)];
            _box = (_corners.Min(p => p.X), _corners.Max(p => p.X), _corners.Min(p => p.Y), _corners.Max(p => p.Y));
        }

        public Contour Contour { get; }

        /// <summary>Enclosed area, mm².</summary>
        public double Area { get; }

        /// <summary>How this contour lies to one that is at least as large.</summary>
        public Relation To(Outline larger)
        {
            if (_box.Right < larger._box.Left || larger._box.Right < _box.Left || _box.Bottom < larger._box.Top || larger._box.Bottom < _box.Top)
            {
                return Relation.Apart;
            }

            return CountSides(larger) switch
            {
                (0, 0) => Area > 0.9 * larger.Area ? Relation.Same : Relation.Inside,
                (_, 0) => Relation.Inside,
                (0, _) => larger.CountSides(this).Inside > 0 ? Relation.Overlapping : Relation.Apart,
                _ => Relation.Overlapping,
            };
        }

        /// <summary>Points of this outline inside and outside of another one, without those on it.</summary>
        private (int Inside, int Outside) CountSides(Outline other)
        {
            var (inside, outside) = (0, 0);
            foreach (var point in _points)
            {
                switch (other.Holds(point))
                {
                    case true:
                        inside++;
                        break;
                    case false:
                        outside++;
                        break;
                }
            }

            return (inside, outside);
        }

        /// <summary>Whether a point lies inside, by the even-odd rule; null if it lies on the outline.</summary>
        private bool? Holds((double X, double Y) p)
        {
            if (p.X < _box.Left - OnOutline || p.X > _box.Right + OnOutline || p.Y < _box.Top - OnOutline || p.Y > _box.Bottom + OnOutline)
            {
                return false;
            }

            var inside = false;
            var a = _corners[^1];
            foreach (var b in _corners)
            {
                if (Distance2(p, a, b) <= OnOutline * OnOutline)
                {
                    return null;
                }

                if ((a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X + ((p.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
                {
                    inside = !inside;
                }

                a = b;
            }

            return inside;
        }

        private static double Distance2((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
        {
            var (dx, dy) = (b.X - a.X, b.Y - a.Y);
            var length2 = (dx * dx) + (dy * dy);
            var t = length2 == 0 ? 0 : Math.Clamp((((p.X - a.X) * dx) + ((p.Y - a.Y) * dy)) / length2, 0, 1);
            var (ex, ey) = (p.X - a.X - (t * dx), p.Y - a.Y - (t * dy));
            return (ex * ex) + (ey * ey);
        }

        /// <summary>Points at even distances along a closed line.</summary>
        private static IEnumerable<(double X, double Y)> Along((double X, double Y)[] corners)
        {
            var lengths = corners.Select((a, i) => Math.Sqrt(Distance2(a, corners[(i + 1) % corners.Length], corners[(i + 1) % corners.Length]))).ToArray();
            var step = lengths.Sum() / Samples;
            var at = step / 2;
            for (var i = 0; i < corners.Length; i++)
            {
                var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
                for (; step > 0 && at < lengths[i]; at += step)
                {
                    var t = at / lengths[i];
                    yield return (a.X + (t * (b.X - a.X)), a.Y + (t * (b.Y - a.Y)));
                }

                at -= lengths[i];
            }
        }
    }
}
