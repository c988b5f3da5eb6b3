namespace Radiomics.Extraction;

/// <summary>
/// Volume and area of the mesh that PyRadiomics builds: marching cubes by the public table of P. Bourke and C. Bloyd, half of it used for the other half,
/// inside out. Where inside voxels touch across a face's diagonal that leaves holes, so that both differ from <see cref="MarchingCubes"/>' by some tenths of a
/// percent, and the volume depends on where the origin is: one voxel before the ROI's box, as there.
/// </summary>
internal static class ShapeMesh
{
    /// <summary>Triangles of the 256 cases in the form of <see cref="MarchingCubesTriangles.Table"/>.</summary>
    public static ReadOnlySpan<byte> Table =>
        "---------------aei------------faj------------feifij---------keb------------kabaki---------fajkeb---------kfbfkjjki------"u8 +
        "flb------------aeiflb---------jlbajb---------beibillij------eflkel---------lafaliilk------jeaejkkjl------jlikil---------"u8 +
        "cig------------aecceg---------fajcig---------fcjfgcfeg------cigkeb---------kgckcbbca------fajcigkeb------ckgjkckjbfbj---"u8 +
        "flbcig---------egcecaflb------jlbjbacig------bjlbgjbegcjg---eflkelcig------kflfkcfcackg---cigjeaejkkjl---ckgcjkjlk------"u8 +
        "jch------------jchaei---------achahf---------ichiheehf------jchkeb---------kabakijch------achahfkeb------bhfbihkibhic---"u8 +
        "flbjch---------aeiflbjch------bhlhbcbac------bhlehbechice---eflkeljch------hjclafaliilk---hachkalkhkea---hiclihkil------"u8 +
        "gjihjg---------ejahjeegh------gaiagfghf------fghfeg---------hjggjikeb------hjgjbgbjakgb---kebaiffigfgh---bkffkgfgh------"u8 +
        "gjihjgflb------flbejaehjegh---aibihbighbhl---bhlbehegh------gjihjgeflkel---haghjagaklafkalkalakelahaighagkhlhkg---------"u8 +
        "dgk------------agigadaekkda---ajfdgk---------ijddgifdjkdefedbgebdg---------agigaddab------bdjfbjdgjeajgejfbdfdifijdgi---"u8 +
        "kbffgkldffdg---dglflgfgiafikbebagkbgajgdgljlgkbedglgilijl---dglflgfge------dglflgfgiafi---dglalgajlage---dglgilijl------"u8 +
        "idcdik---------dekaeddca------fikaifkdffcjdcfjdcedjfejkde---iebibccbd------abccbd---------fcjfbcbdcaie---fcjfbcbdc------"u8 +
        "dcfdflfcikbffikkbeaflldadca---kbaaiklcjdcl---kbelcjdcl------fiefdiidcdfl---aflldadca------lcjdclaie------lcjdcl---------"u8 +
        "dhjdjkcgjgkj---cgidekaedadhahjhfkhkdfakcgkackcgidekdhehfe---gejcgjebjhjdbdjcgijdhjadabd---acecgefdhfbd---cgifdhfbd------"u8 +
        "cgkjckkbjfjbdhlfjakbecgidhl---kcgkbcbacdhl---kbecgidhl------fjcfcgfgedhl---fjacgidhl------acecgedhl------cgidhl---------"u8 +
        "dhjdjkkji------dekaedadhahj---aikakhahfhkd---dekdhehfe------hjihibhbdieb---jdhjadabd------fdhfbdaie------fdhfbd---------"u8 +
        "kbffjkjikdhl---fjakbedhl------kbaaikdhl------kbedhl---------fiefjidhl------fjadhl---------aiedhl---------dhl------------"u8 +
        "dlh------------aeidlh---------fajdlh---------feifijdlh------kebdlh---------kabakidlh------fajkebdlh------kfbfkjjkidlh---"u8 +
        "fhdfdb---------fhdfdbaei------jhdjdaadb------hijhbihdbibe---dkedehhef------akiahkafhhdk---dkeadeahdajh---djhdkjkij------"u8 +
        "cigdlh---------aeccegdlh------fajcigdlh------fcjfgcfegdlh---kebcigdlh------kgckcbbcadlh---fajkebcigdlh---ckgjkckjbfbjdlh"u8 +
        "cigfhdfdb------aeccegfhdfdb---cigjhdjdaadb---gjecjgejbhdjbjdcigdkedehhef---hkfhdkfkackgakccigdkeadeahdajhdjhdkjcjggjk---"u8 +
        "ljcdlc---------ljcdlcaei------alfladdac------feifidicddlf---kebljcdlc------kabakiljcdlc---kebalfladdac---dfcdlffickfbfki"u8 +
        "fjcfcbbcd------fjcfcbbcdaei---acbcdb---------ibeicbcdb------jcdejdfjeked---fkiafikfdfjcdfcdkeadedac------icddki---------"u8 +
        "dlggliilj------dlgaglaljaeg---dlgfglfigaif---dlgfglfeg------kebdlggliilj---bgakgbagjdlgjgldlgfglfigaifkebkfbfkglfdfgd---"u8 +
        "fdbfidfjidig---bjdfjbdjgejagjeaiggdadba------begbgd---------idjdigfjdkedfdeafjdkg---------aiggdaakekad---dkg------------"u8 +
        "klhhgk---------klaaeklhaagihgahgahajgkalfaklagijhgjelfkle---blhbheehg------abiibhihgblh---fbleajejhehg---gijhgjfbl------"u8 +
        "bfkfgkfhg------kbeafifgifhg---hgjjgbbajkbg---hgjgijkbe------fhgfge---------giaafggfh------eajhejehg------gijhgj---------"u8 +
        "hcilhikli------hcahaklhkkae---hcjlfaailikl---elfklejhc------blhebhehciec---blhhcbbca------aiefbljhc------fbljhc---------"u8 +
        "bfhbhikbihci---ahcafhkbe------kbaaikjhc------jhckbe---------ihciehefh------ahcafh---------jhcaie---------jhc------------"u8 +
        "cgkckjjkl------cgijaeekjklj---klffckfaccgk---elfklecgi------bljbjgbgecgj---jbljabcgi------ecgeacfbl------fblcgi---------"u8 +
        "cgkjckkbjfjb---fjacgikbe------kcgkbcbac------cgikbe---------fjcfcgfge------fjacgi---------acecge---------cgi------------"u8 +
        "jilkli---------jaeekjklj------lfaailikl------elfkle---------bieblilji------jblabj---------aiefbl---------fbl------------"u8 +
        "kbffjkjik------fjakbe---------kbaaik---------kbe------------fiefji---------fja------------aie---------------------------"u8;

