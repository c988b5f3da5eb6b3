using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

public sealed class BurnedInTests
{
    [Fact]
    public void Images_with_burned_in_annotation_of_another_sequence_are_left_out_by_name()
    {
        var (study, sequences) = Ingest.Read(With(2, (_, _) => true), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.Contains("BurnedInAnnotation YES", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_study_whose_models_sequence_has_some_or_only_such_images_is_refused(bool all)
    {
        var refusal = Ingest.Refused("BurnedInAnnotation", With(3, (_, k) => all || k == 2), request: Ingest.FatModel);
        Assert.Contains(all ? "6 images of T1_F" : "1 images of T1_F", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_nothing_else_is_refused_for_them()
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Select(series => series with { Edit = (slice, _) => slice.Add(DicomTag.BurnedInAnnotation, "YES") })] };
        Ingest.Refused("BurnedInAnnotation", study);
    }

    [Fact]
    public void An_annotated_copy_of_the_models_sequence_beside_it_is_left_out()
    {
        var copy = TestStudy.Dixon.Series[3] with { Number = 5, Edit = (slice, _) => slice.Add(DicomTag.BurnedInAnnotation, "YES") };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series, copy] }, request: Ingest.FatModel);
        Assert.Contains(sequences, sequence => sequence.Name == "T1_F");
    }

    private static TestStudy With(int series, Func<DicomDataset, int, bool> which) => TestStudy.Dixon with
    {
        Series = [.. TestStudy.Dixon.Series.Select((one, n) => n != series ? one : one with
        {
            Edit = (slice, k) =>
            {
                if (which(slice, k))
                {
                    slice.Add(DicomTag.BurnedInAnnotation, "YES");
                }
            },
        })],
    };
}
