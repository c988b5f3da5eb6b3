using System.Runtime.CompilerServices;

namespace Radiomics.Pipeline;

/// <summary>
/// Walks a chain from its first line to its last. What breaks is noted, and the walk goes on behind it: a line is in its place if it continues the line before it, or the last one that
/// was in its own, so that one that was forged or moved isn't held against those behind it.
/// </summary>
internal sealed class ChainWalk(BlobStore store, string center, SignatureCheck signatures, Action<AuditBreak> found)
{
    // Lines of versions that stamped before they had read the line before, on clocks that differed.
    private static readonly TimeSpan _clocksDiffered = TimeSpan.FromMinutes(5);

    // By the first 16 bytes of digests: 48 bytes an event, since a trail may be longer than memory.
    private readonly Dictionary<UInt128, UInt128> _steps = [];
    private AuditLine? _previous;
    private AuditLine? _tip;
    private bool _resuming;

    /// <summary>Lines, closings of segments among them.</summary>
    public long Lines { get; private set; }

    /// <summary>Events that can be read.</summary>
    public int Events { get; private set; }

    /// <summary>Lines that are signed.</summary>
    public int Signed { get; private set; }

    /// <summary>Lines from before lines were signed.</summary>
    public int Unsigned { get; private set; }

    /// <summary>Time of the first signed line.</summary>
    public DateTime? SignedSince { get; private set; }

    /// <summary>The last line that can be read.</summary>
    public AuditLine? Last => _previous;

    /// <summary>The segments as they were when the walk began.</summary>
    public IReadOnlyList<AuditSegment> Segments { get; private set; } = [];

    /// <summary>The lines that can be read, broken or not.</summary>
    public async IAsyncEnumerable<(AuditPosition At, AuditLine Line)> LinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Segments = await AuditSegments.ListAsync(store, center, cancellation);
        string? expected = null;
        foreach (var (i, segment) in Segments.Index())
        {
            if (expected is not null && segment.Blob != expected)
            {
                found(new(expected, 1, AuditReasons.MissingSegment));
                _resuming = true;
            }

            var place = new SegmentPlaces();
            var (number, isWhole) = (0, true);
            AuditLine? last = null;
            await foreach (var (bytes, isComplete) in AuditSegments.LinesAsync(store, segment.Blob, place: null, cancellation))
            {
                number++;
                Lines++;
                if (!isComplete || AuditLine.TryParse(bytes) is not { } line)
                {
                    place.Found(new(segment.Blob, number, isComplete ? AuditReasons.NotAnEvent : AuditReasons.TruncatedTail));
                    (_resuming, isWhole) = (true, isComplete);
                    continue;
                }

                await CheckAsync(segment, place, line, bytes, number, cancellation);
                Events += line.IsClosing ? 0 : 1;
                (_resuming, _previous, last) = (false, line, line);
                place.Passed(line);
                yield return (new(segment, number), line);
            }

            if (isWhole && i < Segments.Count - 1 && last is not { IsClosing: true })
            {
                place.Found(new(segment.Blob, number + 1, AuditReasons.TruncatedTail));
            }

            place.Findings.ForEach(found);
            expected = last is { IsClosing: true } ? last.Next : null;
        }
    }

    private async Task CheckAsync(AuditSegment segment, SegmentPlaces place, AuditLine line, byte[] bytes, int number, CancellationToken cancellation)
    {
        void Found(string reason) => place.Found(new(segment.Blob, number, reason));

        if (line.Hash != line.ComputeHash() || !bytes.AsSpan().SequenceEqual(line.ToBytes()))
        {
            Found(AuditReasons.HashMismatch);
            return;
        }

        var signatureFault = await SignatureFaultAsync(line, cancellation);
        var continuesTip = place.ContinuesTip(line, _tip);
        if (signatureFault is null && (line.Center != segment.Center || !(_resuming || continuesTip || place.ContinuesPrevious(line, _previous))))
        {
            if (place.Misplaced(line, segment, number, isFirstOfAll: _previous is null && number == 1))
            {
                _tip = line;
            }

            return;
        }

        var before = continuesTip ? _tip : _previous;
        if (before is not null && line.Time < before.Time - (line.Signer is null && signatureFault is null ? _clocksDiffered : TimeSpan.Zero))
        {
            Found(AuditReasons.TimeBackwards);
        }

        if (signatureFault is not null)
        {
            Found(signatureFault);
            return;
        }

        _tip = line;
        place.Took(line);

        // A step that runs again late, when its event is out of the tail's reach, repeats it.
        var what = Start(line.ComputeContentHash());
        if (!_steps.TryAdd(Start(Digest.OfParts(line.Id)), what) && _steps[Start(Digest.OfParts(line.Id))] != what)
        {
            Found(AuditReasons.DuplicateId);
        }
    }

    private async Task<string?> SignatureFaultAsync(AuditLine line, CancellationToken cancellation)
    {
        if (line.Signer is null)
        {
            Unsigned++;
            return Signed > 0 ? AuditReasons.NotSigned : null;
        }

        Signed++;
        SignedSince ??= line.Time;
        return await signatures.FaultAsync(line.Signer, AuditLine.SignedKind, line.Hash!, line.Signature, line.WrittenAt, cancellation);
    }

    private static UInt128 Start(string sha256) => UInt128.Parse(sha256.AsSpan(0, 32), System.Globalization.NumberStyles.AllowHexSpecifier);
}
