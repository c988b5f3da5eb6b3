namespace Radiomics.Dicom;

/// <summary>
/// What the files of an upload that have one SOPInstanceUID say of the object. Copies are one version; versions that contradict each other all have
/// <see cref="ObjectFault.Contradicted"/>, which stops a study only where something needs the object.
/// </summary>
internal sealed class ObjectVersions(InstanceHeader first)
{
    private readonly List<InstanceHeader> _versions = [first];

    /// <summary>Whether two files contradict each other.</summary>
    public bool Contradict => _versions.Count > 1;

    /// <summary>
    /// The object; where files contradict each other, once for each place that it would have. Two pixels that differ are one missing image, two series that
    /// claim the object miss one each, and two patients are seen to be two.
    /// </summary>
    public IEnumerable<InstanceHeader> Headers => Contradict ? _versions.DistinctBy(Standing).Select(Contradicted) : _versions;

    /// <summary>Takes in another file.</summary>
    /// <returns>Whether it is a copy. A damaged file beside a whole one, which is the object, counts as none.</returns>
    public bool Add(InstanceHeader header, InstanceCopies files)
    {
        if (IsBroken(header))
        {
            return false;
        }

        if (IsBroken(_versions[0]))
        {
            _versions[0] = header;
            return false;
        }

        var known = _versions.FindIndex(version => files.AreSame(version, header));
        if (known < 0)
        {
            _versions.Add(header);
            return false;
        }

        _versions[known] = InstanceCopies.Facts(header) > InstanceCopies.Facts(_versions[known]) ? header : _versions[known];
        return true;
    }

    private static bool IsBroken(InstanceHeader header) => header.Fault == ObjectFault.Damaged;

    private static string Standing(InstanceHeader header) =>
        $"{header.SopClassUid}|{header.SeriesUid}|{OnePatient.Folded(header.PatientId)}|{string.Join('|', header.Slices.Select(slice => $"{slice.Position} {slice.EchoTime} {string.Join('\\', slice.ImageType)}"))}";

    private static InstanceHeader Contradicted(InstanceHeader header) => header with
    {
        Fault = ObjectFault.Contradicted,
        Slices = [.. header.Slices.Select(slice => slice with { Fault = ObjectFault.Contradicted })],
    };
}
