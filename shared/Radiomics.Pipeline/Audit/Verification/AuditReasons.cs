namespace Radiomics.Pipeline;

/// <summary>What can be wrong with a trail, and what each means to people.</summary>
internal static class AuditReasons
{
    public const string HashMismatch = "hash mismatch";
    public const string ChainBroken = "chain broken";
    public const string EventRemoved = "event removed";
    public const string EventInserted = "event inserted";
    public const string EventMoved = "event moved";
    public const string OtherCenter = "another center's";
    public const string MissingSegment = "missing segment";
    public const string DuplicateId = "duplicate id";
    public const string TruncatedTail = "truncated tail";
    public const string NotAnEvent = "not an event";
    public const string TimeBackwards = "time runs backwards";
    public const string NoTrail = "trail deleted";

    public const string NotSigned = "not signed";
    public const string NeverSigned = "never signed";
    public const string SignatureWrong = "signature wrong";
    public const string SignerUnknown = "signer unknown";
    public const string SignerForged = "signer forged";
    public const string SignerOutdated = "signer outdated";
    public const string KeyForeign = "foreign key";

    public const string HeadMissing = "head missing";
    public const string HeadForged = "head forged";
    public const string CutWithoutHead = "end cut off, head missing";
    public const string CutWithForgedHead = "end cut off, head forged";
    public const string AnchorMissing = "anchor missing";
    public const string AnchorForged = "anchor forged";
    public const string OtherThanAnchored = "other than anchored";
    public const string AnchoredLineMissing = "anchored line missing";
    public const string TimestampWrong = "timestamp wrong";
    public const string OtherThanNoted = "other than noted";

    public const string RecordMissing = "record missing";
    public const string RecordChanged = "record changed";
    public const string RecordUnknown = "record unknown";
    public const string ReportChanged = "report changed";
    public const string KeyUnknown = "key unknown";
    public const string KeyChanged = "key changed";

    private static readonly Dictionary<string, string> _sentences = new(StringComparer.Ordinal)
    {
        [HashMismatch] = "An event was changed: it doesn't have its hash.",
        [ChainBroken] = "It isn't chained to the event before: that one was changed, and its hash with it.",
        [EventRemoved] = "Events were taken out before this one: their numbers are missing.",
        [EventInserted] = "An event was put in: its number, or an event that was true elsewhere, is there already.",
        [EventMoved] = "Events changed places: this one belongs before others that stand before it.",
        [OtherCenter] = "It was written for another center.",
        [MissingSegment] = "A part of the trail is gone.",
        [DuplicateId] = "Two events claim the same step and say different things.",
        [TruncatedTail] = "The end isn't whole: events were cut off of which the head tells, or a last one is there in half.",
        [NotAnEvent] = "There is something else in the place of an event.",
        [TimeBackwards] = "The event claims an earlier time than the one before it.",
        [NoTrail] = "There is no event where there must be some: everything was deleted, or, of a whole account, no service has run on it yet.",
        [NotSigned] = "It carries no signature, where everything since signing began does.",
        [NeverSigned] = "No event is signed: the trail was written before events were signed and the service hasn't run since, or it was rewritten as if it had been.",
        [SignatureWrong] = "The signature isn't that of the process that is said to have written it.",
        [SignerUnknown] = "The process that is said to have written it has no certificate here: it was never vouched for, or the certificate was deleted.",
        [SignerForged] = "The certificate of the process that is said to have written it is forged.",
        [SignerOutdated] = "It was written before or after its writer's certificate held.",
        [KeyForeign] = "Who vouches for its writer isn't a key of this service.",
        [HeadMissing] = "The head was deleted.",
        [HeadForged] = "The head isn't one that the service has signed.",
        [CutWithoutHead] = "Events were cut off the end, of which the anchors tell, and the head was deleted.",
        [CutWithForgedHead] = "Events were cut off the end, of which the anchors tell, and the head isn't one that the service has signed.",
        [AnchorMissing] = "An anchor was deleted that others tell of.",
        [AnchorForged] = "There is an anchor that the service hasn't signed.",
        [OtherThanAnchored] = "The trail was rewritten: another event was here when it was anchored.",
        [AnchoredLineMissing] = "Events were cut off or taken out: this one was there when it was anchored.",
        [TimestampWrong] = "The timestamp is of something else, or was given before the anchor was signed.",
        [OtherThanNoted] = "It isn't the trail whose head was noted down: another event is here, or none.",
        [RecordMissing] = "The prediction's record was deleted, and no event says that it was meant to be.",
        [RecordChanged] = "The prediction's record isn't what was audited.",
        [RecordUnknown] = "There is a prediction record that no event tells of.",
        [KeyUnknown] = "There is an API key that no event tells of: nobody who was asked has made it.",
        [KeyChanged] = "The API key isn't what was audited: it has other rights, another secret or another end, or was revoked and is taken again.",
        [ReportChanged] = "A report of the prediction isn't what was audited, or is gone.",
    };

    /// <summary>All reasons.</summary>
    public static IEnumerable<string> All => _sentences.Keys;

    public static string SentenceOf(string reason) => _sentences[reason];
}
