using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Radiomics.Pages;

/// <summary>Makes the text of a page out of a component. The same component with the same parameters gives the same text; components get all they show by parameters.</summary>
public sealed class PageRenderer : IDisposable
{
    // Letters of all languages stand as they are: only what means something to HTML is escaped.
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalization(options => options.ResourcesPath = "Resources")
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>A page, from its first element on.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    /// <param name="language">Whose texts it takes: <c>en</c> or <c>zh</c>.</param>
    public async Task<string> RenderAsync<T>(IReadOnlyDictionary<string, object?> parameters, string language = "en")
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(_services, _services.GetRequiredService<ILoggerFactory>());
        var view = ParameterView.FromDictionary(parameters.ToDictionary());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentUICulture = new CultureInfo(language);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return (await renderer.RenderComponentAsync<T>(view)).ToHtmlString();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();
}