    /// <summary>Volume (mm³) and area (mm²) of the ROI.</summary>
    public static (double Volume, double Area) Measure(RoiGrid roi)
    {
        var (cells, spacing) = (CountCases(roi), roi.Spacing);
        double volume = 0, area = 0;
        for (var code = 1; code < 255; code++)
        {
            var (count, sumX, sumY, sumZ) = cells[code];
            var offset = new Point3(sumX * spacing.X, sumY * spacing.Y, sumZ * spacing.Z);
            var triangles = Table.Slice(code * MarchingCubesTriangles.Stride, MarchingCubesTriangles.Stride);
            for (var i = 0; count > 0 && i < triangles.Length && triangles[i] != MarchingCubesTriangles.None; i += 3)
            {
                var a = MarchingCubesTriangles.Middle(triangles[i], spacing);
                var b = MarchingCubesTriangles.Middle(triangles[i + 1], spacing);
                var c = MarchingCubesTriangles.Middle(triangles[i + 2], spacing);
                var normal = (b - a).Cross(c - a);
                area += count * normal.Length / 2;

                // The signed tetrahedron over the origin, of a triangle that is the case's own moved by the cell's place.
                volume += (count * a.Dot(b.Cross(c)) + offset.Dot(normal)) / 6;
            }
        }

        return (volume, area);
    }

    /// <summary>Cells of each case, and the sums of their places; bit x + 2y + 4z of a case is a corner. The box has a layer of empty voxels around it.</summary>
    private static (long Count, long SumX, long SumY, long SumZ)[] CountCases(RoiGrid roi)
    {
        var (sizeX, sizeY, sizeZ) = (roi.Box.SizeX, roi.Box.SizeY, roi.Box.SizeZ);
        var cells = new (long Count, long SumX, long SumY, long SumZ)[256];
        var empty = new byte[sizeX];
        for (var z = 0; z <= sizeZ; z++)
        {
            for (var y = 0; y <= sizeY; y++)
            {
                ReadOnlySpan<byte> a = Row(y - 1, z - 1), b = Row(y, z - 1), c = Row(y - 1, z), d = Row(y, z);
                var code = 0;
                for (var x = 0; x <= sizeX; x++)
                {
                    // The cell's right face becomes the next cell's left one: odd corners move to even ones.
                    code = (code >> 1) & 0x55;
                    if (x < sizeX)
                    {
                        code |= (a[x] << 1) | (b[x] << 3) | (c[x] << 5) | (d[x] << 7);
                    }

                    if (code is not (0 or 255))
                    {
                        ref var cell = ref cells[code];
                        cell = (cell.Count + 1, cell.SumX + x, cell.SumY + y, cell.SumZ + z);
                    }
                }
            }
        }

        return cells;

        ReadOnlySpan<byte> Row(int y, int z) => y >= 0 && y < sizeY && z >= 0 && z < sizeZ ? roi.Mask.AsSpan((z * sizeY + y) * sizeX, sizeX) : empty;
    }
}
