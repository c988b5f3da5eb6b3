using Radiomics.Pipeline;

namespace Browser.Tests;

/// <summary>Every page that people look at, by name, with something on it.</summary>
internal static class ConsolePages
{
    private static readonly Dictionary<string, Func<OpenService, Task<string>>> s_all = new(StringComparer.Ordinal)
    {
        ["studies"] = async service => await After(service.StudyAsync(), service.FailedAsync(), "/centers/A/studies"),
        ["study"] = async service => $"/centers/A/studies/{(await service.StudyAsync()).Id}",
        ["study-failed"] = async service => $"/centers/A/studies/{(await service.FailedAsync()).Id}",
        ["study-features"] = async service => $"/centers/research/studies/{(await service.FeaturesAsync()).Id}",
        ["report"] = async service => $"/centers/A/studies/{(await service.StudyAsync()).Id}/report?language=en",
        ["report-zh"] = async service => $"/centers/A/studies/{(await service.StudyAsync()).Id}/report?language=zh",
        ["document"] = async service => $"/centers/A/studies/{(await service.StudyAsync()).Id}/report?language=en&part=document",
        ["document-zh"] = async service => $"/centers/A/studies/{(await service.StudyAsync()).Id}/report?language=zh&part=document",
        ["models"] = _ => Task.FromResult("/centers/A/models"),
        ["model"] = async service => $"/centers/A/models/3.0T/{(await service.StudyAsync()).Model!.Version}",
        ["card"] = async service => $"/centers/A/models/3.0T/{(await service.StudyAsync()).Model!.Version}/card",
        ["rollback"] = async service => await service.RolledForwardAsync(),
        ["retrainings"] = async service => await After(service.RetrainingAsync(), Task.CompletedTask, "/centers/A/retrainings"),
        ["retraining"] = async service => $"/centers/A/retrainings/{(await service.RetrainingAsync()).Id}",
        ["approval"] = async service => $"/centers/A/retrainings/{(await service.RetrainingAsync()).Id}/approval?fieldStrength=1.5T",
        ["quarantine"] = async service => await After(service.FailedAsync(), Task.CompletedTask, "/centers/A/quarantine"),
        ["quarantined"] = async service => $"/centers/A/quarantine/{(await service.FailedAsync()).UploadId}",
        ["audit"] = async service => await After(service.StudyAsync(), Task.CompletedTask, "/centers/A/audit"),
        ["service"] = _ => Task.FromResult("/centers/A/service"),
        ["problem"] = _ => Task.FromResult($"/centers/A/studies/{PredictionId.OfUpload("0")}"),
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>The address of one, once what it shows is there.</summary>
    public static Task<string> AddressAsync(string name, OpenService service) => s_all[name](service);

    private static async Task<string> After(Task first, Task second, string address)
    {
        await first;
        await second;
        return address;
    }
}
