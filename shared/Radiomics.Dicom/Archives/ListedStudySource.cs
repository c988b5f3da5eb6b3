namespace Radiomics.Dicom;

/// <summary>An upload as a list of files that lie anywhere, e.g. the blobs of a folder closed by <c>_ready</c>.</summary>
public sealed class ListedStudySource : IStudySource
{
    private readonly ArchiveBudget _budget;
    private readonly ListedFile[] _files;

    /// <summary>Checks the names, which are relative to the upload and use <c>/</c>.</summary>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public ListedStudySource(IEnumerable<ListedFile> files, ArchiveLimits? limits = null)
    {
        _budget = new ArchiveBudget(limits ?? new ArchiveLimits());
        var all = files.ToArray();
        _budget.Entries(all.Length);
        _files = [.. all.Where(file => EntryNames.MayBeDicom(file.Name))];
    }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        var file = _files[index].Open();
        return new BudgetedStream(file, _budget, index, storedBytes: null, file.CanSeek ? file.Length : null);
    }

    /// <inheritdoc/>
    public string NameOf(int index) => EntryNames.File(_files[index].Name);

    /// <inheritdoc/>
    public IReadOnlyList<UnopenedFile> Unopened => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc/>
    public void CountInflated(int index, long inflated, long deflated) => _budget.ReadInside(index, inflated, deflated);
}
