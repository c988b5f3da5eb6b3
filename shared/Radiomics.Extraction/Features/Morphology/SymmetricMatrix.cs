namespace Radiomics.Extraction;

/// <summary>A symmetric 3 × 3 matrix.</summary>
internal readonly record struct SymmetricMatrix(double Xx, double Yy, double Zz, double Xy, double Xz, double Yz)
{
    /// <summary>Eigenvalues, descending, with their vectors of length 1; by Jacobi rotations, which stay exact for equal values and for 0.</summary>
    public (double[] Values, Point3[] Vectors) Eigen()
    {
        Span<double> m = [Xx, Xy, Xz, Xy, Yy, Yz, Xz, Yz, Zz];
        Span<double> v = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (var sweep = 0; sweep < 50 && (m[1] != 0 || m[2] != 0 || m[5] != 0); sweep++)
        {
            Rotate(m, v, 0, 1);
            Rotate(m, v, 0, 2);
            Rotate(m, v, 1, 2);
        }

        Ranked<Point3>[] pairs =
        [
            new(-m[0], new(v[0], v[3], v[6])),
            new(-m[4], new(v[1], v[4], v[7])),
            new(-m[8], new(v[2], v[5], v[8])),
        ];
        Ranked.Sort(pairs);
        return ([-pairs[0].Rank, -pairs[1].Rank, -pairs[2].Rank], [pairs[0].Item, pairs[1].Item, pairs[2].Item]);
    }

    /// <summary>Turns the plane of axes p and q so that their element becomes 0.</summary>
    private static void Rotate(Span<double> m, Span<double> v, int p, int q)
    {
        var mpq = m[3 * p + q];
        if (mpq == 0)
        {
            return;
        }

        var theta = (m[4 * q] - m[4 * p]) / (2 * mpq);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        var r = 3 - p - q;
        var (mpr, mqr) = (m[3 * p + r], m[3 * q + r]);
        m[4 * p] -= t * mpq;
        m[4 * q] += t * mpq;
        m[3 * p + q] = m[3 * q + p] = 0;
        m[3 * p + r] = m[3 * r + p] = c * mpr - s * mqr;
        m[3 * q + r] = m[3 * r + q] = s * mpr + c * mqr;
        for (var i = 0; i < 9; i += 3)
        {
            (v[i + p], v[i + q]) = (c * v[i + p] - s * v[i + q], s * v[i + p] + c * v[i + q]);
        }
    }
}
