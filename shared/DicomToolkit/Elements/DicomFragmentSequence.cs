using System.Collections;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>Encapsulated pixel data: a basic offset table and fragments (PS3.5 section A.4).</summary>
public abstract class DicomFragmentSequence : DicomItem, IEnumerable<IByteBuffer>
{
    private bool _hasOffsetTable;

    protected DicomFragmentSequence(DicomTag tag)
        : base(tag)
    {
    }

    /// <summary>Where each frame's first fragment item begins, in bytes from the first one; empty if the file doesn't say.</summary>
    public IList<uint> OffsetTable { get; private set; } = [];

    public IList<IByteBuffer> Fragments { get; } = [];

    public IEnumerator<IByteBuffer> GetEnumerator() => Fragments.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes the items as a file has them: the first is the offset table.</summary>
    internal void Add(IByteBuffer fragment)
    {
        if (_hasOffsetTable)
        {
            Fragments.Add(fragment);
            return;
        }

        _hasOffsetTable = true;
        OffsetTable = [.. BinaryValues.All<uint>(fragment)];
    }
}

/// <summary>Fragments of pixel data with up to eight bits allocated, and what files have: OB.</summary>
public class DicomOtherByteFragment(DicomTag tag) : DicomFragmentSequence(tag)
{
    public override DicomVR ValueRepresentation => DicomVR.OB;
}

/// <summary>Fragments whose element says OW.</summary>
public class DicomOtherWordFragment(DicomTag tag) : DicomFragmentSequence(tag)
{
    public override DicomVR ValueRepresentation => DicomVR.OW;
}
