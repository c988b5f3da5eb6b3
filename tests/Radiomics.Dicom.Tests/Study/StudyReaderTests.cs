using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Study;

public sealed class StudyReaderTests
{
    [Fact]
    public void A_dixon_study_gives_four_sequences_with_the_roi_on_each()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(study.SequenceNames, sequences.Select(sequence => sequence.Name));
        Assert.Equal("3.0T", study.FieldStrength);
        Assert.Equal("T1_F", study.RequiredSequence);
        Assert.Empty(study.Warnings);
        Assert.All(sequences, sequence =>
        {
            Assert.True(sequence.Volume.Geometry.IsSameGridAs(Grids.Axial));
            Assert.Equal(6 * 5 * 4, sequence.Roi.CountInside());
            Assert.Equal(6 * 5 * 4 * 9 / 1000.0, sequence.RoiVolumeMl, 6);
            Assert.Equal("SEG", sequence.RoiSource);
        });
    }

    [Fact]
    public void Voxels_are_stored_values_in_their_places()
    {
        var series = new MrSeries();
        var sequence = Ingest.ReadOne(TestStudy.Dixon with { Series = [series] });
        var grid = sequence.Volume.Geometry;
        for (var n = 0; n < grid.Count; n++)
        {
            Assert.Equal(series.Stored(n % grid.SizeX, n / grid.SizeX % grid.SizeY, n / grid.SizeX / grid.SizeY), sequence.Volume.Voxels[n]);
        }
    }

    [Theory]
    [InlineData(16, 12, false, 5, 5)]
    [InlineData(16, 16, false, 65535, 65535)]
    [InlineData(16, 16, true, -3, -3)]
    [InlineData(16, 12, true, -2048, -2048)]
    [InlineData(8, 8, false, 200, 200)]
    [InlineData(8, 8, true, -100, -100)]
    public void Every_kind_of_integer_is_read(int allocated, int bits, bool signed, int stored, float expected)
    {
        var series = new MrSeries { BitsAllocated = allocated, BitsStored = bits, Signed = signed, Stored = (_, _, _) => stored };
        Assert.All(Ingest.ReadOne(TestStudy.Dixon with { Series = [series] }).Volume.Voxels, voxel => Assert.Equal(expected, voxel));
    }

    [Fact]
    public void Slope_and_intercept_belong_to_each_slice()
    {
        var series = new MrSeries
        {
            Stored = (_, _, _) => 10,
            Intercept = -3,
            Edit = (slice, k) => slice.AddOrUpdate(DicomTag.RescaleSlope, (k + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        var volume = Ingest.ReadOne(TestStudy.Dixon with { Series = [series] }).Volume;
        var area = volume.Geometry.SizeX * volume.Geometry.SizeY;
        Assert.Equal([7, 17, 27, 37, 47, 57], Enumerable.Range(0, 6).Select(k => volume.Voxels[k * area]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_study_of_any_orientation_keeps_its_grid_and_its_roi(bool sagittal)
    {
        var grid = sagittal ? Grids.Sagittal : Grids.Oblique;
        var sequence = Ingest.ReadOne(TestStudy.Dixon with
        {
            Series = [new MrSeries { Grid = grid }],
            Segmentations = [new SegObject { Grid = grid, Reversed = true }],
        });
        Assert.True(sequence.Volume.Geometry.IsSameGridAs(grid));
        Assert.Equal(6 * 5 * 4, sequence.Roi.CountInside());
        Assert.Equal(1, sequence.Roi.Voxels[((1 * grid.SizeY) + 2) * grid.SizeX + 3]);
    }

    [Fact]
    public void Both_echoes_of_one_series_become_two_sequences()
    {
        var first = new MrSeries { Number = 1, EchoTime = 1.15 };
        var second = new MrSeries
        {
            Number = 2,
            EchoTime = 2.3,
            Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, first.SeriesUid),
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [first, second] });
        Assert.Equal(["T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal([2.3, 1.15], sequences.Select(sequence => sequence.Acquisition.EchoTime ?? 0));
    }

    [Fact]
    public void Phases_of_a_dynamic_series_are_told_apart_by_their_number()
    {
        MrSeries Phase(int number) => new()
        {
            Number = number,
            Stored = (_, _, _) => number,
            Edit = (slice, _) =>
            {
                slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1"));
                slice.AddOrUpdate(DicomTag.AcquisitionNumber, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            },
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [Phase(1), Phase(2)] }, Ingest.Research with { Sequences = [] });
        Assert.Equal(["MR_1", "MR_1_2"], sequences.Select(sequence => sequence.Name));
        Assert.Equal([1f, 2f], sequences.Select(sequence => sequence.Volume.Voxels[0]));
    }

    /// <summary>With none of the marks that phases have.</summary>
    [Theory]
    [InlineData("DiffusionBValue")]
    [InlineData("EchoTime")]
    [InlineData("ImageType")]
    [InlineData("ComplexImageComponent")]
    public void Images_of_the_same_places_in_one_series_are_told_apart(string by)
    {
        MrSeries Repeat(int number) => new()
        {
            Number = number,
            Stored = (_, _, _) => number,
            Edit = (slice, k) =>
            {
                slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1"));
                _ = by switch
                {
                    "DiffusionBValue" => slice.Add(DicomTag.DiffusionBValue, 50.0 * (number - 1)),
                    "EchoTime" => slice.AddOrUpdate(DicomTag.EchoTime, number == 1 ? "1.2" : "1.23"),
                    "ImageType" => slice.AddOrUpdate(DicomTag.ImageType, number == 1 ? "ORIGINAL" : "DERIVED", "PRIMARY", "M", "ND"),
                    _ => slice.Add(DicomTag.ComplexImageComponent, number == 1 ? "MAGNITUDE" : "REAL"),
                };
            },
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [Repeat(1), Repeat(2)] }, Ingest.Research with { Sequences = [] });
        Assert.Equal(["MR_1", "MR_1_2"], sequences.Select(sequence => sequence.Name));
        Assert.Equal([1f, 2f], sequences.Select(sequence => Assert.Single(sequence.Volume.Voxels.Distinct())));
    }

    [Fact]
    public void Localizers_and_secondary_images_are_left_out_but_derived_ones_are_not()
    {
        var study = TestStudy.Dixon with
        {
            Series =
            [
                .. TestStudy.Dixon.Series,
                new MrSeries { Number = 5, ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"] },
                new MrSeries { Number = 6, ImageType = ["DERIVED", "SECONDARY", "REFORMATTED"] },
                new MrSeries { Number = 7, ImageType = ["DERIVED", "PRIMARY", "AXIAL"], ScanningSequence = null, FieldStrength = null },
            ],
        };
        var (read, sequences) = Ingest.Read(study, Ingest.Research);
        Assert.Equal(["MR_7", "T1_F", "T1_W", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(2, read.Warnings.Count);
    }

    [Fact]
    public void Of_two_series_of_one_name_the_original_is_taken_with_a_warning()
    {
        var study = TestStudy.Dixon with
        {
            Series =
            [
                new MrSeries { Number = 1, ImageType = ["DERIVED", "PRIMARY", "DIXON", "FAT"], Stored = (_, _, _) => 1 },
                new MrSeries { Number = 2, ImageType = ["ORIGINAL", "PRIMARY", "DIXON", "FAT"], Stored = (_, _, _) => 2 },
            ],
        };
        var (read, sequences) = Ingest.Read(study);
        Assert.Equal(2, Assert.Single(sequences).Volume.Voxels[0]);
        Assert.Contains(read.Warnings, warning => warning.Contains("2 series fit T1_F", StringComparison.Ordinal));
    }

    [Fact]
    public void Gauss_and_tesla_are_told_apart()
    {
        var (study, _) = Ingest.Read(TestStudy.Dixon with { Series = [new MrSeries { ImageType = ["DERIVED", "PRIMARY", "FAT"], FieldStrength = 15000 }] });
        Assert.Equal("1.5T", study.FieldStrength);
        Assert.Equal(1.5, study.MagneticFieldStrength);
    }

    [Fact]
    public void A_study_without_field_strength_can_be_read_where_no_model_is_chosen()
    {
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [new MrSeries { FieldStrength = null }] }, Ingest.Research);
        Assert.Null(study.FieldStrength);
        Assert.Equal("MR_1", Assert.Single(sequences).Name);
    }

    [Fact]
    public void Reading_the_sequences_again_gives_the_same()
    {
        using var source = new ZipStudySource(TestStudy.Dixon.Zip());
        var study = StudyReader.Read(source, Ingest.Rules, Ingest.Key, new IngestRequest());
        Assert.Equal(study.Sequences.First().Volume.Voxels, study.Sequences.First().Volume.Voxels);
    }
}
