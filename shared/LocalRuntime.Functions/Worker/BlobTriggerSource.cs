namespace Microsoft.Azure.Functions.Worker;

/// <summary>How the cloud learns of a blob. The local host polls for either.</summary>
public enum BlobTriggerSource
{
    /// <summary>Storage logs and container scans.</summary>
    LogsAndContainerScan = 0,

    /// <summary>An Event Grid subscription; the only source on Flex Consumption.</summary>
    EventGrid = 1,
}
