using System.Text;

namespace Radiomics.Cli.Images;

/// <summary>Lines of text at the beginning of a file of bytes.</summary>
internal static class HeaderText
{
    /// <summary>Segmentations of 3D Slicer have long headers, but none of megabytes.</summary>
    private const int MostBytes = 1 << 22;

    /// <summary>Reads lines until <paramref name="isLast"/>, and leaves the stream behind that one's end.</summary>
    /// <param name="stream">A stream that is quick at single bytes.</param>
    /// <param name="format">What the file is called.</param>
    /// <param name="isLast">Whether a line is the header's last.</param>
    /// <param name="endsWithFile">Whether the file may end instead.</param>
    /// <exception cref="Radiomics.Extraction.RadiomicsException"><c>InvalidImage</c>.</exception>
    public static List<string> Read(Stream stream, string format, Func<string, bool> isLast, bool endsWithFile)
    {
        var lines = new List<string>();
        var line = new List<byte>();
        for (var read = 0; read < MostBytes; read++)
        {
            var next = stream.ReadByte();
            if (next < 0 && !endsWithFile)
            {
                throw ImageError.Of(format, "It ends within its header.");
            }

            if (next is not (-1 or '\n'))
            {
                line.Add((byte)next);
                continue;
            }

            var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            lines.Add(text);
            line.Clear();
            if (next < 0 || isLast(text))
            {
                return lines;
            }
        }

        throw ImageError.Of(format, "Its header has no end.");
    }
}
