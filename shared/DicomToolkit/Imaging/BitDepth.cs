namespace FellowOakDicom.Imaging;

/// <summary>How a sample lies in its cell (PS3.5 section 8.1.1).</summary>
public class BitDepth(int allocated, int stored, int highBit, bool signed)
{
    public int BitsAllocated { get; private set; } = allocated;

    public int BitsStored { get; private set; } = stored;

    public int HighBit { get; private set; } = highBit;

    public bool IsSigned { get; private set; } = signed;

    public int MaximumValue => GetMaximumValue(BitsStored, IsSigned);

    public int MinimumValue => GetMinimumValue(BitsStored, IsSigned);

    public static int GetMinimumValue(int bitsStored, bool isSigned) => isSigned ? -(1 << (bitsStored - 1)) : 0;

    public static int GetMaximumValue(int bitsStored, bool isSigned) =>
        isSigned ? (int)((1L << (bitsStored - 1)) - 1) : (int)Math.Min((1L << bitsStored) - 1, int.MaxValue);

    public override string ToString() => $"Bits Allocated: {BitsAllocated}; Bits Stored: {BitsStored}; High Bit: {HighBit}; Signed: {IsSigned}";
}
