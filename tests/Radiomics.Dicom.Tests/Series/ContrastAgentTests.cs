using Radiomics.Dicom.Tests.Building;

namespace Radiomics.Dicom.Tests.Series;

public sealed class ContrastAgentTests
{
    [Theory]
    [InlineData("103050", 37850)]
    [InlineData("10:30:50", 37850)]
    [InlineData("103050.25", 37850.25)]
    [InlineData("20240131103050.5+0100", 37850.5)]
    public void A_time_is_read(string text, double expected) => Assert.Equal(expected, ContrastAgent.Seconds(text));

    [Theory]
    [InlineData("1030501")]
    [InlineData("10:30:501")]
    [InlineData("1234567.5")]
    [InlineData("1234567+01")]
    [InlineData("20240131")]
    [InlineData("202401311030501")]
    [InlineData("1030")]
    [InlineData("half past")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_time(string? text) => Assert.Null(ContrastAgent.Seconds(text));

    [Theory]
    [InlineData("t1_vibe_fs_tra C+")]
    [InlineData("T1C+ tra")]
    [InlineData("t1 vibe +C")]
    [InlineData("t1_vibe_Gd+_tra")]
    [InlineData("t1_vibe_dixon_tra_Primovist_W")]
    [InlineData("LAVA Eovist")]
    [InlineData("LAVA-Flex Gadovist")]
    [InlineData("mDIXON Multihance")]
    [InlineData("mDIXON dotarem")]
    [InlineData("vibe EOB")]
    [InlineData("t1_vibe_tra_arteriell")]
    [InlineData("t1_vibe_tra_spätarteriell")]
    [InlineData("t1_vibe_tra_art1")]
    [InlineData("VIBE artérielle")]
    [InlineData("t1_vibe_tra_portalvenös")]
    [InlineData("t1_vibe_tra_portalvenoes")]
    [InlineData("t1_vibe_tra_portalven?s")] // by who didn't know the character set
    [InlineData("t1_vibe_tra_sp\uFFFDt")]
    [InlineData("t1_vibe_tra_portal-venous")]
    [InlineData("t1_vibe_tra_portven")]
    [InlineData("t1_vibe_tra_venös")]
    [InlineData("t1_vibe_tra_pv")]
    [InlineData("t1_vibe_tra_ven2")]
    [InlineData("t1_vibe_tra_late")]
    [InlineData("t1_vibe_tra_spät")]
    [InlineData("t1_vibe_tra_delay")]
    [InlineData("VIBE phase tardive")]
    [InlineData("t1_vibe_tra_20min")]
    [InlineData("t1_vibe_tra_3min")]
    [InlineData("LAVA 5 min")]
    [InlineData("LAVA 15 minutes")]
    [InlineData("LAVA 180sec")]
    [InlineData("VIBE HBP")]
    [InlineData("VIBE hepatobiliary")]
    [InlineData("VIBE hepatobiliär")]
    [InlineData("VIBE hepato-biliary phase")]
    [InlineData("VIBE mit Kontrastmittel")]
    [InlineData("VIBE nach KM")]
    [InlineData("T1 门静脉期")]
    [InlineData("T1 動脈相")]
    [InlineData("T1 延迟期")]
    [InlineData("T1 肝胆期")]
    [InlineData("T1 造影")]
    public void A_series_called_so_is_after_contrast_agent(string name) => Assert.True(IsAfter(name));

    [Theory]
    [InlineData("t1_vibe_dixon_tra_bh_F_320_BH")]
    [InlineData("t1_vibe_dixon_tra_bh_opp")]
    [InlineData("t1_vibe_tra_bh_18s")]
    [InlineData("t1_vibe_tra_20sec_bh")]
    [InlineData("t1_vibe_TE_min")]
    [InlineData("LAVA min TE 2.1")]
    [InlineData("t1_vibe_0min")]
    [InlineData("CORONAL LAVA")]
    [InlineData("t1_starvibe_c_spine")]
    [InlineData("abd C+D")]
    [InlineData("platelet protocol")]
    [InlineData("start_vibe")]
    [InlineData("ventral vibe")]
    [InlineData("T1 同相位")]
    [InlineData("T1 反相位")]
    [InlineData("t1_vibe_pre_art")]
    [InlineData("t1_vibe_nativ_vor_KM")]
    [InlineData("VIBE vor KM")]
    [InlineData("VIBE ohne KM")]
    [InlineData("LAVA w/o Gd")]
    [InlineData("LAVA without contrast")]
    [InlineData("LAVA no contrast")]
    [InlineData("VIBE sans gado")]
    [InlineData("T1 造影前")]
    [InlineData("T1 平扫")]
    [InlineData(null)]
    public void A_series_called_so_is_not(string? name) => Assert.False(IsAfter(name));

    [Fact]
    public void What_is_without_something_else_may_be_after_contrast_agent() => Assert.True(IsAfter("LAVA without fatsat 20min"));

    private static bool IsAfter(string? name)
    {
        var header = Ingest.Header(new MrSeries().Build(TestStudy.Dixon).First()) with { SeriesDescription = name };
        return ContrastAgent.IsGivenBefore(Assert.Single(StackSplitter.Split([header])));
    }
}
