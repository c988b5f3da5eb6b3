namespace Radiomics.Dicom;

/// <summary>What an upload holds, as <see cref="StudyIndex"/> finds it.</summary>
/// <param name="Instances">Headers in the order of the source, each object once.</param>
/// <param name="SetAside">Images that are among <paramref name="Instances"/> under other UIDs.</param>
/// <param name="Unopened">Files that weren't looked into.</param>
/// <param name="Unread">How many other files gave no header: damaged ones, and such as are no object of a study.</param>
internal sealed record StudyObjects(IReadOnlyList<InstanceHeader> Instances, IReadOnlyList<InstanceHeader> SetAside, IReadOnlyList<UnopenedFile> Unopened, int Unread);
