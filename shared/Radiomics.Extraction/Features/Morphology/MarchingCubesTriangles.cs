namespace Radiomics.Extraction;

/// <summary>
/// The triangles of marching cubes' 256 cases as data, so that nothing has to be worked out at start: <see cref="Stride"/> letters a case, three a triangle with
/// its normal outwards, each letter an edge's middle. The rule they follow (no ambiguous face, no dependence on orientation) stands beside the tests, which check
/// every case.
/// </summary>
internal static class MarchingCubesTriangles
{
    /// <summary>Letters of a case.</summary>
    public const int Stride = 15;

    /// <summary>No more triangles.</summary>
    public const byte None = (byte)'-';

    /// <summary>All cases in order; bit x + 2y + 4z of a case's number says whether that corner is inside.</summary>
    public static ReadOnlySpan<byte> Table =>
        "---------------eia------------jfa------------eijejf---------keb------------kiakab---------kebjfa---------kijkjfkfb------"u8 +
        "flb------------eiaflb---------jlbjba---------ijlilbibe------kefkfl---------iafiflilk------keakajkjl------kijkjl---------"u8 +
        "igc------------egceca---------igcjfa---------gcjgjfgfe------igckeb---------cabcbkckg------igckebjfa------kgckcjkjfkfb---"u8 +
        "igcflb---------egcecaflb------igcjlbjba------cjlclbcbeceg---igckefkfl------gcagafgflglk---igckeakajkjl---kgckcjkjl------"u8 +
        "hjc------------eiahjc---------hfahac---------eicechehf------kebhjc---------kiakabhjc------kebhfahac------chfcfbcbkcki---"u8 +
        "flbhjc---------eiaflbhjc------bacbchbhl------eicechehlelb---kefkflhjc------iafiflilkhjc---eacechehlelk---ichihlilk------"u8 +
        "ighihj---------eghehjeja------ghfgfagai------eghehf---------ighihjkeb------kghkhjkjakab---ghfgfagaikeb---ghfgfbgbk------"u8 +
        "ighihjflb------eghehjejaflb---ighihlilbiba---eghehlelb------ighihjkefkfl---kghkhjkjakafkflhlkhkeheahaihigkghkhl---------"u8 +
        "gkd------------eiagkd---------gkdjfa---------eijejfgkd------gebgbd---------abdadgagi------gebgbdjfa------gijgjfgfbgbd---"u8 +
        "gkdflb---------eiagkdflb------gkdjlbjba------ijlilbibegkd---gefgflgld------giagafgflgld---ajlaldadgage---ijlildidg------"u8 +
        "ikdidc---------dcadaedek------ikdidcjfa------kdckcjkjfkfe---bdcbcibie------cabcbd---------bdcbcibiejfa---bdcbcjbjf------"u8 +
        "ikdidcflb------dcadaedekflb---ikdidcjlbjba---cjlclbcbecekckdiefiflildidc---dcadafdfl------ldclcilielealajjldjdc---------"u8 +
        "gkdhjc---------eiagkdhjc------gkdhfahac------eicechehfgkd---gebgbdhjc------abdadgagihjc---gebgbdhfahac---fbdfdgfgificfch"u8 +
        "gkdflbhjc------eiagkdflbhjc---gkdbacbchbhl---eicechehlelbgkdgefgflgldhjc---giagafgflgldhjceacechehleldedgichihlildidg---"u8 +
        "kdhkhjkji------ekdedhehjeja---dhfdfadaidik---ekdedhehf------ebdedhehjeji---abdadhahj------dhfdfadaidiedebhfbhbd---------"u8 +
        "kdhkhjkjiflb---ekdedhehjejaflbikdidhihlilbibaekdedhehlelb---iefiflildidhihjdhjdjadafdfl---ieahld---------hld------------"u8 +
        "lhd------------eialhd---------jfalhd---------eijejflhd------keblhd---------kiakablhd------kebjfalhd------kijkjfkfblhd---"u8 +
        "fhdfdb---------eiafhdfdb------dbadajdjh------eijejhehdedb---efhehdedk------afhahdadkaki---keakajkjhkhd---kijkjhkhd------"u8 +
        "igclhd---------egcecalhd------igcjfalhd------gcjgjfgfelhd---igckeblhd------cabcbkckglhd---igckebjfalhd---kgckcjkjfkfblhd"u8 +
        "igcfhdfdb------egcecafhdfdb---igcdbadajdjh---egcecjejhehdedbigcefhehdedk---afhahdadkakgagcigckeakajkjhkhdkgckcjkjhkhd---"u8 +
        "ljclcd---------eialjclcd------acdadlalf------icdidlilfife---kebljclcd------kiakabljclcd---kebacdadlalf---icdidlilfifbibk"u8 +
        "cdbcbfcfj------eiacdbcbfcfj---acdadb---------cdbcbecei------kefkfjkjckcd---kiakafkfjkjckcdacdadkake------kickcd---------"u8 +
        "igdidlilj------dljdjadaedeg---igdidlilfifa---gdlglfgfe------igdidliljkeb---jabjbkjkgjgdjdligdidlilfifakebgdlglfgfbgbk---"u8 +
        "gdbgbfgfjgji---gdbgbfgfjgjagaedbadaidig------egdedb---------fjifigfgdfdkfkekgdfja---------dkedeadaidig---kgd------------"u8 +
        "gklglh---------eiagklglh------gklglhjfa------eijejfgklglh---eblelhehg------iabiblilhihg---eblelhehgjfa---gijgjfgfbgblglh"u8 +
        "gkbgbfgfh------eiagkbgbfgfh---kbakajkjhkhg---jhgjgkjkbjbejeigefgfh---------giagafgfh------eajejhehg------gijgjh---------"u8 +
        "iklilhihc------eklelhehceca---iklilhihcjfa---eklelhehcecjejfiebiblilhihc---cabcblclh------iebiblilhihcjfablhbhcbcjbjf---"u8 +
        "bfhbhcbcibik---hcahaehekhkbhbfkbakajkjhkhckciekbjhc---------efhehceci------fhcfca---------eajejhehceci---jhc------------"u8 +
        "kljkjckcg------eiakljkjckcg---gklglfgfagac---lfeleiliclcglgkbljbjcbcgbge---bljbjcbcgbgibiagebgblglfgfagacgiclfb---------"u8 +
        "gkbgbfgfjgjc---eiagkbgbfgfjgjcbacbcgbgk------cgkckbcbecei---gefgfjgjc------giagafgfjgjc---geagac---------gic------------"u8 +
        "iklilj---------kljkjakae------iklilfifa------eklelf---------iebiblilj------ljalab---------iebiblilfifa---lfb------------"u8 +
        "kbfkfjkji------kbfkfjkjakae---ikbiba---------ekb------------iefifj---------fja------------iea---------------------------"u8;

    /// <summary>
    /// Where an edge's middle lies in its cell: 'a' to 'd' along x at (y, z) = (0, 0), (1, 0), (0, 1), (1, 1), 'e' to 'h' along y at (x, z), 'i' to 'l' along z at
    /// (x, y).
    /// </summary>
    public static Point3 Middle(byte edge, (double X, double Y, double Z) spacing)
    {
        var number = edge - 'a';
        double low = number & 1, high = number >> 1 & 1;
        return (number >> 2) switch
        {
            0 => new(0.5 * spacing.X, low * spacing.Y, high * spacing.Z),
            1 => new(low * spacing.X, 0.5 * spacing.Y, high * spacing.Z),
            _ => new(low * spacing.X, high * spacing.Y, 0.5 * spacing.Z),
        };
    }
}
