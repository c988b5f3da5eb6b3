namespace FellowOakDicom;

/// <summary>Carries an exception to the subscribers of <see cref="DicomException.OnException"/>.</summary>
public class DicomExceptionEventArgs(DicomException ex) : EventArgs
{
    public readonly DicomException Exception = ex;
}

/// <summary>What every error of this library derives from.</summary>
public abstract class DicomException : Exception
{
    /// <summary>Told of each exception as it is constructed.</summary>
    public static EventHandler<DicomExceptionEventArgs>? OnException;

    protected DicomException(string message)
        : base(message) => OnException?.Invoke(this, new DicomExceptionEventArgs(this));

    protected DicomException(string message, Exception innerException)
        : base(message, innerException) => OnException?.Invoke(this, new DicomExceptionEventArgs(this));
}

/// <summary>A dataset lacks what was asked for, or its content isn't what it should be.</summary>
public class DicomDataException : DicomException
{
    public DicomDataException(string message)
        : base(message)
    {
    }

    public DicomDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A file can't be read or written; <see cref="File"/> is as far as it was read.</summary>
public class DicomFileException : DicomDataException
{
    public DicomFileException(DicomFile file, string message)
        : base(message) => File = file;

    public DicomFileException(DicomFile file, string message, Exception innerException)
        : base(message, innerException) => File = file;

    public DicomFile File { get; private set; }
}

/// <summary>A value breaks the rules of its value representation (PS3.5 section 6.2) or its multiplicity (PS3.6).</summary>
public class DicomValidationException(string content, DicomVR vr, string message) : DicomDataException(message)
{
    public string Content { get; private set; } = content;

    public DicomVR VR { get; private set; } = vr;

    public override string Message => $"Content \"{Content}\" does not validate VR {VR.Code}: {base.Message}";
}
