using System.Globalization;
using Radiomics.Dicom;

namespace Radiomics.Pipeline;

/// <summary>
/// Which UID keys this storage account has seen, by fingerprint: events <c>uid-key-adopted</c> in the audit trail of <c>_system</c>. The first start adopts the key that it finds; another
/// one after that is a mistake, unless somebody has said that it is meant (<see cref="RotateAsync"/>), since every study would silently get another UID.
/// </summary>
public sealed class UidKeyVersions(BlobStore store, UidKey key, AuditTrail trail, TimeProvider clock)
{
    private const string Adopted = "uid-key-adopted";

    // A rotation is to be noticed by what runs already, and the trail isn't to be read for each study.
    private static readonly TimeSpan _valid = TimeSpan.FromMinutes(5);

    private Check? _last;

    /// <summary>Passes if the key is the newest version; asked again after five minutes, or if it failed.</summary>
    /// <exception cref="UidKeyChangedException">It isn't.</exception>
    public Task EnsureCurrentAsync()
    {
        var last = Volatile.Read(ref _last);
        if (last is null or { Task.IsFaulted: true } or { Task.IsCanceled: true } || clock.GetUtcNow() - last.Begun >= _valid)
        {
            last = new(CheckAsync(), clock.GetUtcNow());
            Volatile.Write(ref _last, last);
        }

        return last.Task;
    }

    /// <summary>All versions, the newest last.</summary>
    public async Task<IReadOnlyList<UidKeyVersion>> ListAsync(CancellationToken cancellation = default)
    {
        List<UidKeyVersion> versions = [];
        await foreach (var line in AuditSegments.EventsAsync(store, Containers.System, cancellation))
        {
            if (line.Action == Adopted)
            {
                versions.Add(new(int.Parse(line.Subjects["version"], CultureInfo.InvariantCulture), line.Subjects["fingerprint"], line.Time));
            }
        }

        return versions;
    }

    /// <summary>
    /// Makes the key the newest version, also one that was a version before: a rotation that wasn't meant, or for a key that has been found again, is undone so. Nothing is mapped
    /// anew: what was taken in before stays under the key before.
    /// </summary>
    /// <param name="name">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who asked, for the audit.</param>
    /// <exception cref="Extraction.RadiomicsException"><c>DecisionIncomplete</c>; <c>UidKeyKnown</c>: it is the newest version already; <c>UidKeyOvertaken</c>: another was adopted at the same time.</exception>
    public async Task<UidKeyVersion> RotateAsync(string name, string reason, string actor)
    {
        ModelPromotions.RequireDecision(name, reason);
        var versions = await ListAsync();
        if (versions.Count > 0 && versions[^1].Fingerprint == key.Fingerprint)
        {
            throw new Extraction.RadiomicsException("UidKeyKnown", $"This key is the current one already, version {versions[^1].Version}. Set Radiomics__UidKey to the key that is meant, then rotate.");
        }

        await AdoptAsync(versions.Count + 1, actor, ("decidedBy", name.Trim()), ("reason", reason.Trim()));

        // Of two at once the trail has the first: the event of the other has the same id, and isn't written.
        var newest = (await ListAsync())[^1];
        return newest.Fingerprint == key.Fingerprint
            ? newest
            : throw new Extraction.RadiomicsException(
                "UidKeyOvertaken",
                $"At the same time the key {newest.Fingerprint} was adopted, version {newest.Version}, and is the current one. Find out which is meant; if it is this one, rotate again.");
    }

    private async Task CheckAsync()
    {
        var versions = await ListAsync();
        if (versions.Count == 0)
        {
            await AdoptAsync(1, "pipeline");
            versions = await ListAsync();
        }

        if (versions[^1].Fingerprint != key.Fingerprint)
        {
            throw new UidKeyChangedException(versions[^1], key.Fingerprint);
        }
    }

    private Task AdoptAsync(int version, string actor, params IEnumerable<(string Kind, string Id)> decision) => trail.AppendAsync(new AuditEvent
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"uid-key/{version}"),
        Center = Containers.System,
        Actor = actor,
        Action = Adopted,
        Subjects = decision
            .Append(("version", version.ToString(CultureInfo.InvariantCulture)))
            .Append(("fingerprint", key.Fingerprint))
            .ToDictionary(subject => subject.Item1, subject => subject.Item2, StringComparer.Ordinal),
    });

    private sealed record Check(Task Task, DateTimeOffset Begun);
}

/// <summary>A UID key that was used here.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Fingerprint"><see cref="UidKey.Fingerprint"/>.</param>
/// <param name="Since">When it was adopted, UTC.</param>
public sealed record UidKeyVersion(int Version, string Fingerprint, DateTime Since);

/// <summary>The service has another UID key than its data.</summary>
public sealed class UidKeyChangedException(UidKeyVersion newest, string fingerprint) : Exception(
    $"The UID key has the fingerprint {fingerprint}, and this storage account was last used with {newest.Fingerprint} (version {newest.Version}). "
    + "Set Radiomics__UidKey to that one, from the backup; if this one is meant, say so with 'radiomics uid-key rotate'.");
