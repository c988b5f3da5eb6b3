using Azure.Storage.Blobs.Models;
using Microsoft.Playwright;
using Radiomics.Extraction;
using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>The images of a study, by their pixels.</summary>
[Collection(nameof(OpenCollection))]
public sealed class ViewerTests(OpenService service, Chromium chromium)
{
    // Of the region in the viewer.
    private static readonly (byte R, byte G, byte B) s_cyan = (0, 224, 255);

    [Fact]
    public async Task The_region_is_outlined_where_the_stored_mask_is()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await OpenAsync(study.Id);
        var page = visit.Page;
        await ShowAsync(page, "layout", "axial");
        var (roi, size, slice) = await RoiAsync(study, study.Model!.Sequence, page);

        var with = await Picture.OfAsync(page.Canvas());
        await page.Locator("[data-tool=outline]").UncheckAsync();
        var without = await Picture.OfAsync(page.Canvas());

        var changed = with.Differing(without);
        Assert.NotEmpty(changed);
        // But for those of its corners that are between it and what is beside it.
        Assert.True(changed.Count(pixel => IsCyan(with[pixel.X, pixel.Y])) > 0.95 * changed.Count);
        Assert.All(changed, pixel => Assert.True(with[pixel.X, pixel.Y] is var colour && colour.Blue >= colour.Green && colour.Green > colour.Red, $"{pixel} is {with[pixel.X, pixel.Y]}"));
        // The slice fills the canvas as far as its form allows; x runs to the patient's left, y to the back.
        var scale = Math.Min(with.Width / (double)size.X, with.Height / (double)size.Y);
        var (left, top) = ((with.Width - (size.X * scale)) / 2, (with.Height - (size.Y * scale)) / 2);
        var inside = Enumerable.Range(0, size.X * size.Y).Where(i => roi[(slice * size.X * size.Y) + i] != 0).Select(i => (X: i % size.X, Y: i / size.X)).ToList();
        var box = Picture.Box(changed);
        Assert.InRange(box.Left, left + (inside.Min(v => v.X) * scale) - scale, left + (inside.Min(v => v.X) * scale) + scale);
        Assert.InRange(box.Right, left + ((inside.Max(v => v.X) + 1) * scale) - scale, left + ((inside.Max(v => v.X) + 1) * scale) + scale);
        Assert.InRange(box.Top, top + (inside.Min(v => v.Y) * scale) - scale, top + (inside.Min(v => v.Y) * scale) + scale);
        Assert.InRange(box.Bottom, top + ((inside.Max(v => v.Y) + 1) * scale) - scale, top + ((inside.Max(v => v.Y) + 1) * scale) + scale);
        // Each of its pixels lies on the border of the mask.
        Assert.All(changed, pixel =>
        {
            var (x, y) = ((pixel.X - left) / scale, (pixel.Y - top) / scale);
            Assert.True(
                inside.Any(v => Math.Abs(v.X + 0.5 - x) <= 1.5 && Math.Abs(v.Y + 0.5 - y) <= 1.5) && !Surrounded((int)x, (int)y),
                $"{pixel} is at voxel {x:F1}, {y:F1}");
        });
        visit.IsClean();

