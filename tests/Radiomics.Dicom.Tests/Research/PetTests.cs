using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Research;

/// <summary>PET in SUV by body weight, by QIBA's vendor-neutral rules. Every slice has a slope of its own, as scanners write them.</summary>
public sealed class PetTests
{
    private const double Dose = 350e6;
    private const double Weight = 70;
    private const double HalfLife = 6586.2;

    /// <summary>One half-life after the injection at 10:00, to the second.</summary>
    private const string Start = "114946.2";

    [Fact]
    public void Activity_becomes_SUV_by_weight_and_the_dose_that_is_left_when_the_series_starts() =>
        AssertFactor(1000 * Weight / (Dose / 2), (_, _) => { });

    [Fact]
    public void A_start_without_a_date_may_be_of_the_evening_before() => AssertFactor(1000 * Weight / (Dose / 2), (dataset, _) =>
    {
        Times(dataset, "20240503", "003000");
        Drug(dataset).Remove(DicomTag.RadiopharmaceuticalStartDateTime);
        Drug(dataset).AddOrUpdate(DicomTag.RadiopharmaceuticalStartTime, "224013.8");
    });

    [Fact]
    public void A_dose_corrected_to_when_it_was_given_has_not_decayed() =>
        AssertFactor(1000 * Weight / Dose, (dataset, _) => dataset.AddOrUpdate(DicomTag.DecayCorrection, "ADMIN"));

    [Fact]
    public void Of_a_series_made_later_the_scan_s_start_is_told_by_frame_reference_time()
    {
        // A frame of 600 s from the scan's start on: its average count rate is the momentary one 295.3… s after it began.
        var decay = Math.Log(2) / HalfLife;
        var average = Math.Log(decay * 600 / (1 - Math.Exp(-decay * 600))) / decay;
        AssertFactor(1000 * Weight / (Dose / 2), (dataset, _) =>
        {
            Times(dataset, "20240503", Start);
            dataset.AddOrUpdate(DicomTag.SeriesTime, "180000");
            dataset.AddOrUpdate(DicomTag.FrameReferenceTime, (average * 1000).ToString("F6", CultureInfo.InvariantCulture));
            dataset.AddOrUpdate(DicomTag.ActualFrameDuration, "600000");
        });
    }

    [Fact]
    public void Or_by_what_GE_says_of_it() => AssertFactor(1000 * Weight / (Dose / 2), (dataset, _) =>
    {
        dataset.AddOrUpdate(DicomTag.SeriesTime, "180000");
        var creator = new DicomPrivateCreator("GEMS_PETD_01");
        dataset.Add(new DicomDateTime(new DicomTag(0x0009, 0x000D, creator), "20240503" + Start));
    });

    [Fact]
    public void SUV_stays_as_it_is_and_other_kinds_of_it_are_refused()
    {
        AssertFactor(1, (dataset, _) => dataset.AddOrUpdate(DicomTag.Units, "GML"));
        AssertRefused("SUVType LBM", (dataset, _) =>
        {
            dataset.AddOrUpdate(DicomTag.Units, "GML");
            dataset.AddOrUpdate(DicomTag.SUVType, "LBM");
        });
    }

    [Fact]
    public void Counts_take_the_factors_of_Philips_and_are_refused_without()
    {
        AssertFactor(0.0005, (dataset, _) => Counts(dataset, 0x00, "0.0005"));
        AssertFactor(3 * 1000 * Weight / (Dose / 2), (dataset, _) => Counts(dataset, 0x09, "3.0"));
        AssertRefused("7053,1009", (dataset, _) => dataset.AddOrUpdate(DicomTag.Units, "CNTS"));

        static void Counts(DicomDataset dataset, byte element, string value)
        {
            dataset.AddOrUpdate(DicomTag.Units, "CNTS");
            var creator = new DicomPrivateCreator("Philips PET Private Group");
            dataset.Add(new DicomLongString(new DicomTag(0x7053, 0x0010), creator.Creator));
            dataset.Add(new DicomDecimalString(new DicomTag(0x7053, (ushort)(0x1000 | element), creator), value));
        }
    }

