namespace Radiomics.Pipeline;

/// <summary>What can be done about an upload that could not be used.</summary>
public enum QuarantineRemedy
{
    /// <summary>Only its sender can help: with the study again, as the reason says.</summary>
    SendAgain,

    /// <summary>Nothing need be changed about it: submit it again once the operator has put right what stood in the way.</summary>
    Resubmit,

    /// <summary>Submit it again for the center that was meant.</summary>
    OtherCenter,

    /// <summary>Give it another region of interest: a file that is added, and those that are in it left out.</summary>
    ReplaceRegion,

    /// <summary>Leave out series that aren't to be used.</summary>
    ChooseSeries,

    /// <summary>Leave out files that can't be read.</summary>
    DropBroken,

    /// <summary>Say the field strength that the images don't.</summary>
    SetFieldStrength,
}
