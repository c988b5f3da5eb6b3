using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Rois;

/// <summary>Which names are the liver, by the rules as shipped.</summary>
public sealed class RoiNameTests
{
    [Theory]
    [InlineData("Liver")]
    [InlineData("LIVER_contour")]
    [InlineData("liver (manual)")]
    [InlineData("whole liver")]
    [InlineData("WholeLiver")]
    [InlineData("Liver_1")]
    [InlineData("Liver 2")]
    [InlineData("Liver v2")]
    [InlineData("liver segmentation")]
    [InlineData("liver-mask")]
    [InlineData("liver contouring")]
    [InlineData("AutoLiver")]
    [InlineData("Liver (portal venous phase)")]
    [InlineData("Liver parenchyma")]
    [InlineData("Liver - copy")]
    [InlineData("Hepar")]
    [InlineData("Leber")]
    [InlineData("foie")]
    [InlineData("hígado")]
    [InlineData("肝")]
    [InlineData("肝脏")]
    [InlineData("肝臓")]
    [InlineData("全肝")]
    [InlineData("肝实质")]
    public void A_name_of_the_liver(string name) => Assert.True(IsLiver(name));

    [Theory]
    [InlineData("liver vessels")]
    [InlineData("LiverVessels")]
    [InlineData("hepatic vein")]
    [InlineData("Liver portal vein")]
    [InlineData("liver_pv")]
    [InlineData("肝血管")]
    [InlineData("肝静脉")]
    [InlineData("Lebergefäße")]
    [InlineData("Liver bile ducts")]
    [InlineData("Liver lesion 1")]
    [InlineData("liver tumour")]
    [InlineData("Liver tumor")]
    [InlineData("Liver mets")]
    [InlineData("liver HCC")]
    [InlineData("liver cyst")]
    [InlineData("Leberläsion")]
    [InlineData("肝肿瘤")]
    [InlineData("肝癌")]
    [InlineData("肝囊肿")]
    [InlineData("liver-PTV")]
    [InlineData("Liver-GTV")]
    [InlineData("liver minus GTV")]
    [InlineData("liver less lesions")]
    [InlineData("Leber ohne Tumor")]
    [InlineData("Liver PRV")]
    [InlineData("liver_margin")]
    [InlineData("liver_5mm")]
    [InlineData("Liver+5mm")]
    [InlineData("Liver + 5")]
    [InlineData("liver_exp")]
    [InlineData("liver_eroded")]
    [InlineData("Liver ring")]
    [InlineData("liver remnant")]
    [InlineData("Liver_seg4")]
    [InlineData("liver segment 4")]
    [InlineData("Liver Segment IV")]
    [InlineData("liver segments")]
    [InlineData("segment 4 of liver")]
    [InlineData("Liver S4a")]
    [InlineData("liver IVa")]
    [InlineData("Liver_VIII")]
    [InlineData("Couinaud 3 liver")]
    [InlineData("left liver")]
    [InlineData("right liver lobe")]
    [InlineData("肝左叶")]
    [InlineData("肝段")]
    [InlineData("liver and spleen")]
    [InlineData("non-liver")]
    [InlineData("delivery")]
    [InlineData("heparin")]
    [InlineData("spleen")]
    public void A_name_of_something_else(string name) => Assert.False(IsLiver(name));

    [Fact]
    public void Both_centers_have_the_same_names()
    {
        var (a, b) = (Ingest.Shipped("A"), Ingest.Shipped("B"));
        Assert.Equal(a.RoiNames, b.RoiNames);
        Assert.Equal(a.RoiNamesWithout, b.RoiNamesWithout);
        Assert.Equal(a.RoiCodes, b.RoiCodes);
        Assert.Equal(a.RoiLimits, b.RoiLimits);
    }

    private static bool IsLiver(string name)
    {
        var rules = Ingest.Shipped("A");
        return rules.RoiNames.Any(pattern => RoiFinder.Fits(name, pattern)) && !rules.RoiNamesWithout.Any(pattern => RoiFinder.Fits(name, pattern));
    }
}
