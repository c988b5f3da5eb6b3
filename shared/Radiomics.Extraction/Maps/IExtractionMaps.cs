namespace Radiomics.Extraction;

/// <summary>
/// Is shown the images that a run makes on its way, to look at them: the processed image, both masks and each response map, all on one grid that lies where the
/// patient does. Called by one thread before features are measured; the values don't depend on it.
/// </summary>
public interface IExtractionMaps
{
    /// <summary>
    /// How far beyond the ROI's box the images shall go, mm; null: the whole image. With PyRadiomics' conventions they end where the image that its filters see
    /// ends, in any case.
    /// </summary>
    double? Margin { get; }

    /// <summary>
    /// An image: <c>image</c> is the processed one, the others are response maps by the prefix of their features, less what parts it from the feature
    /// (<c>log_s3.0mm</c>, <c>wavelet_coif1_LLH</c>; <c>log-sigma-3-0-mm-3D</c>). With <see cref="PyRadiomicsSettings.Voxels"/> there are maps of features, too, by the features'
    /// names (<c>original_glcm_Contrast</c>), in the ROI's box and the kernel's radius around it. Its voxels belong to the run: they may be read until this returns.
    /// </summary>
    void Add(string name, Volume map);

    /// <summary>A mask: <c>mask_morphological</c> or <c>mask_intensity</c>, what interpolation and then re-segmentation left of the ROI.</summary>
    void Add(string name, Mask mask);
}
