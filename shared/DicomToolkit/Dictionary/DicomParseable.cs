namespace FellowOakDicom;

/// <summary>A type that an element's text can be read as: UIDs, transfer syntaxes, photometric interpretations.</summary>
public abstract class DicomParseable
{
    /// <exception cref="DicomDataException">The text has no meaning as a <typeparamref name="T"/>, or there is no such conversion.</exception>
    public static T Parse<T>(string value)
    {
        if (typeof(T) == typeof(DicomUID))
            return (T)(object)DicomUID.Parse(value);
        if (typeof(T) == typeof(DicomTransferSyntax))
            return (T)(object)DicomTransferSyntax.Parse(value);
        if (typeof(T) == typeof(Imaging.PhotometricInterpretation))
            return (T)(object)Imaging.PhotometricInterpretation.Parse(value);
        throw new DicomDataException($"Unable to find public static Parse() method on {typeof(T)}");
    }
}
