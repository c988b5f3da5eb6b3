using Radiomics.Extraction;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// An upper abdomen made of ellipsoids with noisy surfaces, in mm: x to the patient's left, y to the back, z to the head, origin in the middle
/// of the body at the height of the liver. Labels voxels, slice by slice.
/// </summary>
internal sealed class Abdomen
{
    private readonly double _a;
    private readonly double _b;
    private readonly double _fat;
    private readonly double _scale;
    private readonly Ellipsoid _rightLobe;
    private readonly Ellipsoid _leftLobe;
    private readonly Ellipsoid _gallbladder;
    private readonly Ellipsoid _spleen;
    private readonly Ellipsoid _stomach;
    private readonly Ellipsoid _rightKidney;
    private readonly Ellipsoid _leftKidney;
    private readonly Ellipsoid _heart;
    private readonly SmoothField _surface;
    private readonly SmoothField _bowel;
    private readonly VesselTree _vessels;

    public Abdomen(PhantomPatient patient, CounterRandom random)
    {
        var s = _scale = patient.BodyScale;
        _a = 166 * s;
        _b = 114 * s;
        _fat = patient.FatThickness;
        _rightLobe = new Ellipsoid(-73, -4, 12, 62, 69, 76).Scale(s).Grow(patient.LiverScale);
        _leftLobe = new Ellipsoid(0, -48, 30, 63, 27, 34).Scale(s).Grow(patient.LiverScale);
        _gallbladder = new Ellipsoid(-36, -38, -38, 13, 17, 24).Scale(s);
        _spleen = new Ellipsoid(104, 34, 32, 27, 42, 50).Scale(s);
        _stomach = new Ellipsoid(64, -34, 28, 38, 36, 46).Scale(s);
        _rightKidney = new Ellipsoid(-62, 50, -66, 26, 28, 48).Scale(s);
        _leftKidney = new Ellipsoid(62, 48, -48, 26, 28, 50).Scale(s);
        _heart = new Ellipsoid(20, -40, 112, 58, 42, 34).Scale(s);
        _surface = new(random.Stream(1), 30);
        _bowel = new(random.Stream(2), 16);
        _vessels = new(random.Stream(3), s);
    }

    /// <summary>Labels one slice; <paramref name="labels"/> has SizeX·SizeY elements, x fastest.</summary>
    public void Label(VolumeGeometry geometry, int slice, Span<Tissue> labels)
    {
        Span<float> surface = stackalloc float[geometry.SizeX];
        Span<float> bowel = stackalloc float[geometry.SizeX];
        for (var j = 0; j < geometry.SizeY; j++)
        {
            var start = geometry.ToPatient(0, j, slice);
            if (Math.Abs(start.Y) >= _b)
            {
                labels.Slice(j * geometry.SizeX, geometry.SizeX).Fill(Tissue.Air);
                continue;
            }

            _surface.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, surface);
            _bowel.FillRow(start.X, geometry.SpacingX, start.Y, start.Z, bowel);
            for (var i = 0; i < geometry.SizeX; i++)
            {
                labels[j * geometry.SizeX + i] = At(start.X + i * geometry.SpacingX, start.Y, start.Z, surface[i], bowel[i]);
            }
        }

