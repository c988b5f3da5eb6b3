using Radiomics.Learning;
using Radiomics.Learning.Tests;
using Radiomics.Pages.Console;
using Radiomics.Pages.Console.Audit;
using Radiomics.Pages.Console.Models;
using Radiomics.Pages.Console.Quarantine;
using Radiomics.Pages.Console.Retrainings;
using Radiomics.Pipeline;

namespace Radiomics.Pages.Tests.Console;

/// <summary>What the desk's pages make of what they are given.</summary>
public sealed class DeskComponentTests
{
    private static readonly DateTime s_time = new(2026, 11, 30, 2, 14, 0, DateTimeKind.Utc);

    [Fact]
    public async Task What_people_wrote_is_text_and_never_markup()
    {
        var page = await ModelsAsync(Drawn.Frame(Right.Approve), reason: "<script>alert(1)</script>");
        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
    }

    [Fact]
    public async Task Rolling_back_is_offered_to_whoever_may_approve_for_every_model_but_the_current_one()
    {
        var page = await ModelsAsync(Drawn.Frame(Right.Approve), "drift");
        Assert.Contains("/centers/A/models/3.0T/1111111111111111/rollback", page);
        Assert.DoesNotContain("/centers/A/models/3.0T/2222222222222222/rollback", page);
        Assert.DoesNotContain("/rollback", await ModelsAsync(Drawn.Frame(Right.Read, Right.Train, Right.Submit), "drift"));
    }

    [Fact]
    public async Task The_figures_are_those_on_held_out_cases_with_interval_and_number()
    {
        var card = TestCards.Rich;
        var figures = await Drawn.AsTextAsync<Figures>(("Card", card));
        Assert.Contains($"{card.Test!.Auc:0.000}</span> <span class=\"what\">held-out AUC", figures);
        Assert.Contains($"95 % interval {card.Test.AucInterval.Low:0.000} to {card.Test.AucInterval.High:0.000}", figures);
        Assert.Contains($"{card.Test.Cases}</span> <span class=\"what\">held-out cases", figures);

        var untested = await Drawn.AsTextAsync<Figures>(("Card", card with { Test = null }));
        Assert.Contains("cross-validated AUC", untested);
        Assert.Contains("nobody has tried this model on patients that it wasn't chosen by", untested);
    }

    [Fact]
    public async Task A_retraining_shows_the_phase_that_it_is_in_and_how_far_that_is()
    {
        var part = await Drawn.AsTextAsync<RetrainingProgressPart>(("Frame", Drawn.Frame()), ("View", new RetrainingView
        {
            Status = new RetrainingStatus
            {
                Id = "r-1",
                Center = "A",
                Status = RetrainingState.Running,
                Progress = new RetrainingProgress { Phase = RetrainingPhase.Training, Steps = [new(RetrainingPhase.Extracting, 4, 4), new(RetrainingPhase.Training, 2, 5)] },
            },
            Groups = [],
        }));
        Assert.Matches("<li class=\"past\"> ?<span>Extracts features that aren&#x27;t there yet</span> ?<span class=\"muted\">4 of 4</span>", part);
        Assert.Matches("<li class=\"now\" aria-current=\"step\"> ?<span>Trains the candidates</span>", part);
        Assert.Contains("<progress max=\"5\" value=\"2\"", part);
        Assert.Equal(1, part.Split("aria-current").Length - 1);
    }

    [Fact]
    public async Task Of_many_findings_the_errors_are_shown_first()
    {
        var findings = Enumerable.Range(2, 300).Select(line => new CohortFinding(line, "StudyMissing", FindingSeverity.Warning, "It is not there.")).Append(new(400, "LabelUnreadable", FindingSeverity.Error, "The label is neither 0 nor 1.")).ToList();
        var table = await Drawn.AsTextAsync<CohortFindings>(("Findings", findings));
        Assert.True(table.IndexOf("LabelUnreadable", StringComparison.Ordinal) is var error and > 0 && error < table.IndexOf("StudyMissing", StringComparison.Ordinal));
        Assert.Contains("101 more are not shown", table);
    }

