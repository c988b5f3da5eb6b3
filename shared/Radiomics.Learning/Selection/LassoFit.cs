namespace Radiomics.Learning;

/// <summary>An L1-penalised logistic regression on standardised columns.</summary>
/// <param name="Penalty">λ.</param>
/// <param name="Intercept">Unpenalised intercept.</param>
/// <param name="Coefficients">A coefficient a column; most are 0.</param>
internal sealed record LassoFit(double Penalty, double Intercept, double[] Coefficients)
{
    /// <summary>Whether any column has a coefficient.</summary>
    public bool SelectsAny => Array.Exists(Coefficients, coefficient => coefficient != 0);
}
