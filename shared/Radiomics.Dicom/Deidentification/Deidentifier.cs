using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>
/// De-identifies DICOM objects by PS3.15 Annex E: Basic Application Level Confidentiality Profile, with the Retain Longitudinal Temporal Information Modified
/// Dates Option and the Clean Descriptors Option. The same object of the same patient under the same key gives the same result, and objects that refer to each
/// other still do.
/// </summary>
/// <remarks>
/// Beyond the profile's table, texts that it doesn't name keep known words only, codes of schemes that aren't public go, and so does every value that holds
/// a word of the object's own names and ids.
/// </remarks>
/// <param name="key">Maps UIDs, patients and days.</param>
/// <param name="center">The center whose patients these are.</param>
public sealed class Deidentifier(UidKey key, string center)
{
    private const string StandardRoot = "1.2.840.10008.";

    private static readonly HashSet<string> _publicSchemes = new(StringComparer.Ordinal)
    {
        "DCM", "SCT", "SRT", "SNM3", "99SDM", "LN", "UCUM", "FMA", "RADLEX", "NCIt", "UMLS", "IBSI", "RFC5646", "ISO639_1", "ISO3166_1", "BI", "UBERON", "RADELEMENT",
    };

    /// <summary>A de-identified copy; large values are shared with the original, which stays as it is.</summary>
    /// <param name="file">The object.</param>
    /// <param name="ofStudy">
    /// The pseudonym of its study's patient, by which its dates are moved, too: segmentations often say less of the patient than the images. Null where the
    /// object is all that is known.
    /// </param>
    /// <exception cref="RadiomicsException"><c>BurnedInAnnotation</c>: the image says that its pixels may show who it is.</exception>
    public DicomFile Deidentify(DicomFile file, string? ofStudy = null)
    {
        var original = file.Dataset;
        if (original.TextOf(DicomTag.BurnedInAnnotation).Equals("YES", StringComparison.OrdinalIgnoreCase))
        {
            throw new RadiomicsException("BurnedInAnnotation", "An image says that annotation is burned into its pixels, which may name the patient. Leave it out, or send it without.");
        }

        var patient = ofStudy ?? PseudonymOf(original);
        var copy = new Copy(key, new ShiftedDates(patient is null ? 0 : key.DaysToShift(patient)), patient is not null, new IdentityWords(original));
        var result = new DicomDataset(original.InternalTransferSyntax).NotValidated();

        // Texts are written anew, and in a character set that has all of them.
        result.Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        copy.Fill(result, original);
        result.AddOrUpdate(DicomTag.PatientID, patient ?? "");
        result.AddOrUpdate(DicomTag.PatientName, patient ?? "");
        DeidentificationMethod.AddTo(result);
        return new DicomFile(result);
    }

    /// <summary>The pseudonym of the patient that the object itself names; null if it names none.</summary>
    internal string? PseudonymOf(DicomDataset dataset) => key.PseudonymOf(
        center,
        dataset.TextOf(DicomTag.PatientID),
        dataset.TextOf(DicomTag.IssuerOfPatientID),
        dataset.TextOf(DicomTag.PatientName),
        dataset.TextOf(DicomTag.PatientBirthDate));

    /// <summary>The work on one object.</summary>
    private sealed class Copy(UidKey key, ShiftedDates dates, bool canShift, IdentityWords identity)
    {
        public void Fill(DicomDataset target, DicomDataset source)
        {
            foreach (var item in source)
            {
                if (item.Tag.Element != 0
                    && item.Tag != DicomTag.SpecificCharacterSet
                    && Deidentified(source, item, ConfidentialityProfile.ActionOf(item.Tag, item.ValueRepresentation)) is { } kept)
                {
                    target.AddOrUpdate(kept);
                }
            }
        }

        private DicomItem? Deidentified(DicomDataset source, DicomItem item, ConfidentialityAction action) => (action, item) switch
        {
            (ConfidentialityAction.Remove, _) => null,
            (ConfidentialityAction.Empty, DicomSequence) => new DicomSequence(item.Tag),
            (_, DicomSequence sequence) => Sequence(sequence),
            (_, not DicomElement) => action == ConfidentialityAction.Keep ? item : null,
            (ConfidentialityAction.Empty, _) => Replacement.Empty(item),
            (ConfidentialityAction.Replace, _) => Replacement.Of(item),
            (ConfidentialityAction.Shift, _) => Shifted(source, item),
            (ConfidentialityAction.Clean, _) => Cleaned(source, item),
            _ => Kept(source, item),
        };

