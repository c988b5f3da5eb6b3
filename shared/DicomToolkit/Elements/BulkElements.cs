using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Bulk data in bytes; it can be read as other numbers too (OB).</summary>
public class DicomOtherByte : DicomValueElement<byte>
{
    public DicomOtherByte(DicomTag tag, params byte[] values)
        : base(tag, values)
    {
    }

    public DicomOtherByte(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OB;

    public override T Get<T>(int item = -1) => BulkValues.TryGet<T>(Buffer, item, out var value) ? value : base.Get<T>(item);

    /// <summary>Compares sizes only, so that pixel data needn't be read.</summary>
    public override bool Equals(DicomElement other) => other is DicomOtherByte bytes && bytes.Count == Count;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bulk data in 16-bit words (OW).</summary>
public class DicomOtherWord : DicomValueElement<ushort>
{
    public DicomOtherWord(DicomTag tag, params ushort[] values)
        : base(tag, values)
    {
    }

    public DicomOtherWord(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OW;

    /// <summary>Compares sizes only, so that pixel data needn't be read.</summary>
    public override bool Equals(DicomElement other) => other is DicomOtherWord bytes && bytes.Count == Count;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bulk data in 32-bit words (OL).</summary>
public class DicomOtherLong : DicomValueElement<uint>
{
    public DicomOtherLong(DicomTag tag, params uint[] values)
        : base(tag, values)
    {
    }

    public DicomOtherLong(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OL;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bulk data in 64-bit words (OV).</summary>
public class DicomOtherVeryLong : DicomValueElement<ulong>
{
    public DicomOtherVeryLong(DicomTag tag, params ulong[] values)
        : base(tag, values)
    {
    }

    public DicomOtherVeryLong(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OV;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bulk data in 32-bit floating point numbers (OF).</summary>
public class DicomOtherFloat : DicomValueElement<float>
{
    public DicomOtherFloat(DicomTag tag, params float[] values)
        : base(tag, values)
    {
    }

    public DicomOtherFloat(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OF;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bulk data in 64-bit floating point numbers (OD).</summary>
public class DicomOtherDouble : DicomValueElement<double>
{
    public DicomOtherDouble(DicomTag tag, params double[] values)
        : base(tag, values)
    {
    }

    public DicomOtherDouble(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.OD;

    protected override void ValidateVM()
    {
    }
}

/// <summary>Bytes of which the VR isn't known (UN).</summary>
public class DicomUnknown : DicomOtherByte
{
    public DicomUnknown(DicomTag tag, params byte[] values)
        : base(tag, values)
    {
    }

    public DicomUnknown(DicomTag tag, IByteBuffer data)
        : base(tag, data)
    {
    }

    public override DicomVR ValueRepresentation => DicomVR.UN;
}