        bool Surrounded(int x, int y) => Enumerable.Range(-2, 5).All(dy => Enumerable.Range(-2, 5).All(dx => inside.Contains((x + dx, y + dy))));
    }

    [Fact]
    public async Task The_region_is_filled_as_much_as_is_asked_for_and_seen_in_three_dimensions()
    {
        Chromium.Require();
        await using var visit = await OpenAsync((await service.StudyAsync()).Id);
        var page = visit.Page;
        await ShowAsync(page, "layout", "axial");
        var empty = await Picture.OfAsync(page.Canvas());
        await page.Locator("[data-tool=fill]").FillAsync("50");
        var filled = (await Picture.OfAsync(page.Canvas())).Differing(empty);
        await page.Locator("[data-tool=fill]").FillAsync("0");
        await page.Locator("[data-tool=outline]").UncheckAsync();
        await ShowAsync(page, "layout", "render");
        var bare = await Picture.OfAsync(page.Canvas());
        await page.Locator("[data-tool=outline]").CheckAsync();
        var body = (await Picture.OfAsync(page.Canvas())).Differing(bare);

        Assert.True(filled.Count > 1000, $"{filled.Count} pixels are filled");
        Assert.True(body.Count > 1000, $"{body.Count} pixels of the region are seen in 3D");
        visit.IsClean();
    }

    [Fact]
    public async Task What_is_left_front_and_up_in_the_patient_is_where_radiologists_look_for_it()
    {
        Chromium.Require();
        var (x, y, z) = ((X: 50, Size: 6), (Y: 14, Size: 6), (Z: 17, Size: 4));
        var zip = await Phantom.ZipAsync(seed: 21, edit: volume => Mark(volume, x, y, z));
        var prediction = (await service.EndAsync("A", await service.SendAsync("A", zip))).Prediction!;
        await using var visit = await OpenAsync(prediction.Id);
        var page = visit.Page;
        await page.Locator("[data-tool=outline]").UncheckAsync();

        // Only the mark is white, all else black.
        await page.Locator("figure:visible [data-window=width]").FillAsync("100");
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("figure:visible [data-window=level]").FillAsync("20000");
        await page.Keyboard.PressAsync("Tab");
        foreach (var (plane, number) in new[] { ("axial", z.Z + 2), ("coronal", 64 - y.Y - 2), ("sagittal", 64 - x.X - 2) })
            await page.Locator($"[data-slice={plane}]").FillAsync($"{number}");

        foreach (var (plane, isRight, isUp) in new[] { ("axial", true, true), ("coronal", true, true), ("sagittal", false, true) })
        {
            await ShowAsync(page, "layout", plane);
            var picture = await Picture.OfAsync(page.Canvas());
            var white = picture.Where((_, _, colour) => colour is { Red: > 230, Green: > 230, Blue: > 230 });
            // Letters and crosshair are white, too, and thin.
            var block = white.Where(pixel => white.Count(other => Math.Abs(other.X - pixel.X) <= 3 && Math.Abs(other.Y - pixel.Y) <= 3) > 40).ToList();
            Assert.NotEmpty(block);
            Assert.Equal((plane, isRight, isUp), (plane, block.Average(p => p.X) > picture.Width / 2.0, block.Average(p => p.Y) < picture.Height / 2.0));
        }

        visit.IsClean();
    }

    [Fact]
    public async Task Keys_change_the_slice_and_all_sequences_follow()
    {
        Chromium.Require();
        await using var visit = await OpenAsync((await service.StudyAsync()).Id);
        var page = visit.Page;
        await ShowAsync(page, "layout", "axial");
        await ShowAsync(page, "sequence", "");
        await Assertions.Expect(page.Locator("figure[data-state=drawn]:visible")).ToHaveCountAsync(4);
        var second = page.Locator("figure canvas").Nth(1);
        var before = await Picture.OfAsync(second);
        var places = await page.Locator("[data-reading]").AllTextContentsAsync();

        await page.Locator("figure canvas").First.FocusAsync();
        await page.Keyboard.PressAsync("PageUp");
        var status = await page.Locator("[data-status]").TextContentAsync();
        var after = await page.Locator("[data-reading]").AllTextContentsAsync();

        Assert.Matches(@"^axial \d+ of 24, ", status);
        Assert.NotEmpty((await Picture.OfAsync(second)).Differing(before));
        var moved = Assert.Single(after.Select(PlaceOf).Distinct());
        Assert.NotEqual(Assert.Single(places.Select(PlaceOf).Distinct()), moved);
        await page.Keyboard.PressAsync("Home");
        Assert.StartsWith("axial 1 of 24, ", await page.Locator("[data-status]").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("1", await page.Locator("[data-slice=axial]").InputValueAsync());
        visit.IsClean();

        static string PlaceOf(string reading) => reading[(reading.IndexOf(" at ", StringComparison.Ordinal) + 4)..];
    }

    [Fact]
    public async Task The_right_mouse_button_sets_window_and_level_and_the_button_fits_them_again()
    {
        Chromium.Require();
        await using var visit = await OpenAsync((await service.StudyAsync()).Id);
        var page = visit.Page;
        await ShowAsync(page, "layout", "axial");
        var (width, level) = (page.Locator("figure:visible [data-window=width]"), page.Locator("figure:visible [data-window=level]"));
        var fitted = (await width.InputValueAsync(), await level.InputValueAsync());
        var before = await Picture.OfAsync(page.Canvas());

        var box = (await page.Canvas().BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync(new() { Button = MouseButton.Right });
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, box.Y + (box.Height / 2) + 90, new() { Steps = 12 });
        await page.Mouse.UpAsync(new() { Button = MouseButton.Right });

        Assert.NotEqual(fitted, (await width.InputValueAsync(), await level.InputValueAsync()));
        Assert.NotEmpty((await Picture.OfAsync(page.Canvas())).Differing(before));
        await page.Locator("figure:visible [data-auto]").ClickAsync();
        Assert.Equal(fitted, (await width.InputValueAsync(), await level.InputValueAsync()));
        visit.IsClean();
    }

    [Fact]
    public async Task A_map_that_lies_beside_a_volume_can_be_laid_over_it_and_where_there_is_none_nothing_offers_one()
    {
        Chromium.Require();
        var prediction = (await service.EndAsync("A", await service.SendAsync("A", await Phantom.ZipAsync(seed: 22)))).Prediction!;
        await using (var bare = await OpenAsync(prediction.Id))
            Assert.Equal(0, await bare.Page.Locator("[data-tool=map]").CountAsync());

        var sequence = prediction.Sequences.Single(one => one.Name == prediction.Model!.Sequence);
        var volume = (await service.Store.Blob(Containers.Studies, sequence.Volume.Blob).DownloadContentAsync()).Value.Content;
        await service.Store.Blob(Containers.Studies, sequence.Volume.Blob.Replace(".nii.gz", ".lic.nii.gz", StringComparison.Ordinal)).UploadAsync(volume, overwrite: true);

        await using var visit = await OpenAsync(prediction.Id);
        var page = visit.Page;
        await ShowAsync(page, "layout", "axial");
        var before = await Picture.OfAsync(page.Canvas());
        await ShowAsync(page, "map", "lic");
        await Assertions.Expect(page.Locator("figure:visible [data-map-range]")).ToContainTextAsync("Map: dark");
        var coloured = (await Picture.OfAsync(page.Canvas())).Differing(before);
        await ShowAsync(page, "map", "");

        Assert.True(coloured.Count > 5000, $"{coloured.Count} pixels are coloured");
        Assert.Empty((await Picture.OfAsync(page.Canvas())).Differing(before));
        visit.IsClean();
    }

    [Fact]
    public async Task An_altered_volume_is_not_drawn_and_the_page_says_why()
    {
        Chromium.Require();
        var prediction = (await service.EndAsync("A", await service.SendAsync("A", await Phantom.ZipAsync(seed: 23)))).Prediction!;
        var sequence = prediction.Sequences.Single(one => one.Name == prediction.Model!.Sequence);
        var blob = service.Store.Blob(Containers.Studies, sequence.Volume.Blob);
        await blob.UploadAsync(new BinaryData("something else"), new BlobUploadOptions(), TestContext.Current.CancellationToken);

        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync($"/centers/A/studies/{prediction.Id}");
        await visit.Page.Locator("#images").ScrollIntoViewIfNeededAsync();

        await Assertions.Expect(visit.Page.Locator("figure[data-state=failed]:visible [data-wait]")).ToContainTextAsync("was changed after it was written");
    }

    [Fact]
    public async Task A_browser_without_WebGL_2_says_so_and_offers_the_files()
    {
        Chromium.Require();
        var study = await service.StudyAsync();
        await using var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.Page.AddInitScriptAsync("const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : get.call(this, kind, ...rest); }");
        await visit.GoAsync($"/centers/A/studies/{study.Id}");
        var page = visit.Page;

        await Assertions.Expect(page.Locator("#images [data-alert]")).ToContainTextAsync("WebGL 2 is missing or switched off");
        Assert.False(await page.Locator("#images canvas").First.IsVisibleAsync());
        await page.Locator("#images summary", new() { HasText = "Image files" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#images a[download]").First.ClickAsync());
        var file = new BinaryData(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.Contains(study.Sequences, sequence => sequence.Volume.Sha256 == Digest.Of(file));
        visit.IsClean();
    }

    private async Task<Visit> OpenAsync(string id)
    {
        var visit = await Visit.StartAsync(chromium, service.Url);
        await visit.GoAsync($"/centers/A/studies/{id}");
        await visit.Page.Locator("#images").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(visit.Page.Locator("figure[data-state=drawn]:visible")).ToHaveCountAsync(1);
        return visit;
    }

    private static async Task ShowAsync(IPage page, string tool, string value)
    {
        await page.Locator($"[data-tool={tool}]").SelectOptionAsync(new SelectOptionValue { Value = value });
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>The stored mask, its size, and the axial slice that the page shows, from 0.</summary>
    private async Task<(byte[] Voxels, (int X, int Y) Size, int Slice)> RoiAsync(Prediction study, string sequence, IPage page)
    {
        var stored = study.Sequences.Single(one => one.Name == sequence).Roi;
        using var stream = (await service.Store.Blob(Containers.Studies, stored.Blob).DownloadContentAsync()).Value.Content.ToStream();
        var mask = NiftiFile.ReadMask(stream);
        var slice = int.Parse(await page.Locator("[data-slice=axial]").InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture) - 1;
        return (mask.Voxels, (mask.Geometry.SizeX, mask.Geometry.SizeY), slice);
    }

    private static void Mark(Volume volume, (int X, int Size) x, (int Y, int Size) y, (int Z, int Size) z)
    {
        for (var k = z.Z; k < z.Z + z.Size; k++)
        {
            for (var j = y.Y; j < y.Y + y.Size; j++)
            {
                for (var i = x.X; i < x.X + x.Size; i++)
                    volume.Voxels[(((k * volume.Geometry.SizeY) + j) * volume.Geometry.SizeX) + i] = 30_000;
            }
        }
    }

    private static bool IsCyan(SkiaSharp.SKColor colour) =>
        Math.Abs(colour.Red - s_cyan.R) <= 12 && Math.Abs(colour.Green - s_cyan.G) <= 12 && Math.Abs(colour.Blue - s_cyan.B) <= 12;
}
