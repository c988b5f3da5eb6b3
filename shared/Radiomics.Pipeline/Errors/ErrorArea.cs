namespace Radiomics.Pipeline;

/// <summary>Where an error code is met; each area is a table of the documentation.</summary>
public enum ErrorArea
{
    /// <summary>A study can't be used: <c>error</c> of a prediction.</summary>
    Study,

    /// <summary>A call of the HTTP API is refused.</summary>
    Api,

    /// <summary>A page of the console, or what one sends, is refused; beside the codes that the API has for the same.</summary>
    Console,

    /// <summary>A cohort, a retraining or a model's pointer.</summary>
    Learning,

    /// <summary>The client of DICOM services.</summary>
    DicomService,

    /// <summary>Feature extraction and the files of the tool that does it.</summary>
    Extraction,

    /// <summary>The tool, and the service and storage emulator that it starts on this machine.</summary>
    Tool,
}
