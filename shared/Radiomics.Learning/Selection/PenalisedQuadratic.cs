namespace Radiomics.Learning;

/// <summary>
/// A quadratic function with an L1 penalty. Coordinate descent finds which coefficients are 0 and the others' signs; given those the minimum is a system of linear
/// equations, whose solution saves the hundreds of sweeps that correlated columns take.
/// </summary>
internal sealed class PenalisedQuadratic(int capacity)
{
    private const int MaxSweeps = 10_000;
    private const int SweepsBetween = 2;
    private const double Converged = 1e-10;
    private const double Flat = 1e-14;

    private readonly double[] _bends = new double[capacity * capacity];
    private readonly double[] _factor = new double[capacity * capacity];
    private readonly double[] _solution = new double[capacity];
    private readonly int[] _support = new int[capacity];
    private int _count;

    /// <summary>Prepares for a function of so many coefficients.</summary>
    public void Resize(int count) => _count = count;

    /// <summary>Sets the second derivative by two coefficients.</summary>
    public void Bend(int a, int b, double value) => _bends[a * _count + b] = _bends[b * _count + a] = value;

    /// <summary>Moves the coefficients to the minimum.</summary>
    /// <param name="slopes">First derivatives where the coefficients are; moved along.</param>
    /// <param name="coefficients">Where to start; afterwards the minimum.</param>
    /// <param name="penalty">L1 penalty.</param>
    public void Minimise(Span<double> slopes, Span<double> coefficients, double penalty)
    {
        for (var sweep = 0; sweep < MaxSweeps; sweep += 1 + SweepsBetween)
        {
            if (Sweep(slopes, coefficients, penalty, all: true) <= Converged)
                return;
            for (var i = 0; i < SweepsBetween; i++)
            {
                Sweep(slopes, coefficients, penalty, all: false);
            }

            Solve(slopes, coefficients, penalty);
        }
    }

    // Puts each coefficient in turn, or each that isn't 0, where it is best; returns the largest change.
    private double Sweep(Span<double> slopes, Span<double> coefficients, double penalty, bool all)
    {
        var largest = 0.0;
        for (var a = 0; a < _count; a++)
        {
            var old = coefficients[a];
            var bend = _bends[a * _count + a];
            if ((!all && old == 0) || bend < Flat)
                continue;
            var free = bend * old - slopes[a];
            var value = Math.Abs(free) <= penalty ? 0 : (free - Math.CopySign(penalty, free)) / bend;
            if (value == old)
                continue;
            coefficients[a] = value;
            Vectors.Add(slopes, value - old, Row(a));
            largest = Math.Max(largest, Math.Abs(value - old));
        }

        return largest;
    }

    // Goes to the minimum over the coefficients that aren't 0, as if their signs were certain, or up to where the first changes its sign, which it leaves at 0.
    private void Solve(Span<double> slopes, Span<double> coefficients, double penalty)
    {
        var size = 0;
        for (var a = 0; a < _count; a++)
        {
            if (coefficients[a] != 0)
                _support[size++] = a;
        }

        if (!Factorise(size))
            return;
        for (var i = 0; i < size; i++)
        {
            var a = _support[i];
            _solution[i] = -slopes[a] - Math.CopySign(penalty, coefficients[a]);
        }

        Substitute(size);
        var (share, first) = (1.0, -1);
        for (var i = 0; i < size; i++)
        {
            var from = coefficients[_support[i]];
            if (from + _solution[i] != 0 && Math.Sign(from + _solution[i]) == Math.Sign(from))
                continue;
            var crossing = from / -_solution[i];
            if (crossing < share || first < 0)
                (share, first) = (Math.Min(share, crossing), i);
        }

        for (var i = 0; i < size; i++)
        {
            var a = _support[i];
            var change = i == first ? -coefficients[a] : share * _solution[i];
            coefficients[a] = i == first ? 0 : coefficients[a] + change;
            Vectors.Add(slopes, change, Row(a));
        }
    }

    // Cholesky's factor of the second derivatives over the support; false where they don't tell its columns apart.
    private bool Factorise(int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = _factor.AsSpan(i * capacity, capacity);
            for (var j = 0; j <= i; j++)
            {
                var rest = _bends[_support[i] * _count + _support[j]] - Vectors.Dot<double>(row[..j], _factor.AsSpan(j * capacity, j));
                if (j < i)
                    row[j] = rest / _factor[j * capacity + j];
                else if (rest > 1e-10 * _bends[_support[i] * _count + _support[i]])
                    row[i] = Math.Sqrt(rest);
                else
                    return false;
            }
        }

        return true;
    }

    // Forward, then backward, in place.
    private void Substitute(int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = _factor.AsSpan(i * capacity, i + 1);
            _solution[i] = (_solution[i] - Vectors.Dot<double>(row[..i], _solution.AsSpan(0, i))) / row[i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var row = _factor.AsSpan(i * capacity, i + 1);
            _solution[i] /= row[i];
            Vectors.Add(_solution.AsSpan(0, i), -_solution[i], row[..i]);
        }
    }

    private ReadOnlySpan<double> Row(int a) => _bends.AsSpan(a * _count, _count);
}
