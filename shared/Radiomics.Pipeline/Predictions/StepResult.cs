using Radiomics.DicomWeb;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>What a step gives: a value, or the reason why the input can't be used. Faults are exceptions and are retried.</summary>
/// <param name="Value">The value; null if there is an error.</param>
/// <param name="Error">The error; null if there is a value.</param>
public sealed record StepResult<T>(T? Value, PredictionError? Error) : IStepResult
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="RadiomicsException">There is an error instead; carries its code and detail.</exception>
    public T ValueOrThrow() => Error is { } error ? throw new RadiomicsException(error.Code, error.Detail) : Value!;
}

/// <summary>A step's result, whatever its value is.</summary>
public interface IStepResult
{
    /// <summary>Why there is no value; null if there is one.</summary>
    PredictionError? Error { get; }
}

/// <summary>Makes step results.</summary>
public static class StepResult
{
    /// <summary>Runs a step; the one place where unusable input turns from an exception into data.</summary>
    /// <exception cref="StepFault">Anything else went wrong.</exception>
    public static async Task<StepResult<T>> OfAsync<T>(Func<Task<T>> step)
        where T : class
    {
        try
        {
            return new(await step(), null);
        }
        // What the DICOM service can't do at the moment is no reason to give a study up: it is a fault, and is retried.
        catch (RadiomicsException e) when (e is not DicomServiceException { IsPassing: true })
        {
            return new(null, new PredictionError(e.Code, e.Detail));
        }
        catch (Exception e)
        {
            throw StepFault.Of(e);
        }
    }
}
