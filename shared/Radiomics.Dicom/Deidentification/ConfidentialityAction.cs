namespace Radiomics.Dicom;

/// <summary>What becomes of an attribute (PS3.15 Table E.1-1a), with the codes in brackets.</summary>
internal enum ConfidentialityAction
{
    /// <summary>It stays, cleaned inside if it is a sequence (K).</summary>
    Keep,

    /// <summary>It goes (X).</summary>
    Remove,

    /// <summary>It stays without a value (Z).</summary>
    Empty,

    /// <summary>It gets a value that says nothing (D).</summary>
    Replace,

    /// <summary>It gets a UID that only the key gives (U).</summary>
    MapUid,

    /// <summary>It is moved by the patient's days (C of dates).</summary>
    Shift,

    /// <summary>Known words stay (C of descriptors).</summary>
    Clean,
}
