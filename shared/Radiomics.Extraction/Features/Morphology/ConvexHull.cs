namespace Radiomics.Extraction;

/// <summary>
/// The convex hull of lattice points by quickhull, in whole numbers: no tolerance, however many points lie in one plane. A point in a face's plane is not
/// beyond that face, so a plane side of the hull may be several triangles, and a few of the <see cref="Vertices"/> may lie on an edge or a side.
/// </summary>
internal sealed class ConvexHull
{
    private readonly LatticePoint[] _points;
    private readonly int[] _nextOutside;
    private readonly List<Face> _faces = [];
    private readonly int[] _faceFrom;

    /// <exception cref="ArgumentException">All points lie in one plane (a mesh's vertices never do).</exception>
    public ConvexHull(IReadOnlyCollection<LatticePoint> points)
    {
        _points = [.. points];
        _nextOutside = new int[_points.Length];
        _faceFrom = new int[_points.Length];
        var corners = FirstTetrahedron();
        Grow(corners);
        (Vertices, Triangles) = Collect();
    }

    /// <summary>The points on the hull that its triangles use.</summary>
    public LatticePoint[] Vertices { get; }

    /// <summary>Three indices of <see cref="Vertices"/> a triangle, counter-clockwise from outside.</summary>
    public int[] Triangles { get; }

    /// <summary>The vertices in mm from the center of the grid's first voxel.</summary>
    public Point3[] ToMillimetres((double X, double Y, double Z) spacing) => Array.ConvertAll(Vertices, v => v.ToMillimetres(spacing));

    /// <summary>Volume (mm³) and area (mm²) for voxels of this size.</summary>
    public (double Volume, double Area) Measure((double X, double Y, double Z) spacing)
    {
        double area = 0;
        long volume = 0;
        var origin = Vertices[0];
        for (var i = 0; i < Triangles.Length; i += 3)
        {
            var (a, b, c) = (Vertices[Triangles[i]], Vertices[Triangles[i + 1]], Vertices[Triangles[i + 2]]);
            var normal = new Plane(a, b, c);
            area += new Point3(normal.X * spacing.Y * spacing.Z, normal.Y * spacing.X * spacing.Z, normal.Z * spacing.X * spacing.Y).Length;
            volume -= normal.Above(origin);
        }

        // Lattice steps are half voxels.
        return (volume * spacing.X * spacing.Y * spacing.Z / 48, area / 8);
    }

    /// <summary>Four points that span a volume, the first three counter-clockwise seen from where the fourth isn't.</summary>
    private int[] FirstTetrahedron()
    {
        int low = 0, high = 0;
        for (var i = 1; i < _points.Length; i++)
        {
            low = Compare(_points[i], _points[low]) < 0 ? i : low;
            high = Compare(_points[i], _points[high]) > 0 ? i : high;
        }

        var (third, best) = (-1, 0.0);
        for (var i = 0; i < _points.Length; i++)
        {
            var normal = new Plane(_points[low], _points[high], _points[i]);
            var length = (double)normal.X * normal.X + (double)normal.Y * normal.Y + (double)normal.Z * normal.Z;
            (third, best) = length > best ? (i, length) : (third, best);
        }

        if (third >= 0)
        {
            var plane = new Plane(_points[low], _points[high], _points[third]);
            var (fourth, farthest) = (-1, 0L);
            for (var i = 0; i < _points.Length; i++)
            {
                var above = Math.Abs(plane.Above(_points[i]));
                (fourth, farthest) = above > farthest ? (i, above) : (fourth, farthest);
            }

            if (fourth >= 0)
            {
                return plane.Above(_points[fourth]) < 0 ? [low, high, third, fourth] : [high, low, third, fourth];
            }
        }

        throw new ArgumentException("The points lie in one plane.");
    }

