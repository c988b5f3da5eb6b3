namespace Radiomics.DicomWeb.Tests;

public sealed class DicomServiceHostsTests
{
    [Theory]
    [InlineData("https://hospital-imaging.dicom.azurehealthcareapis.com")]
    [InlineData("https://HOSPITAL-imaging.DICOM.azurehealthcareapis.com/")]
    [InlineData("https://hospital-imaging.dicom.azurehealthcareapis.com./")]
    public void A_dicom_service_of_azure_is_allowed(string endpoint) =>
        Assert.True(DicomServiceHosts.Azure.Allow(new Uri(endpoint)));

    [Theory]
    [InlineData("http://hospital-imaging.dicom.azurehealthcareapis.com")]
    [InlineData("https://dicom.azurehealthcareapis.com")]
    [InlineData("https://hospital-imaging.dicom.azurehealthcareapis.com.attacker.example")]
    [InlineData("https://dicom.azurehealthcareapis.com@attacker.example")]
    [InlineData("https://user:secret@hospital-imaging.dicom.azurehealthcareapis.com")]
    [InlineData("https://hospital-imaging.dicom.azurehealthcareapis.com/?sig=1")]
    [InlineData("https://evildicom.azurehealthcareapis.com")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://localhost:8042/dicom-web")]
    [InlineData("file:///etc/passwd")]
    public void An_address_that_is_not_on_the_list_is_refused(string endpoint) =>
        Assert.Equal("DicomServiceNotAllowed", Assert.Throws<Extraction.RadiomicsException>(() => new DicomServiceClient(new Uri(endpoint))).Code);

    [Theory]
    [InlineData("http://127.0.0.1:8042/dicom-web", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://[::1]:8042", true)]
    [InlineData("http://10.0.0.7:8042", false)]
    [InlineData("ftp://localhost", false)]
    public void This_machine_is_allowed_without_tls_where_that_is_said(string endpoint, bool allowed) =>
        Assert.Equal(allowed, DicomServiceHosts.ThisMachine.Allow(new Uri(endpoint)));

    [Theory]
    [InlineData("https://pacs.hospital.example", true)]
    [InlineData("https://other.hospital.example", false)]
    [InlineData("https://my.pacs.hospital.example", false)]
    public void A_host_named_whole_stands_for_itself_alone(string endpoint, bool allowed) =>
        Assert.Equal(allowed, new DicomServiceHosts(["pacs.hospital.example"]).Allow(new Uri(endpoint)));
}
