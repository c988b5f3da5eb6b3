using System.Globalization;
using FellowOakDicom;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Study;

/// <summary>The sequence that a model reads is complete, or the study is refused with what is missing; another one is left out.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public void A_transfer_that_broke_off_inside_the_region_is_refused()
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Dixon(fat => fat with { Without = [4, 5] }), request: Ingest.FatModel);
        Assert.Contains("25 % of the region of interest lies outside T1_F (series 4): its 4 images leave 90 of about 120 voxels", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_that_broke_off_is_left_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[0] = series[0] with { Without = [0, 1] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_in was left out (SequenceIncomplete)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_region_drawn_on_the_torso_of_an_incomplete_sequence_is_refused_for_its_siblings()
    {
        var study = Dixon(fat => fat with { Without = [4, 5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("has 4 images, another series of the same acquisition 6", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_ends_beyond_the_region_is_whole()
    {
        var study = Dixon(fat => fat with { Without = [5] }) with { Segmentations = [new SegObject { Without = [4, 5] }] };
        var (_, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(90, sequences.Single(sequence => sequence.Name == "T1_F").Roi.CountInside());
    }

    [Theory]
    [InlineData(new[] { 1, 3, 5 }, "has 3 images, and another series of the same acquisition has 2 more between them")]
    [InlineData(new[] { 0, 2, 4 }, "has 3 images, and another series of the same acquisition has 2 more between them")]
    [InlineData(new[] { 1, 2, 4, 5 }, "has 2 images, and another series of the same acquisition has 2 more between them")]
    public void Slices_missing_at_regular_distances_are_told_by_the_siblings(int[] without, string expected)
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Dixon(fat => fat with { Without = without }), request: Ingest.FatModel);
        Assert.Contains($"T1_F (series 4) {expected}", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequence_without_every_second_slice_is_left_out_with_a_warning()
    {
        var series = TestStudy.Dixon.Series.ToArray();
        series[2] = series[2] with { Without = [1, 3, 5] };
        var (study, sequences) = Ingest.Read(TestStudy.Dixon with { Series = series }, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Contains(study.Warnings, warning => warning.StartsWith("T1_W was left out (SequenceIncomplete). T1_W (series 3) has 3 images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("thickness")]
    [InlineData("raster")]
    [InlineData("repetition time")]
    public void A_finer_series_of_another_acquisition_makes_none_incomplete(string difference)
    {
        var fine = Grids.Axial with { SpacingZ = 1.5, SizeZ = 12 };
        var other = TestStudy.Dixon.Series[0] with { Grid = fine };
        other = difference switch
        {
            "thickness" => other, // the builder's slices are as thick as they are apart
            "raster" => other with { Grid = fine with { Origin = fine.Origin + new Point3(0, 0, 0.7) }, Edit = Thickness("3") },
            _ => other with { RepetitionTime = 5, Edit = Thickness("3") },
        };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [other, TestStudy.Dixon.Series[3]] }, request: Ingest.FatModel);
        Assert.Equal(6, sequences.Single(sequence => sequence.Name == "T1_F").Volume.Geometry.SizeZ);
    }

    [Theory]
    [InlineData("3", "3", null, false)]
    [InlineData("3", "3.3", "2D", false)]
    [InlineData("3", "2", "3D", false)]
    [InlineData(null, "3", "3D", false)]
    [InlineData("0", "3", "3D", false)]
    [InlineData("3", "3", null, true)]
    public void Where_all_series_lost_every_second_slice_the_headers_tell(string? between, string thickness, string? type, bool enhanced)
    {
        var study = Spaced([1, 3, 5], between, thickness, type, enhanced);
        var refusal = Ingest.Refused("SliceMissing", study, request: Ingest.FatModel);
        Assert.Contains("lie 6 mm apart, and its headers state 3 mm: 2 of 5 slices are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void So_they_do_where_more_are_lost() => Assert.Contains(
        "lie 9 mm apart, and its headers state 3 mm: 2 of 4 slices are missing",
        Ingest.Refused("SliceMissing", Spaced([1, 2, 4, 5], "3", "3", null, false), request: Ingest.FatModel).Detail,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("3", "6")] // overlapping slices
    [InlineData("1", "2")] // the gap in place of the distance
    [InlineData("1.5", "1.8")] // the same, of a gap nearly as wide as the slices
    [InlineData(null, "1.5")] // a gap as wide as the slices, which nobody states
    [InlineData("2", "2")] // no multiple
    public void Headers_that_state_a_gap_or_an_overlap_accuse_no_series(string? between, string thickness)
    {
        var (_, sequences) = Ingest.Read(Spaced([], between, thickness, "2D", false), request: Ingest.FatModel);
        Assert.Equal(4, sequences.Count);
    }

    [Theory]
    [InlineData("position", 5)]
    [InlineData("position", 2)]
    [InlineData("rows", 5)]
    [InlineData("rows", 2)]
    public void Images_that_cannot_be_placed_are_missing_images(string lost, int faulty)
    {
        var study = Dixon(fat => fat with
        {
            Edit = (slice, k) =>
            {
                if (k == faulty)
                {
                    slice.Remove(lost == "rows" ? DicomTag.Rows : DicomTag.ImagePositionPatient);
                }
            },
        });
        var refusal = Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel);
        Assert.Contains("1 of the 6 images of T1_F (series 4) can't be used", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_W (series 1) can't be used")]
    [InlineData(true, "1 of the 6 images of T1_W (series 1) can't be used")]
    public void Images_of_another_kind_in_the_same_series_may_lack_their_place(bool enhanced, string expected)
    {
        var (study, sequences) = Ingest.Read(InOneSeries("WATER", enhanced), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(6, sequences[0].Volume.Geometry.SizeZ);
        Assert.Contains(study.Warnings, warning => warning.StartsWith($"T1_W was left out (SequenceIncomplete). {expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "2 of the 6 images of T1_F (series 1) can't be used")]
    [InlineData(true, "1 of the 6 images of T1_F (series 1) can't be used")]
    public void Images_of_the_same_kind_in_the_same_series_may_not(bool enhanced, string expected) =>
        Assert.Contains(expected, Ingest.Refused("SequenceIncomplete", InOneSeries("FAT", enhanced), request: Ingest.FatModel).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("none")]
    [InlineData("text")]
    public void A_frame_of_another_kind_without_a_place_leaves_the_frames_of_the_models_kind(string position)
    {
        var (study, sequences) = Ingest.Read(InOneObject(("WATER", 1.23), position), request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_in", "T1_opp"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(6, sequences[0].Volume.Geometry.SizeZ);
        Assert.Equal(Ingest.Read(TestStudy.Dixon).Sequences.Single(sequence => sequence.Name == "T1_F").Volume.Voxels, sequences[0].Volume.Voxels);
        Assert.Contains(study.Warnings, warning => warning.StartsWith("Left out: 1 images whose headers give no position", StringComparison.Ordinal));
        Assert.Contains(
            study.Warnings,
            warning => warning.StartsWith(position == "text" ? "T1_W was left out (AttributeUnreadable)" : "T1_W was left out (SequenceIncomplete)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "SequenceIncomplete", "1 of the 6 images of T1_F")]
    [InlineData("text", "AttributeUnreadable", "ImagePositionPatient can't be read as a number (PS3.5 6.2): in 1 of the 6 images of T1_F")]
    public void A_frame_of_the_models_kind_without_a_place_is_a_missing_image(string position, string code, string expected) =>
        Assert.Contains(expected, Ingest.Refused(code, InOneObject(("FAT", 1.23), position), request: Ingest.FatModel).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_frame_of_another_echo_without_a_place_leaves_the_models_echo() =>
        Assert.Equal(6, Ingest.Read(InOneObject(("FAT", 4.9), "none"), request: Ingest.FatModel).Sequences.Single(sequence => sequence.Name == "T1_F").Volume.Geometry.SizeZ);

    [Theory]
    [InlineData("ImagesInAcquisition")]
    [InlineData("NumberOfSeriesRelatedInstances")]
    public void A_stated_number_of_images_is_compared(string keyword)
    {
        var refusal = Ingest.Refused("SequenceIncomplete", Dixon(fat => fat with { Without = [5], Edit = States(keyword, 6) }), request: Ingest.FatModel);
        Assert.Contains("1 of 6 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_number_of_images_is_compared_where_all_series_of_the_acquisition_are_short()
    {
        var series = TestStudy.Dixon.Series.Select(one => one with { Grid = Grids.Axial with { SizeZ = 15 }, Edit = States("ImagesInAcquisition", 24) });
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.Dixon with { Series = [.. series] }, request: Ingest.FatModel);
        Assert.Contains("9 of 24 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_one_acquisition_may_be_spread_over_several_series()
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Select(series => series with { Edit = States("ImagesInAcquisition", 24) })] };
        Assert.Equal(4, Ingest.Read(study, request: Ingest.FatModel).Sequences.Count);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(12)]
    [InlineData(18)]
    public void Series_of_one_acquisition_that_were_not_sent_are_but_a_warning(int stated)
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Skip(3).Select(series => series with { Edit = States("ImagesInAcquisition", stated) })] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(6, Assert.Single(sequences).Volume.Geometry.SizeZ);
        Assert.Contains(
            $"T1_F (series 4): its headers state {stated} images in the acquisition, and the upload has 6; they were taken to be of other series.", read.Warnings);
    }

    [Fact]
    public void Two_of_four_contrasts_of_one_acquisition_are_whole()
    {
        var study = TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Skip(2).Select(series => series with { Edit = States("ImagesInAcquisition", 24) })] };
        var (read, sequences) = Ingest.Read(study, request: Ingest.FatModel);
        Assert.Equal(["T1_F", "T1_W"], sequences.Select(sequence => sequence.Name));
        Assert.Equal(2, read.Warnings.Count(warning => warning.Contains("state 24 images in the acquisition, and the upload has 12;", StringComparison.Ordinal)));
    }

    [Fact]
    public void Half_of_a_series_is_missing_where_another_of_its_acquisition_has_all_that_is_stated()
    {
        var series = TestStudy.Dixon.Series.Select((one, n) => one with { Grid = Grids.Axial with { SizeZ = n == 3 ? 6 : 12 }, Edit = States("ImagesInAcquisition", 12) });
        var refusal = Ingest.Refused("SequenceIncomplete", TestStudy.Dixon with { Series = [.. series] }, request: Ingest.FatModel);
        Assert.Contains("6 of 12 images of T1_F (series 4) are missing", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_half_that_the_region_reaches_is_missing_though_it_may_be_another_contrast()
    {
        var study = Dixon(fat => fat with { Without = [3, 4, 5], Edit = States("ImagesInAcquisition", 6) });
        var alone = study with { Series = [study.Series[3]] };
        Assert.Contains("50 % of the region", Ingest.Refused("SequenceIncomplete", alone, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, null)]
    [InlineData(14, "2 of 14 images of T1_F (series 4) are missing: its headers state 14, the upload has 12")]
    public void An_archives_count_includes_copies_under_new_uids(int stated, string? missing)
    {
        var fat = TestStudy.Dixon.Series[3] with { Edit = States("NumberOfSeriesRelatedInstances", stated) };
        var again = fat with
        {
            Number = 14,
            Edit = (slice, k) =>
            {
                fat.Edit(slice, k);
                slice.AddOrUpdate(DicomTag.SeriesInstanceUID, fat.SeriesUid).AddOrUpdate(DicomTag.SeriesNumber, "4");
            },
        };
        var study = TestStudy.Dixon with { Series = [fat, again] };
        if (missing is not null)
        {
            Assert.Contains(missing, Ingest.Refused("SequenceIncomplete", study, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(6, Assert.Single(Ingest.Read(study, request: Ingest.FatModel).Sequences).Volume.Geometry.SizeZ);
    }

    [Fact]
    public void The_same_files_sent_twice_are_not_counted_twice()
    {
        var study = Dixon(fat => fat with { Without = [5], Edit = States("NumberOfSeriesRelatedInstances", 10) });
        var copies = study with { Extra = [.. study.Files().Select(file => ($"copy/{file.Name}", file.Content))] };
        Assert.Contains("5 of 10 images of T1_F", Ingest.Refused("SequenceIncomplete", copies, request: Ingest.FatModel).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_states_more_objects_than_came_is_but_a_warning()
    {
        var (study, _) = Ingest.Read(Dixon(fat => fat with { Edit = States("NumberOfStudyRelatedInstances", 300) }), request: Ingest.FatModel);
        Assert.Contains("The headers state 300 objects in the study, and the upload has 25.", study.Warnings);
    }

    [Fact]
    public void A_region_drawn_on_another_grid_may_round_beyond_the_outer_slices()
    {
        var coarse = Grids.Axial with { SpacingZ = 6, SizeZ = 4, Origin = Grids.Axial.Origin + new Point3(0, 0, -2.5) };
        var study = TestStudy.Dixon with { Segmentations = [new SegObject { Grid = coarse, Inside = (i, j, k) => i is >= 3 and < 9 && j is >= 2 and < 7 && k < 3 }] };
        Assert.Contains(Ingest.Read(study, request: Ingest.FatModel).Sequences, sequence => sequence.Name == "T1_F");
    }

    [Fact]
    public void Slice_thickness_and_gap_are_facts_of_the_manifest()
    {
        var thin = new MrSeries { ImageType = ["DERIVED", "PRIMARY", "FAT"], Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SliceThickness, "2.5") };
        var (_, sequences) = Ingest.Read(TestStudy.Dixon with { Series = [thin] });
        var stored = ManifestSequence.Create(Assert.Single(sequences), new StoredFile("a", "b"), new StoredFile("c", "d"));
        Assert.Equal((2.5, 0.5), (stored.SliceThickness, stored.SliceGap));
    }

    [Fact]
    public void A_gap_that_rounds_to_nothing_is_0_and_not_minus_0() =>
        Assert.Equal("0", $"{ManifestGeometry.SliceGapOf(Grids.Axial with { SpacingZ = 2.99999 }, 3)}");

    /// <summary>
    /// The Dixon images of all kinds as one series, as Philips has them: single slices, or two multi-frame objects of each kind. Of one kind the images of the
    /// middle, or one frame of the first object, have no place.
    /// </summary>
    private static TestStudy InOneSeries(string placeless, bool enhanced)
    {
        var objects = TestStudy.Dixon.Series.SelectMany(kind =>
        {
            var slices = (kind with { Edit = (slice, _) => slice.AddOrUpdate(DicomTag.SeriesInstanceUID, TestStudy.Uid("2.1")).AddOrUpdate(DicomTag.SeriesNumber, "1") })
                .Build(TestStudy.Dixon)
                .ToArray();
            DicomDataset[] built = enhanced ? [EnhancedObject.Of(slices[..3]), EnhancedObject.Of(slices[3..])] : slices;
            if (kind.ImageType.Contains(placeless) && enhanced)
            {
                built[0].GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[1].Remove(DicomTag.PlanePositionSequence);
            }
            else if (kind.ImageType.Contains(placeless))
            {
                Array.ForEach(built[2..4], slice => slice.Remove(DicomTag.ImagePositionPatient));
            }

            return built;
        });
        return TestStudy.Dixon with { Series = [], Extra = [.. objects.Select((one, n) => ($"{n}.dcm", TestStudy.Bytes(one)))] };
    }

    /// <summary>
    /// The Dixon images of all kinds as frames of one object, told by their FrameType. One frame of a kind and echo time has no position, or one that is no
    /// number: the third of six where the study has that kind at that echo time, one more where it has not.
    /// </summary>
    private static TestStudy InOneObject((string Kind, double EchoTime) placeless, string position)
    {
        var slices = TestStudy.Dixon.Series.SelectMany(kind => kind.Build(TestStudy.Dixon).Select(slice => (Slice: slice, Kind: kind.ImageType, EchoTime: kind.EchoTime!.Value))).ToList();
        var index = slices.FindIndex(one => one.Kind.Contains(placeless.Kind) && one.EchoTime == placeless.EchoTime) + 2;
        if (index < 2)
        {
            index = slices.Count;
            slices.Add((slices[^1].Slice, slices.First(one => one.Kind.Contains(placeless.Kind)).Kind, placeless.EchoTime));
        }

        slices.Reverse(); // as the object does
        index = slices.Count - 1 - index;
        var whole = EnhancedObject.Of([.. slices.Select(one => one.Slice).Reverse()]);
        whole.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].Remove(DicomTag.MREchoSequence);
        var frames = whole.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items;
        for (var n = 0; n < frames.Count; n++)
        {
            frames[n].Add(new DicomSequence(DicomTag.MRImageFrameTypeSequence, new DicomDataset { { DicomTag.FrameType, slices[n].Kind } }));
            frames[n].Add(new DicomSequence(DicomTag.MREchoSequence, new DicomDataset { { DicomTag.EffectiveEchoTime, slices[n].EchoTime } }));
        }

        frames[index].Remove(DicomTag.PlanePositionSequence);
        if (position == "text")
        {
            var place = new DicomDataset().NotValidated();
            place.Add(RawText.Decimal(DicomTag.ImagePositionPatient, "-10\\-20\\36,0"));
            frames[index].Add(new DicomSequence(DicomTag.PlanePositionSequence, place));
        }

        return TestStudy.Dixon with { Series = [], Extra = [("all.dcm", TestStudy.Bytes(whole))] };
    }

    /// <summary>The study without some slices of each series, whose headers state distance and thickness of slices; of enhanced objects in their frames.</summary>
    private static TestStudy Spaced(int[] without, string? between, string thickness, string? type, bool enhanced)
    {
        var series = TestStudy.Dixon.Series.Select(one => one with
        {
            Without = without,
            Edit = (slice, _) =>
            {
                Thickness(thickness)(slice, 0);
                if (type is not null)
                {
                    slice.Add(DicomTag.MRAcquisitionType, type);
                }

                if (between is not null)
                {
                    slice.Add(DicomTag.SpacingBetweenSlices, between);
                }
            },
        }).ToArray();
        return !enhanced ? TestStudy.Dixon with { Series = series } : TestStudy.Dixon with
        {
            Series = [],
            Extra =
            [
                .. series.Select(one =>
                {
                    var whole = EnhancedObject.Of([.. one.Build(TestStudy.Dixon)]);
                    var measures = whole.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].GetSequence(DicomTag.PixelMeasuresSequence).Items[0];
                    measures.Add(DicomTag.SpacingBetweenSlices, between!).Add(DicomTag.SliceThickness, thickness);
                    whole.Remove(DicomTag.SpacingBetweenSlices, DicomTag.SliceThickness);
                    return ($"{one.Number}.dcm", TestStudy.Bytes(whole));
                }),
            ],
        };
    }

    private static Action<DicomDataset, int> Thickness(string text) => (slice, _) => slice.AddOrUpdate(DicomTag.SliceThickness, text);

    private static Action<DicomDataset, int> States(string keyword, int count) => (slice, _) =>
        slice.Add(
            keyword switch
            {
                "ImagesInAcquisition" => DicomTag.ImagesInAcquisition,
                "NumberOfSeriesRelatedInstances" => DicomTag.NumberOfSeriesRelatedInstances,
                _ => DicomTag.NumberOfStudyRelatedInstances,
            },
            count.ToString(CultureInfo.InvariantCulture));

    private static TestStudy Dixon(Func<MrSeries, MrSeries> change) =>
        TestStudy.Dixon with { Series = [.. TestStudy.Dixon.Series.Take(3), change(TestStudy.Dixon.Series[3])] };
}