        _vessels.Paint(geometry, slice, labels);
    }

    private Tissue At(double x, double y, double z, double surface, double bowel)
    {
        if (Outline(x, y, 0) >= 1)
        {
            return Tissue.Air;
        }

        var wobble = 1.2 * surface;
        if (Outline(x, y, 2) >= 1)
        {
            return Tissue.Muscle; // skin
        }

        if (Outline(x, y, _fat + wobble) >= 1)
        {
            return Tissue.SubcutaneousFat;
        }

        var spine = Spine(x, y, z);
        if (spine != Tissue.Air)
        {
            return spine;
        }

        var wall = Outline(x, y, _fat + 11 + wobble);
        return wall >= 1 ? Wall(x, y, z, wall) : Cavity(x, y, z, surface, bowel, wall);
    }

    /// <summary>A rounded rectangle, 1 on the skin moved inwards by <paramref name="depth"/> mm.</summary>
    private double Outline(double x, double y, double depth)
    {
        var (u, v) = (x / (_a - depth), y / (_b - depth));
        var (uu, vv) = (u * u, v * v);
        return 0.75 * (uu + vv) + 0.25 * (uu * uu + vv * vv);
    }

    private Tissue Wall(double x, double y, double z, double wall)
    {
        // Ribs run obliquely through the lateral wall.
        var along = (z + 0.45 * y) / (24 * _scale);
        var rib = Math.Abs(along - Math.Round(along)) < 0.16 && Math.Abs(x) > 60 * _scale && wall is > 1.02 and < 1.13;
        return !rib ? Tissue.Muscle : wall is > 1.05 and < 1.10 ? Tissue.Marrow : Tissue.CorticalBone;
    }

    private Tissue Spine(double x, double y, double z)
    {
        var s = _scale;
        var (dx, dy) = (x / (23 * s), (y - 50 * s) / (18 * s));
        var body = dx * dx + dy * dy;
        if (body < 1)
        {
            var level = z / (34 * s);
            var disc = Math.Abs(level - Math.Floor(level) - 0.5) > 0.38;
            return disc ? Tissue.Disc : body > 0.85 ? Tissue.CorticalBone : Tissue.Marrow;
        }

        var canal = (x * x + (y - 77 * s) * (y - 77 * s)) / (81 * s * s);
        if (canal < 1)
        {
            return Tissue.SpinalFluid;
        }

        if (canal < 1.9)
        {
            return Tissue.CorticalBone;
        }

        var (mx, my) = ((Math.Abs(x) - 34 * s) / (27 * s), (y - 80 * s) / (19 * s));
        return mx * mx + my * my < 1 ? Tissue.Muscle : Tissue.Air;
    }

    private Tissue Cavity(double x, double y, double z, double surface, double bowel, double wall)
    {
        var s = _scale;
        if (Circle(x - 11 * s, y - 23 * s, 10 * s))
        {
            return Tissue.Blood; // aorta
        }

        var cava = Circle(x + 19 * s, y - 20 * s, 11 * s);
        if (cava)
        {
            return Tissue.Blood;
        }

        if (_gallbladder.Contains(x, y, z))
        {
            return Tissue.Bile;
        }

        if (wall < 0.975 && IsLiver(x, y, z, surface))
        {
            return Tissue.Liver;
        }

        if (_spleen.Distance(x, y, z) < 2.5 * surface)
        {
            return Tissue.Spleen;
        }

        if (_rightKidney.Contains(x, y, z) || _leftKidney.Contains(x, y, z))
        {
            var sinus = Math.Min(_rightKidney.Level(x + 8, y, z), _leftKidney.Level(x - 8, y, z));
            return sinus < 0.12 ? Tissue.VisceralFat : Tissue.Kidney;
        }

        if (_heart.Contains(x, y, z))
        {
            return _heart.Level(x, y, z) < 0.7 ? Tissue.Blood : Tissue.Muscle;
        }

        if (_stomach.Distance(x, y, z) < 3 * surface)
        {
            return y < -52 * s ? Tissue.Air : _stomach.Distance(x, y, z) > 3 * surface - 4 ? Tissue.Muscle : Tissue.Stomach;
        }

        if (IsLung(x, y, z))
        {
            return Tissue.Lung;
        }

        var isBowel = y < 25 * s && z < 10 * s + 20 * surface && bowel > -0.1;
        return !isBowel ? Tissue.VisceralFat : bowel > 1.3 ? Tissue.Air : Tissue.Bowel;
    }

    private bool IsLiver(double x, double y, double z, double surface)
    {
        var right = _rightLobe.Distance(x, y, z);
        var left = _leftLobe.Distance(x, y, z);

        // Polynomial smooth minimum: rounds the valley between the lobes over 14 mm.
        const double Blend = 14;
        var h = Math.Max(Blend - Math.Abs(right - left), 0) / Blend;
        var distance = Math.Min(right, left) - h * h * Blend / 4;

        // The lower surface slopes up towards the left and the kidney presses in.
        var kidney = _rightKidney.Grow(1.12).Contains(x, y, z);
        return distance < 3.5 * surface && !kidney && z > -75 * _scale + 0.35 * (x + 90 * _scale);
    }

    /// <summary>Under the diaphragm lies the abdomen, above, behind and beside it the lung; the right half stands higher.</summary>
    private bool IsLung(double x, double y, double z)
    {
        var s = _scale;
        var (dx, dy) = (Math.Max(Math.Abs(x) - 70 * s, 0), y - 2 * s);
        var reach = dy > 0 ? 85 : 240; // deep behind, shallow in front
        return z > (x < 0 ? 96 : 88) * s - (dx * dx) / (85 * s) - (dy * dy) / (reach * s);
    }

    private static bool Circle(double dx, double dy, double radius) => dx * dx + dy * dy < radius * radius;
}
