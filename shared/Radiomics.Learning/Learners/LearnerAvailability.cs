using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace Radiomics.Learning;

/// <summary>Which learners this machine can train. Scoring needs none of this.</summary>
public static class LearnerAvailability
{
    private static readonly Lazy<string?> _lightGbm = new(ProbeLightGbm);

    /// <summary>Why models can't be trained with a learner here, a sentence for people; null if they can.</summary>
    public static string? WhyNot(Learner learner) => learner == Learner.LightGbm ? _lightGbm.Value : null;

    // The library stays loaded: the trainer will ask for it under the same name.
    private static string? ProbeLightGbm()
    {
        try
        {
            NativeLibrary.Load("lib_lightgbm", typeof(LightGbmBinaryTrainer).Assembly, null);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? "LightGBM can't be loaded on this machine: it needs the system library libgomp (Debian and Ubuntu: apt-get install libgomp1)."
                : "LightGBM can't be loaded on this machine: its native library is missing or made for another processor.";
        }
    }
}