    [Theory]
    [InlineData("PatientWeight is missing")]
    [InlineData("RadionuclideTotalDose is missing")]
    [InlineData("RadionuclideHalfLife is missing")]
    [InlineData("RadiopharmaceuticalStartDateTime is missing")]
    [InlineData("DecayCorrection is missing")]
    [InlineData("Units is missing")]
    [InlineData("AcquisitionDate or AcquisitionTime is missing")]
    [InlineData("ATTN")]
    [InlineData("may be in MBq")]
    [InlineData("DecayCorrection NONE")]
    [InlineData("PROPCPS")]
    [InlineData("after the scan")]
    [InlineData("differ in weight")]
    public void What_is_missing_or_can_not_be_is_refused_by_name(string sentence) => AssertRefused(sentence, (dataset, k) =>
    {
        switch (sentence)
        {
            case "PatientWeight is missing": dataset.Remove(DicomTag.PatientWeight); break;
            case "RadionuclideTotalDose is missing": Drug(dataset).Remove(DicomTag.RadionuclideTotalDose); break;
            case "RadionuclideHalfLife is missing": Drug(dataset).Remove(DicomTag.RadionuclideHalfLife); break;
            case "RadiopharmaceuticalStartDateTime is missing": Drug(dataset).Remove(DicomTag.RadiopharmaceuticalStartDateTime); break;
            case "DecayCorrection is missing": dataset.Remove(DicomTag.DecayCorrection); break;
            case "Units is missing": dataset.Remove(DicomTag.Units); break;
            case "AcquisitionDate or AcquisitionTime is missing": dataset.Remove(DicomTag.AcquisitionTime); break;
            case "ATTN": dataset.AddOrUpdate(DicomTag.CorrectedImage, "DECY"); break;
            case "may be in MBq": Drug(dataset).AddOrUpdate(DicomTag.RadionuclideTotalDose, "350"); break;
            case "DecayCorrection NONE": dataset.AddOrUpdate(DicomTag.DecayCorrection, "NONE"); break;
            case "PROPCPS": dataset.AddOrUpdate(DicomTag.Units, "PROPCPS"); break;
            case "after the scan": Drug(dataset).AddOrUpdate(DicomTag.RadiopharmaceuticalStartDateTime, "20250101100000"); break;
            default: dataset.AddOrUpdate(DicomTag.PatientWeight, k == 0 ? "70" : "71"); break;
        }
    });

    [Fact]
    public void Without_SUV_values_are_as_stored()
    {
        var (_, sequences) = Ingest.Read(Study((dataset, _) => dataset.Remove(DicomTag.PatientWeight)), ResearchRules.Pet with { Pet = PetQuantity.AsStored });
        Assert.Equal(5, sequences[0].Volume[10], 1e-6);
    }

    private static void AssertFactor(double factor, Action<DicomDataset, int> edit)
    {
        var (_, sequences) = Ingest.Read(Study(edit), ResearchRules.Pet);
        var sequence = Assert.Single(sequences);
        Assert.Equal("PT_3", sequence.Name);
        var g = sequence.Volume.Geometry;
        foreach (var k in (ReadOnlySpan<int>)[0, g.SizeZ - 1])
        {
            // Stored is i + 10·j + 100·k, and slice k's slope 0.5 + k.
            var expected = (1 + 100 * k) * (0.5 + k) * factor;
            Assert.Equal(expected, sequence.Volume[k * g.SizeX * g.SizeY + 1], 1e-5 * expected);
        }
    }

    private static void AssertRefused(string sentence, Action<DicomDataset, int> edit)
    {
        var refusal = Ingest.Refused("QuantityUnknown", Study(edit), ResearchRules.Pet);
        Assert.Contains(sentence, refusal.Detail);
        Assert.StartsWith("PT_3: SUV can't be computed", refusal.Detail);
    }

    private static TestStudy Study(Action<DicomDataset, int> edit) => ResearchRules.Study(DicomUID.PositronEmissionTomographyImageStorage, "PT", (dataset, k) =>
    {
        dataset.AddOrUpdate(DicomTag.RescaleSlope, (0.5 + k).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.Units, "BQML");
        dataset.AddOrUpdate(DicomTag.DecayCorrection, "START");
        dataset.AddOrUpdate(DicomTag.CorrectedImage, "ATTN", "DECY", "SCAT");
        dataset.AddOrUpdate(DicomTag.PatientWeight, "70");
        Times(dataset, "20240503", Start);
        dataset.AddOrUpdate(new DicomSequence(DicomTag.RadiopharmaceuticalInformationSequence, new DicomDataset
        {
            { DicomTag.RadionuclideTotalDose, "350000000" },
            { DicomTag.RadionuclideHalfLife, "6586.2" },
            { DicomTag.RadiopharmaceuticalStartDateTime, "20240503100000" },
        }));
        edit(dataset, k);
    });

    private static void Times(DicomDataset dataset, string date, string time)
    {
        dataset.AddOrUpdate(DicomTag.SeriesDate, date);
        dataset.AddOrUpdate(DicomTag.SeriesTime, time);
        dataset.AddOrUpdate(DicomTag.AcquisitionDate, date);
        dataset.AddOrUpdate(DicomTag.AcquisitionTime, time);
    }

    private static DicomDataset Drug(DicomDataset dataset) => dataset.GetSequence(DicomTag.RadiopharmaceuticalInformationSequence).Items[0];
}
