namespace Radiomics.Dicom;

/// <summary>The concepts that the report is made of (PS3.16 annexes B and D, SNOMED CT).</summary>
internal static class Concepts
{
    public static readonly CodedConcept MeasurementReport = new("126000", "DCM", "Imaging Measurement Report");
    public static readonly CodedConcept Language = new("121049", "DCM", "Language of Content Item and Descendants");
    public static readonly CodedConcept English = new("en-US", "RFC5646", "English (United States)");
    public static readonly CodedConcept ObserverType = new("121005", "DCM", "Observer Type");
    public static readonly CodedConcept Device = new("121007", "DCM", "Device");
    public static readonly CodedConcept DeviceObserverUid = new("121012", "DCM", "Device Observer UID");
    public static readonly CodedConcept DeviceObserverName = new("121013", "DCM", "Device Observer Name");
    public static readonly CodedConcept DeviceObserverManufacturer = new("121014", "DCM", "Device Observer Manufacturer");
    public static readonly CodedConcept DeviceObserverModelName = new("121015", "DCM", "Device Observer Model Name");
    public static readonly CodedConcept ProcedureReported = new("121058", "DCM", "Procedure Reported");
    public static readonly CodedConcept MagneticResonanceImaging = new("113091000", "SCT", "Magnetic resonance imaging");
    public static readonly CodedConcept ImagingMeasurements = new("126010", "DCM", "Imaging Measurements");
    public static readonly CodedConcept MeasurementGroup = new("125007", "DCM", "Measurement Group");
    public static readonly CodedConcept TrackingIdentifier = new("112039", "DCM", "Tracking Identifier");
    public static readonly CodedConcept TrackingUid = new("112040", "DCM", "Tracking Unique Identifier");
    public static readonly CodedConcept Finding = new("121071", "DCM", "Finding");
    public static readonly CodedConcept FindingSite = new("363698007", "SCT", "Finding Site");
    public static readonly CodedConcept Liver = new("10200004", "SCT", "Liver");
    public static readonly CodedConcept AlgorithmName = new("111001", "DCM", "Algorithm Name");
    public static readonly CodedConcept AlgorithmVersion = new("111003", "DCM", "Algorithm Version");
    public static readonly CodedConcept AlgorithmParameters = new("111002", "DCM", "Algorithm Parameters");
    public static readonly CodedConcept ReferencedSegment = new("121191", "DCM", "Referenced Segment");
    public static readonly CodedConcept RegionInSpace = new("130488", "DCM", "Region in Space");
    public static readonly CodedConcept SourceImageForSegmentation = new("121233", "DCM", "Source image for segmentation");
    public static readonly CodedConcept Source = new("260753009", "SCT", "Source");
    public static readonly CodedConcept Volume = new("118565006", "SCT", "Volume");
    public static readonly CodedConcept MeasurementMethod = new("370129005", "SCT", "Measurement Method");
    public static readonly CodedConcept SumOfVoxelVolumes = new("126030", "DCM", "Sum of segmented voxel volumes");
    public static readonly CodedConcept Positive = new("10828004", "SCT", "Positive");
    public static readonly CodedConcept Negative = new("260385009", "SCT", "Negative");
    public static readonly CodedConcept Comment = new("121106", "DCM", "Comment");
    public static readonly CodedConcept AggregationMethod = new("aggregation", CodedConcept.OwnScheme, "Aggregation method of a texture feature");
    public static readonly CodedConcept Probability = new("probability", CodedConcept.OwnScheme, "Probability of the outcome");
    public static readonly CodedConcept Threshold = new("threshold", CodedConcept.OwnScheme, "Probability from which on the decision is positive");
    public static readonly CodedConcept Decision = new("decision", CodedConcept.OwnScheme, "Decision at the threshold");
    public static readonly CodedConcept Outcome = new("outcome", CodedConcept.OwnScheme, "Outcome that was predicted");
}