    [Theory]
    [InlineData(1, new[] { Right.Submit }, true)]
    [InlineData(1, new[] { Right.Read, Right.Train, Right.Approve }, false)]
    [InlineData(0, new[] { Right.Submit }, false)]
    public async Task What_was_kept_can_be_sent_again_by_whoever_may_submit(int files, Right[] rights, bool hasForm)
    {
        var page = await Drawn.AsTextAsync<QuarantinedPage>(("Frame", Drawn.Frame(rights)), ("Upload", Upload(files)));
        Assert.Equal(hasForm, page.Contains("<form method=\"post\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ways_to_send_it_again_are_those_that_help_against_its_code()
    {
        var form = await Drawn.AsTextAsync<ResubmissionForm>(("Frame", Drawn.Frame(Right.Submit)), ("Upload", Upload(1)), ("OtherCenters", (IReadOnlyList<string>)["B"]));
        Assert.Contains("value=\"series\" checked", form);
        Assert.Contains("value=\"broken\"", form);
        Assert.Contains("value=\"same\"", form);
        foreach (var other in (string[])["center", "field", "region"])
            Assert.DoesNotContain($"name=\"way\" value=\"{other}\"", form);
    }

    [Fact]
    public async Task A_trail_that_does_not_hold_says_so_first()
    {
        var verdict = new AuditVerdict
        {
            Center = "A",
            Time = s_time,
            Seconds = 1.2,
            Intact = false,
            Events = 12,
            FindingCount = 30,
            Findings = [new("audit/A/2026-11-1.jsonl, line 7", "hash mismatch", "An event was changed: it doesn't have its hash.")],
        };
        var part = await Drawn.AsTextAsync<VerdictPart>(("Verdict", verdict));
        Assert.StartsWith("<div class=\"problem\" role=\"alert\">", part.Trim());
        Assert.Contains("30 things are wrong; the first 1:", part);
        Assert.DoesNotContain("badge good", part);
    }

    [Fact]
    public async Task An_event_leads_to_what_it_is_about()
    {
        var prediction = "p-" + new string('0', 32);
        var entry = await Drawn.AsTextAsync<EventEntry>(("Frame", Drawn.Frame()), ("Entry", new AuditEntry
        {
            Segment = "A/2026-11-1.jsonl",
            Line = 7,
            Time = s_time,
            HasItsHash = false,
            Hash = new string('a', 64),
            Event = new AuditEvent
            {
                Id = "x",
                Center = "A",
                Actor = "key:1",
                Action = "model-promoted",
                Subjects = new Dictionary<string, string> { ["fieldStrength"] = "3.0T", ["model"] = "2222222222222222", ["prediction"] = prediction, ["ids"] = new string('i', 5000) },
                Digests = new Dictionary<string, string> { ["package"] = new string('b', 64) },
            },
        }));
        Assert.Contains("<strong>Model promoted</strong>", entry);
        Assert.Contains("href=\"/centers/A/models/3.0T/2222222222222222\"", entry);
        Assert.Contains($"href=\"/centers/A/studies/{prediction}\"", entry);
        Assert.Contains("changed: it doesn't have its hash", entry);
        Assert.Contains("<dt>field strength</dt>", entry);
        Assert.Contains("…</summary>", entry);
    }

    private static Task<string> ModelsAsync(ConsoleFrame frame, string reason)
    {
        PromotedModel shipped = new() { Version = "1111111111111111", Sequence = "T1_F", Sha256 = "", PromotedBy = "demonstration" };
        var approved = shipped with { Version = "2222222222222222", PromotedBy = "approval", DecidedBy = "Dr. Example", Reason = reason, Number = 2, Actor = "key:1" };
        var overview = new ModelOverview("3.0T", "T1_F", [new(approved, s_time), new(shipped, s_time)], new Dictionary<string, ModelCard> { [approved.Version] = TestCards.Rich }, null);
        return Drawn.AsTextAsync<ModelsPage>(("Frame", frame), ("Models", (IReadOnlyList<ModelOverview>)[overview]));
    }

    private static QuarantineEntry Upload(int files) => new()
    {
        Center = "A",
        UploadId = new string('0', 32),
        PredictionId = "p-" + new string('0', 32),
        Code = "PixelDataTruncated",
        Detail = "An image is incomplete.",
        Advice = "Set `Radiomics__X`.",
        Remedies = [QuarantineRemedy.SendAgain, QuarantineRemedy.ChooseSeries, QuarantineRemedy.DropBroken],
        Since = s_time,
        Files = files,
        Bytes = 10,
        State = QuarantineState.Open,
    };
}
