using System.Runtime.InteropServices;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>JPEG 2000 and HTJ2K (PS3.5 section A.4.4), by the system's OpenJPEG 2.</summary>
internal sealed unsafe class Jpeg2000FrameDecoder : IFrameDecoder
{
    private const int CodestreamCodec = 0;
    private const int FileCodec = 2;
    private const nuint ReadChunk = 64 * 1024;

    /// <summary>More than an opj_dparameters_t takes.</summary>
    public const int ParametersSize = 16 * 1024;

    private static readonly NativeCodecLibrary s_library = new("JPEG 2000", "libopenjp2.so.7", "libopenjp2.7.dylib", "openjp2");

    public static bool IsPresent => s_library.IsPresent;

    bool IFrameDecoder.IsPresent => IsPresent;

    public DecodedFrame Decode(byte[] frame, FrameFormat format)
    {
        var isFile = frame.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, (byte)'j', (byte)'P']);
        var source = GCHandle.Alloc(new Source(frame));
        nint codec = 0, stream = 0, parameters = Marshal.AllocHGlobal(ParametersSize);
        Jpeg2000Image* image = null;
        try
        {
            codec = ((delegate* unmanaged<int, nint>)s_library.Function("opj_create_decompress"))(isFile ? FileCodec : CodestreamCodec);
            new Span<byte>((void*)parameters, ParametersSize).Clear();
            ((delegate* unmanaged<nint, void>)s_library.Function("opj_set_default_decoder_parameters"))(parameters);
            Require(((delegate* unmanaged<nint, nint, int>)s_library.Function("opj_setup_decoder"))(codec, parameters) != 0);

            stream = Open(source, (ulong)frame.Length);
            Require(((delegate* unmanaged<nint, nint, Jpeg2000Image**, int>)s_library.Function("opj_read_header"))(stream, codec, &image) != 0);
            image->Check(format);
            Require(((delegate* unmanaged<nint, nint, Jpeg2000Image*, int>)s_library.Function("opj_decode"))(codec, stream, image) != 0);
            image->Check(format);
            return image->ToFrame(format);
        }
        finally
        {
            if (image is not null)
                ((delegate* unmanaged<Jpeg2000Image*, void>)s_library.Function("opj_image_destroy"))(image);
            if (stream != 0)
                ((delegate* unmanaged<nint, void>)s_library.Function("opj_stream_destroy"))(stream);
            if (codec != 0)
                ((delegate* unmanaged<nint, void>)s_library.Function("opj_destroy_codec"))(codec);
            Marshal.FreeHGlobal(parameters);
            source.Free();
        }
    }

    private static nint Open(GCHandle source, ulong length)
    {
        var stream = ((delegate* unmanaged<nuint, int, nint>)s_library.Function("opj_stream_create"))(ReadChunk, 1);
        ((delegate* unmanaged<nint, nint, nint, void>)s_library.Function("opj_stream_set_user_data"))(stream, GCHandle.ToIntPtr(source), 0);
        ((delegate* unmanaged<nint, ulong, void>)s_library.Function("opj_stream_set_user_data_length"))(stream, length);
        ((delegate* unmanaged<nint, delegate* unmanaged<byte*, nuint, nint, nuint>, void>)s_library.Function("opj_stream_set_read_function"))(stream, &Read);
        ((delegate* unmanaged<nint, delegate* unmanaged<long, nint, long>, void>)s_library.Function("opj_stream_set_skip_function"))(stream, &Skip);
        ((delegate* unmanaged<nint, delegate* unmanaged<long, nint, int>, void>)s_library.Function("opj_stream_set_seek_function"))(stream, &Seek);
        return stream;
    }

    private static void Require(bool succeeded)
    {
        if (!succeeded)
            throw Jpeg2000Image.Undecodable();
    }

    [UnmanagedCallersOnly]
    private static nuint Read(byte* target, nuint count, nint handle)
    {
        var source = (Source)GCHandle.FromIntPtr(handle).Target!;
        var available = (int)Math.Min((long)count, source.Bytes.Length - source.Position);
        if (available <= 0)
            return nuint.MaxValue;
        source.Bytes.AsSpan((int)source.Position, available).CopyTo(new Span<byte>(target, available));
        source.Position += available;
        return (nuint)available;
    }

    [UnmanagedCallersOnly]
    private static long Skip(long count, nint handle)
    {
        var source = (Source)GCHandle.FromIntPtr(handle).Target!;
        if (count < 0 || count > source.Bytes.Length - source.Position)
            return -1;
        source.Position += count;
        return count;
    }

    [UnmanagedCallersOnly]
    private static int Seek(long position, nint handle)
    {
        var source = (Source)GCHandle.FromIntPtr(handle).Target!;
        if (position < 0 || position > source.Bytes.Length)
            return 0;
        source.Position = position;
        return 1;
    }

    private sealed class Source(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public long Position { get; set; }
    }
}
