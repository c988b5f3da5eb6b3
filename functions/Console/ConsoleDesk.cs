using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Radiomics.Extraction;
using Radiomics.Pages;
using Radiomics.Pages.Console;
using Radiomics.Pipeline;
using RadiomicsFunctions.Access;
using RadiomicsFunctions.Hosting;
using RadiomicsFunctions.Http;

namespace RadiomicsFunctions.Console;

/// <summary>What the console's functions share: the frame around a page, how it is sent, and what becomes of that which a door throws.</summary>
public sealed class ConsoleDesk(PageRenderer renderer, IAntiforgery antiforgery, CenterProfiles profiles, ILogger<ConsoleDesk> logger)
{
    private static readonly Right[] s_rights = Enum.GetValues<Right>();

    /// <summary>A page. Its component gets the frame as <c>Frame</c>, and what <paramref name="find"/> gives.</summary>
    /// <typeparam name="TPage">The component, from its doctype on.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="center">The center that the route names; null if none.</param>
    /// <param name="find">Finds what the page shows, by the names of the component's parameters.</param>
    public Task<IActionResult> ShowAsync<TPage>(HttpRequest request, string? center, Func<ConsoleFrame, Task<Dictionary<string, object?>>> find)
        where TPage : IComponent =>
        GuardAsync(request, center, async () =>
        {
            var frame = Frame(request, center);
            return await PageAsync<TPage>(request, frame, await find(frame));
        });

    /// <summary>A part of a page that is asked for again and again, without a frame around it. <paramref name="find"/> says, too, whether it will change no more.</summary>
    public Task<IActionResult> ShowPartAsync<TPart>(HttpRequest request, string center, Func<ConsoleFrame, Task<(Dictionary<string, object?> Parameters, bool IsFinal)>> find)
        where TPart : IComponent =>
        GuardAsync(request, center, async () =>
        {
            var frame = Frame(request, center);
            var (parameters, isFinal) = await find(frame);
            parameters["Frame"] = frame;
            PagePolicy.Apply(request.HttpContext.Response);
            if (isFinal)
            {
                request.HttpContext.Response.Headers["X-Live"] = "done";
            }

            return Html(await renderer.RenderAsync<TPart>(parameters));
        });

    /// <summary>
    /// Changes something that a form or a script has sent, and says where to look next: 303 for a form, <c>{"location": "…"}</c> for a script (<c>Accept: application/json</c>). The gate has seen
    /// the antiforgery token.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="center">The center that the route names.</param>
    /// <param name="change">Changes it, and gives the address to go to.</param>
    public Task<IActionResult> ChangeAsync(HttpRequest request, string? center, Func<Task<string>> change) =>
        GuardAsync(request, center, async () =>
        {
            var location = await change();
            PagePolicy.Apply(request.HttpContext.Response);
            if (WantsJson(request))
            {
                return Answers.Json(new { location });
            }

            return GoTo(request, location);
        });

    /// <summary>Sends a browser to another address, which it asks for by GET.</summary>
    public static IActionResult GoTo(HttpRequest request, string location)
    {
        request.HttpContext.Response.Headers.Location = location;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }

    /// <summary>Runs a door of the console; the one place where what it throws becomes a page, or for a script a problem as the API has it.</summary>
    public async Task<IActionResult> GuardAsync(HttpRequest request, string? center, Func<Task<IActionResult>> door)
    {
        if (WantsJson(request))
        {
            return await Answers.OfAsync(request, logger, door);
        }

        try
        {
            return await door();
        }
        catch (RadiomicsException e)
        {
            if (AlteredException.Says(e.Code))
            {
                logger.Altered(e.Detail);
            }

            return await ProblemAsync(request, center, e.Code, e.Detail);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? await ProblemAsync(request, center, "RequestTooLarge", "What was sent is larger than this service accepts.")
                : await ProblemAsync(request, center, "InvalidRequest", "What was sent could not be read to its end. Send it again.");
        }
        // Nobody waits any more for an answer to what was cancelled.
        catch (Exception e) when (e is not OperationCanceledException || !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            logger.RequestFailed(StepFault.Describe(e), e.StackTrace);
            return await ProblemAsync(request, center, PredictionError.InternalFault, "The service could not do this; nothing is wrong with what was asked. Try it again.");
        }
    }

    /// <summary>A problem as a page, with the HTTP status that the catalogue has for its code.</summary>
    public async Task<IActionResult> ProblemAsync(HttpRequest request, string? center, string code, string detail)
    {
        var known = center is not null && request.HttpContext.Features.Get<Caller>() is { } caller && profiles.Knows(center) && caller.Knows(center);
        // Without storage there is no token either; the page that says so must not need one.
        var frame = code == PredictionError.InternalFault ? FrameWithoutForms(request, known ? center : null) : Frame(request, known ? center : null);
        return await PageAsync<ProblemPage>(request, frame, new() { ["Code"] = code, ["Detail"] = detail }, ErrorCatalogue.StatusOf(code));
    }

    /// <summary>What stands around a page that this request's caller sees.</summary>
    public ConsoleFrame Frame(HttpRequest request, string? center)
    {
        var frame = FrameWithoutForms(request, center);
        return frame with { HasSession = frame.Caller is not null && request.HttpContext.Features.Get<Caller>() != Caller.Local, AntiforgeryToken = antiforgery.GetAndStoreTokens(request.HttpContext).RequestToken! };
    }

    private ConsoleFrame FrameWithoutForms(HttpRequest request, string? center)
    {
        var caller = request.HttpContext.Features.Get<Caller>() ?? Caller.Anonymous;
        return new ConsoleFrame
        {
            Center = center,
            Centers = [.. profiles.Centers.Where(caller.Knows)],
            Caller = caller == Caller.Anonymous ? null : caller.DisplayName,
            Rights = center is null ? new HashSet<Right>() : s_rights.Where(right => caller.May(center, right)).ToHashSet(),
        };
    }

    /// <summary>Whether a script asks, which shows what it is told by itself.</summary>
    public static bool WantsJson(HttpRequest request) => request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static ContentResult Html(string text, int status = StatusCodes.Status200OK) =>
        new() { StatusCode = status, ContentType = "text/html; charset=utf-8", Content = text };

    private async Task<IActionResult> PageAsync<TPage>(HttpRequest request, ConsoleFrame frame, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        parameters["Frame"] = frame;
        PagePolicy.Apply(request.HttpContext.Response);
        return Html(await renderer.RenderAsync<TPage>(parameters), status);
    }
}
