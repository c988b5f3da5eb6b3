using System.Runtime.InteropServices;
using FellowOakDicom;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Building;

/// <summary>A grey image of 21 × 13 pixels, compressed by DCMTK or OpenJPEG.</summary>
public sealed record CompressedFrame(string Name, DicomTransferSyntax Syntax, byte[] Bytes)
{
    public static VolumeGeometry Grid { get; } = Grids.Axial with { SizeX = 21, SizeY = 13 };

    /// <summary>All there are; their names end in the pixels' format: <c>u12</c>, <c>s16</c> or <c>g8</c>.</summary>
    public static IReadOnlyDictionary<string, CompressedFrame> All { get; } = Read();

    /// <summary>Whether its pixels are the image's, not only about so.</summary>
    public bool IsExact => !Syntax.IsLossy;

    /// <summary>A series of plain slices that are all the image, as far as it has a formula (see <c>Frames.tsv</c>).</summary>
    public MrSeries Series
    {
        get
        {
            var bits = Name.EndsWith("g8", StringComparison.Ordinal) ? 8 : Name.EndsWith("u12", StringComparison.Ordinal) ? 12 : 16;
            return new MrSeries
            {
                Grid = Grid,
                BitsAllocated = bits == 8 ? 8 : 16,
                BitsStored = bits,
                Signed = bits == 16,
                Stored = (x, y, _) => ((x * x * 7) + (y * x * 13) + (y * 5)) * (bits == 16 ? 977 : 1),
            };
        }
    }

    /// <summary>The series as a study of files, of which one slice has another frame.</summary>
    public TestStudy Study(int slice, byte[] bytes)
    {
        var study = TestStudy.Dixon with { Series = [], Segmentations = [new SegObject { Grid = Grid }] };
        return study with
        {
            Extra = [.. Series.Build(study).Select((plain, k) => ($"{k}", TestStudy.Bytes(TestStudy.Encapsulated(plain, Syntax, k == slice ? bytes : Bytes))))],
        };
    }

    /// <summary>Its bytes with three bits flipped, cut off as well every other time; the same seed damages alike.</summary>
    public byte[] Damaged(int seed)
    {
        var random = new Random(seed);
        var damaged = Bytes[..(seed % 2 == 0 ? Bytes.Length : random.Next(2, Bytes.Length))];
        for (var i = 0; i < 3; i++)
        {
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        }

        return damaged;
    }

    /// <summary>Skips the test where the system's library that decodes it is absent.</summary>
    public void RequireDecoder()
    {
        var library = Name[..3] switch { "jls" => "libcharls.so.2", "j2k" => "libopenjp2.so.7", _ => null };
        if (library is not null && !NativeLibrary.TryLoad(library, out _))
        {
            Assert.Skip($"{Name} needs the system's {library}");
        }
    }

    private static Dictionary<string, CompressedFrame> Read()
    {
        using var reader = new StreamReader(typeof(CompressedFrame).Assembly.GetManifestResourceStream("Frames.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .Where(cells => cells[2] == "MONOCHROME2")
            .ToDictionary(cells => cells[0], cells => new CompressedFrame(cells[0], DicomTransferSyntax.Parse(cells[1]), Convert.FromBase64String(cells[3])));
    }
}
