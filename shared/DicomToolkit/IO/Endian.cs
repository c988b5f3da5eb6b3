namespace FellowOakDicom.IO;

/// <summary>A byte order.</summary>
public struct Endian
{
    public static readonly Endian Little = new(false);

    public static readonly Endian Big = new(true);

    public static readonly Endian LocalMachine = BitConverter.IsLittleEndian ? Little : Big;

    public static readonly Endian Network = Big;

    private readonly bool _isBig;

    private Endian(bool isBig) => _isBig = isBig;

    public static bool operator ==(Endian e1, Endian e2) => e1._isBig == e2._isBig;

    public static bool operator !=(Endian e1, Endian e2) => e1._isBig != e2._isBig;

    public override readonly bool Equals(object? obj) => obj is Endian other && other == this;

    public override readonly int GetHashCode() => _isBig.GetHashCode();

    public override readonly string ToString() => _isBig ? "Big Endian" : "Little Endian";
}
