using Radiomics.Extraction;

namespace Radiomics.Learning;

/// <summary>A candidate fitted on some rows: what selection chose, and the learner on top of it.</summary>
internal sealed record FittedCandidate(Selection Selection, ModelForm Form, byte[]? MlNetModel)
{
    /// <summary>Fits selection and learner on the rows alone.</summary>
    public static FittedCandidate Fit(
        SequenceData data, int[] rows, Candidate candidate, ProtocolSettings settings, int seed, bool withMlNetModel, CancellationToken cancellation)
    {
        var selection = FeatureSelector.Fit(data, rows, candidate.FeatureSet, settings.Selection, settings.InnerFolds, seed, cancellation);
        return Fit(data, rows, selection, candidate.Learner, settings, withMlNetModel);
    }

    /// <summary>Fits the learner on what selection chose on the same rows; where that is nothing, all cases score the same.</summary>
    /// <exception cref="RadiomicsException"><c>CohortUnusable</c>: nothing to make a model for ML.NET from.</exception>
    public static FittedCandidate Fit(SequenceData data, int[] rows, Selection selection, Learner learner, ProtocolSettings settings, bool withMlNetModel)
    {
        if (selection.Features.Count == 0)
        {
            return withMlNetModel
                ? throw new RadiomicsException("CohortUnusable", $"No feature of {data.Sequence} has values, varies and is stable on the training split.")
                : new(selection, new LinearForm { Intercept = 0, Coefficients = [] }, null);
        }

        var columns = new double[selection.Features.Count][];
        for (var f = 0; f < columns.Length; f++)
        {
            var feature = selection.Features[f];
            var values = data.Column(feature.Column);
            columns[f] = Array.ConvertAll(rows, row => feature.Standardise(values[row]));
        }

        var fitted = LearnerFit.Fit(learner, columns, Array.ConvertAll(rows, row => data.Cases[row].Label), settings, withMlNetModel);
        return new(selection, fitted.Form, fitted.MlNetModel);
    }

    /// <summary>Score of each row on the log-odds scale.</summary>
    public double[] Score(SequenceData data, int[] rows)
    {
        var values = Selection.Features.Select(feature => data.Column(feature.Column)).ToArray();
        var standardised = new double[values.Length];
        var scores = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var f = 0; f < values.Length; f++)
            {
                standardised[f] = Selection.Features[f].Standardise(values[f][rows[i]]);
            }

            scores[i] = Form.Score(standardised);
        }

        return scores;
    }
}