    private static int Compare(LatticePoint a, LatticePoint b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.Z.CompareTo(b.Z);

    private void Grow(int[] corners)
    {
        var (a, b, c, d) = (corners[0], corners[1], corners[2], corners[3]);
        var pending = new Stack<int>();
        Face[] first =
        [
            NewFace(a, b, c, 3, 2, 1),
            NewFace(a, c, d, 0, 2, 3),
            NewFace(c, b, d, 0, 3, 1),
            NewFace(b, a, d, 0, 1, 2),
        ];
        foreach (var face in first)
        {
            _faces.Add(face);
        }

        for (var i = 0; i < _points.Length; i++)
        {
            Assign(i, 0, 4);
        }

        for (var i = 0; i < 4; i++)
        {
            pending.Push(i);
        }

        var visible = new List<int>();
        while (pending.TryPop(out var index))
        {
            var face = _faces[index];
            if (face.Dead || face.Outside < 0)
            {
                continue;
            }

            var apex = face.Farthest;
            var firstNew = _faces.Count;
            FindVisible(index, _points[apex], visible);
            AddCone(visible, apex);
            foreach (var old in visible)
            {
                for (var point = _faces[old].Outside; point >= 0;)
                {
                    var next = _nextOutside[point];
                    if (point != apex)
                    {
                        Assign(point, firstNew, _faces.Count);
                    }

                    point = next;
                }
            }

            for (var i = firstNew; i < _faces.Count; i++)
            {
                pending.Push(i);
            }
        }
    }

    /// <summary>Marks the faces that <paramref name="apex"/> is beyond; they hang together.</summary>
    private void FindVisible(int start, LatticePoint apex, List<int> visible)
    {
        visible.Clear();
        visible.Add(start);
        _faces[start].Dead = true;
        for (var i = 0; i < visible.Count; i++)
        {
            var face = _faces[visible[i]];
            for (var edge = 0; edge < 3; edge++)
            {
                var neighbour = _faces[face.Neighbour(edge)];
                if (!neighbour.Dead && neighbour.Plane.Above(apex) > 0)
                {
                    neighbour.Dead = true;
                    visible.Add(face.Neighbour(edge));
                }
            }
        }
    }

    /// <summary>Replaces the visible faces by triangles from their rim to <paramref name="apex"/>.</summary>
    private void AddCone(List<int> visible, int apex)
    {
        var firstNew = _faces.Count;
        foreach (var old in visible)
        {
            var face = _faces[old];
            for (var edge = 0; edge < 3; edge++)
            {
                var beyond = face.Neighbour(edge);
                if (_faces[beyond].Dead)
                {
                    continue;
                }

                var (a, b) = (face.Corner(edge), face.Corner((edge + 1) % 3));
                _faces[beyond].SetNeighbour(b, _faces.Count);
                _faceFrom[a] = _faces.Count;
                _faces.Add(NewFace(a, b, apex, beyond, -1, -1));
            }
        }

        // The rim is one loop: the face that starts where this one ends is its neighbour.
        for (var i = firstNew; i < _faces.Count; i++)
        {
            var next = _faceFrom[_faces[i].B];
            _faces[i].NeighbourBc = next;
            _faces[next].NeighbourCa = i;
        }
    }

    private Face NewFace(int a, int b, int c, int ab, int bc, int ca) => new(a, b, c, new(_points[a], _points[b], _points[c]))
    {
        NeighbourAb = ab,
        NeighbourBc = bc,
        NeighbourCa = ca,
    };

    /// <summary>Gives a point to the first of some faces that it is beyond; inside all of them it is done with.</summary>
    private void Assign(int point, int firstFace, int endFace)
    {
        for (var i = firstFace; i < endFace; i++)
        {
            var face = _faces[i];
            var above = face.Plane.Above(_points[point]);
            if (above > 0)
            {
                _nextOutside[point] = face.Outside;
                face.Outside = point;
                if (above > face.FarthestAbove)
                {
                    (face.Farthest, face.FarthestAbove) = (point, above);
                }

                return;
            }
        }
    }

    private (LatticePoint[] Vertices, int[] Triangles) Collect()
    {
        var numbers = new int[_points.Length];
        var vertices = new List<LatticePoint>();
        var triangles = new List<int>();
        foreach (var face in _faces)
        {
            for (var corner = 0; corner < 3 && !face.Dead; corner++)
            {
                ref var number = ref numbers[face.Corner(corner)];
                if (number == 0)
                {
                    vertices.Add(_points[face.Corner(corner)]);
                    number = vertices.Count;
                }

                triangles.Add(number - 1);
            }
        }

        return ([.. vertices], [.. triangles]);
    }

    /// <summary>An oriented plane through three lattice points; its normal is twice the triangle's area long.</summary>
    private readonly struct Plane
    {
        private readonly long _offset;

        public Plane(LatticePoint a, LatticePoint b, LatticePoint c)
        {
            long ux = b.X - a.X, uy = b.Y - a.Y, uz = b.Z - a.Z, vx = c.X - a.X, vy = c.Y - a.Y, vz = c.Z - a.Z;
            (X, Y, Z) = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
            _offset = X * a.X + Y * a.Y + Z * a.Z;
        }

        public long X { get; }

        public long Y { get; }

        public long Z { get; }

        /// <summary>Positive on the side that the normal points to; six times the volume of the tetrahedron.</summary>
        public long Above(LatticePoint p) => X * p.X + Y * p.Y + Z * p.Z - _offset;
    }

    private sealed class Face(int a, int b, int c, Plane plane)
    {
        public int B => b;

        public Plane Plane => plane;

        /// <summary>The face beyond the edge from the first to the second corner.</summary>
        public int NeighbourAb { get; set; }

        public int NeighbourBc { get; set; }

        public int NeighbourCa { get; set; }

        /// <summary>First of the points beyond this face, −1 if there are none.</summary>
        public int Outside { get; set; } = -1;

        public int Farthest { get; set; }

        public long FarthestAbove { get; set; }

        public bool Dead { get; set; }

        public int Corner(int i) => i == 0 ? a : i == 1 ? b : c;

        /// <summary>The face beyond the edge from corner i to the next.</summary>
        public int Neighbour(int i) => i == 0 ? NeighbourAb : i == 1 ? NeighbourBc : NeighbourCa;

        /// <summary>Sets the face beyond the edge that starts at a point.</summary>
        public void SetNeighbour(int start, int face)
        {
            if (start == a)
            {
                NeighbourAb = face;
            }
            else if (start == b)
            {
                NeighbourBc = face;
            }
            else
            {
                NeighbourCa = face;
            }
        }
    }
}
