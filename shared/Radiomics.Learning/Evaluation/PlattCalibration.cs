namespace Radiomics.Learning;

/// <summary>Platt calibration: probability = 1 / (1 + exp(−(slope · score + intercept))).</summary>
/// <param name="Slope">Change of the log-odds for one unit of the score.</param>
/// <param name="Intercept">Log-odds at score 0.</param>
public sealed record PlattCalibration(double Slope, double Intercept)
{
    /// <summary>Probability in [0,1] of a score.</summary>
    public double Probability(double score) => 1 / (1 + Math.Exp(-(Slope * score + Intercept)));
}
