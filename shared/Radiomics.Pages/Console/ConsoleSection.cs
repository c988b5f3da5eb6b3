namespace Radiomics.Pages.Console;

/// <summary>The parts of the console, in the order of its navigation.</summary>
public enum ConsoleSection
{
    /// <summary>None of them: signing in, problems.</summary>
    None,

    /// <summary>Studies and their predictions.</summary>
    Studies,

    /// <summary>Models and their history.</summary>
    Models,

    /// <summary>Cohorts and retrainings.</summary>
    Retrainings,

    /// <summary>What could not be used.</summary>
    Quarantine,

    /// <summary>Who did what.</summary>
    Audit,

    /// <summary>How the service is.</summary>
    Service,
}
