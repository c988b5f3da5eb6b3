using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>Tells Azure from one's own machine, where some things are made easier.</summary>
public static class AzureHosting
{
    /// <summary>Whether this runs in Azure, which says so by <c>WEBSITE_INSTANCE_ID</c> or <c>WEBSITE_SITE_NAME</c>.</summary>
    public static bool IsThere(IConfiguration configuration) => configuration["WEBSITE_INSTANCE_ID"] is not null || configuration["WEBSITE_SITE_NAME"] is not null;
}
