using System.Globalization;

namespace Radiomics.Extraction;

/// <summary>
/// The filters of the mother wavelets, by the names of PyWavelets' discrete families: <c>haar</c>, <c>db1</c>–<c>db38</c>, <c>sym2</c>–<c>sym20</c>,
/// <c>coif1</c>–<c>coif17</c>, <c>dmey</c>, and <c>bior</c> and <c>rbio</c> with one of <see cref="Orders"/>.
/// </summary>
internal static class WaveletTaps
{
    /// <summary>What a sentence about an unknown wavelet lists.</summary>
    public const string Families =
        "haar, db1 to db38, sym2 to sym20, coif1 to coif17, dmey, and bior and rbio with 1.1, 1.3, 1.5, 2.2, 2.4, 2.6, 2.8, 3.1, 3.3, 3.5, 3.7, 3.9, 4.4, 5.5 or 6.8";

    private static readonly int[] _biorthogonalLengths = [2, 6, 10, 6, 10, 14, 18, 4, 8, 12, 16, 20, 10, 12, 18];

    /// <summary>Orders of the biorthogonal wavelets: of the reconstruction and of the decomposition.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["1.1", "1.3", "1.5", "2.2", "2.4", "2.6", "2.8", "3.1", "3.3", "3.5", "3.7", "3.9", "4.4", "5.5", "6.8"];

    /// <summary>Every name there is.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            yield return "haar";
            for (var n = 1; n <= 38; n++)
            {
                yield return $"db{n}";
            }

            for (var n = 2; n <= 20; n++)
            {
                yield return $"sym{n}";
            }

            for (var n = 1; n <= 17; n++)
            {
                yield return $"coif{n}";
            }

            yield return "dmey";
            foreach (var order in Orders)
            {
                yield return $"bior{order}";
                yield return $"rbio{order}";
            }
        }
    }

    /// <summary>Whether there is a wavelet of this name; names are in lower case.</summary>
    public static bool Has(string name) => !Find(name).Decomposition.IsEmpty;

    /// <summary>Low-pass and high-pass filter of <paramref name="wavelet"/>, of one even length.</summary>
    /// <exception cref="RadiomicsException"><c>InvalidSettings</c>: there is no such wavelet.</exception>
    public static (Taps Low, Taps High) Of(string wavelet)
    {
        var found = Find(wavelet);
        return found.Decomposition.IsEmpty
            ? throw new RadiomicsException("InvalidSettings", $"There is no wavelet '{wavelet}'; there are {Families}.")
            : Bank(found);
    }

    private static LowPass Find(string name)
    {
        if (name == "haar")
        {
            return Orthogonal(DaubechiesTaps.All, 0, 2);
        }

        if (name == "dmey")
        {
            return Orthogonal(MeyerTaps.All, 0, MeyerTaps.All.Length);
        }

        if (Number(name, "db") is >= 1 and <= 38 and var db)
        {
            return Orthogonal(DaubechiesTaps.All, db * (db - 1), 2 * db);
        }

        if (Number(name, "sym") is >= 2 and <= 20 and var sym)
        {
            return Orthogonal(SymletTaps.All, sym * (sym - 1) - 2, 2 * sym);
        }

        if (Number(name, "coif") is >= 1 and <= 17 and var coif)
        {
            return Orthogonal(CoifletTaps.All, 3 * coif * (coif - 1), 6 * coif);
        }

        return name.StartsWith("bior", StringComparison.Ordinal) || name.StartsWith("rbio", StringComparison.Ordinal)
            ? Biorthogonal(name.AsSpan(4), reversed: name[0] == 'r')
            : default;
    }

    /// <summary>The number after the family's name as PyWavelets writes it: no sign, no leading zero.</summary>
    private static int? Number(string name, string family) =>
        name.StartsWith(family, StringComparison.Ordinal) && name.Length > family.Length && name[family.Length] != '0'
        && int.TryParse(name.AsSpan(family.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A wavelet whose reconstruction filter is its decomposition filter backwards.</summary>
    private static LowPass Orthogonal(ReadOnlySpan<double> family, int start, int count)
    {
        var taps = family.Slice(start, count);
        return new(taps, taps, isForwards: true, isReconstructionForwards: false);
    }

    private static LowPass Biorthogonal(ReadOnlySpan<char> order, bool reversed)
    {
        var start = 0;
        for (var i = 0; i < Orders.Count; i++)
        {
            var count = _biorthogonalLengths[i];
            if (order.SequenceEqual(Orders[i]))
            {
                // Both filters are listed forwards; the reverse wavelet's decomposition is the reconstruction backwards, and the other way round.
                var first = BiorthogonalTaps.All.Slice(start, count);
                var second = BiorthogonalTaps.All.Slice(start + count, count);
                return reversed
                    ? new(second, first, isForwards: false, isReconstructionForwards: false)
                    : new(first, second, isForwards: true, isReconstructionForwards: true);
            }

            start += 2 * count;
        }

        return default;
    }

    /// <summary>
    /// As weights in the order of the voxels, so both filters backwards, since convolution turns them round. The high-pass filter is the reconstruction's low-pass
    /// filter with every other sign changed (quadrature mirror).
    /// </summary>
    private static (Taps, Taps) Bank(LowPass wavelet)
    {
        var n = wavelet.Decomposition.Length;
        var low = new double[n];
        var high = new double[n];
        for (var t = 0; t < n; t++)
        {
            low[t] = wavelet.Decomposition[wavelet.IsForwards ? n - 1 - t : t];
            var mirror = wavelet.Reconstruction[wavelet.IsReconstructionForwards ? n - 1 - t : t];
            high[t] = t % 2 == 0 ? mirror : -mirror;
        }

        return (new(low, 1 - n / 2), new(high, 1 - n / 2));
    }

    /// <summary>The low-pass filters of a wavelet and whether each is listed forwards; an orthogonal wavelet's one filter is the other backwards.</summary>
    private readonly ref struct LowPass(ReadOnlySpan<double> decomposition, ReadOnlySpan<double> reconstruction, bool isForwards, bool isReconstructionForwards)
    {
        public ReadOnlySpan<double> Decomposition { get; } = decomposition;

        public ReadOnlySpan<double> Reconstruction { get; } = reconstruction;

        public bool IsForwards { get; } = isForwards;

        public bool IsReconstructionForwards { get; } = isReconstructionForwards;
    }
}