        private DicomSequence Sequence(DicomSequence sequence) =>
            new(sequence.Tag, [.. sequence.Items.Where(IsPublic).Select(nested =>
            {
                var copy = new DicomDataset().NotValidated();
                Fill(copy, nested);
                return copy;
            })]);

        /// <summary>Whether an item is no code, or one whose meaning everybody can look up.</summary>
        private static bool IsPublic(DicomDataset item) =>
            item.TextOf(DicomTag.CodingSchemeDesignator) is var scheme
            && (scheme.Length == 0 || !item.Contains(DicomTag.CodeMeaning) || _publicSchemes.Contains(scheme));

        private DicomItem? Kept(DicomDataset source, DicomItem item)
        {
            var vr = item.ValueRepresentation;
            return vr.Code switch
            {
                "UI" => Mapped(source, item),
                "PN" or "UN" or "UR" or "AE" => null,
                "DA" or "DT" => Shifted(source, item),
                // Digits of a number name nobody, and a place without one of its coordinates is another place.
                "DS" or "IS" when Values(source, item).All(IsNumber) => item,
                "LO" or "SH" or "ST" or "LT" or "UT" or "UC" => IsCode(source, item.Tag) ? Checked(source, item) : Cleaned(source, item),
                _ => vr.IsString ? Checked(source, item) : item,
            };
        }

        /// <summary>Whether the element is the value or the scheme of a code; <see cref="IsPublic"/> has looked at the scheme.</summary>
        private static bool IsCode(DicomDataset source, DicomTag tag) =>
            tag == DicomTag.CodingSchemeDesignator
            || tag == DicomTag.CodingSchemeVersion
            || (tag == DicomTag.CodeValue || tag == DicomTag.LongCodeValue) && source.Contains(DicomTag.CodingSchemeDesignator);

        private DicomItem Mapped(DicomDataset source, DicomItem item) => new DicomUniqueIdentifier(
            item.Tag,
            [.. Values(source, item).Select(uid => uid.StartsWith(StandardRoot, StringComparison.Ordinal) || uid.Length == 0 ? uid : key.Map(uid))]);

        private DicomItem? Shifted(DicomDataset source, DicomItem item)
        {
            var values = Values(source, item);
            string[] shifted = [.. values.Select(value => canShift ? dates.Shift(value) : null).OfType<string>()];
            return values.Length == 0 ? item : shifted.Length == values.Length ? Replacement.Text(item, shifted) : Replacement.Of(item);
        }

        /// <summary>The known words of a text; the code's value where a meaning has none.</summary>
        private DicomItem? Cleaned(DicomDataset source, DicomItem item)
        {
            string[] cleaned = [.. Values(source, item).Select(DescriptorWords.Clean).Where(text => text.Length > 0)];
            if (cleaned.Length > 0)
            {
                return Replacement.Text(item, cleaned);
            }

            return item.Tag == DicomTag.CodeMeaning && source.TextOf(DicomTag.CodeValue) is { Length: > 0 } value && !identity.AreIn(value)
                ? Replacement.Text(item, value)
                : Replacement.Of(item);
        }

        /// <summary>The item without the values that hold something of the object's identity; the others keep their places.</summary>
        private DicomItem? Checked(DicomDataset source, DicomItem item)
        {
            var values = Values(source, item);
            string[] kept = [.. values.Select(value => identity.AreIn(value) ? "" : value)];
            return kept.SequenceEqual(values, StringComparer.Ordinal) ? item
                : kept.All(value => value.Length == 0) ? Replacement.Empty(item)
                : Replacement.Text(item, kept);
        }

        /// <summary>Whether a value is a number, or one of several that is left empty.</summary>
        private static bool IsNumber(string value) => value.Length == 0 || NumberText.Decimal(value) is not null;

        private static string[] Values(DicomDataset source, DicomItem item) =>
            source.TryGetValues<string>(item.Tag, out var values) ? [.. values.Select(value => (value ?? "").Trim('\0', ' '))] : [];
    }
}
