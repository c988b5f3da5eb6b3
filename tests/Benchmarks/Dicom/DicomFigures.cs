namespace Benchmarks.Dicom;

/// <summary>What one process measured.</summary>
/// <param name="FirstSeconds">The first time, with everything still to be compiled.</param>
/// <param name="AgainSeconds">The median of the times after it.</param>
/// <param name="PeakBytes">Largest resident size above that of the process before it read anything.</param>
/// <param name="VolumeBytes">Bytes of the float volumes; 0 where only headers were read.</param>
internal sealed record DicomFigures(double FirstSeconds, double AgainSeconds, long PeakBytes, long VolumeBytes);
