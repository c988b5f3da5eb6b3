namespace Radiomics.Dicom;

/// <summary>An upload as a list of files that lie anywhere, e.g. the blobs of a folder closed by <c>_ready</c>.</summary>
public sealed class ListedStudySource : IStudySource, IDisposable
{
    private readonly ArchiveBudget _budget;
    private readonly ListedFile[] _files;
    private readonly TemporaryEntries _temporary;

    /// <summary>Checks the names, which are relative to the upload and use <c>/</c>.</summary>
    /// <param name="files">The files.</param>
    /// <param name="limits">How much they may be.</param>
    /// <param name="temporary">Makes a file for what is too large for the memory; in the system's folder for temporary files if null.</param>
    /// <exception cref="Extraction.RadiomicsException"><c>ArchiveTooLarge</c>, <c>UnsafeEntryName</c>.</exception>
    public ListedStudySource(IEnumerable<ListedFile> files, ArchiveLimits? limits = null, Func<Stream>? temporary = null)
    {
        Limits = limits ?? new ArchiveLimits();
        _budget = new ArchiveBudget(Limits);
        _temporary = new TemporaryEntries(temporary);
        var all = files.ToArray();
        _budget.Entries(all.Length);
        _files = [.. all.Where(file => EntryNames.MayBeDicom(file.Name))];
    }

    /// <inheritdoc/>
    public ArchiveLimits Limits { get; }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        var file = _files[index].Open();
        return new BudgetedStream(file, _budget, index, file.CanSeek ? file.Length : null);
    }

    /// <inheritdoc/>
    public string NameOf(int index) => EntryNames.File(_files[index].Name);

    /// <inheritdoc/>
    public IReadOnlyList<UnopenedFile> Unopened => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc/>
    public void CountInflated(int index, long inflated, long deflated) => _budget.ReadInside(index, inflated, deflated);

    /// <inheritdoc/>
    public Stream CreateTemporary() => _temporary.Create();

    /// <inheritdoc/>
    public void CountKept(long bytes) => _budget.Kept(bytes);

    /// <summary>Does nothing: files have no checksum of their own. Whoever brings them from elsewhere holds them against a digest.</summary>
    public void EnsureIntact()
    {
    }

    /// <summary>Deletes temporary files.</summary>
    public void Dispose() => _temporary.Dispose();
}
