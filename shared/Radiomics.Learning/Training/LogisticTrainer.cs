using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Radiomics.Learning;

/// <summary>Selects, standardises and fits with ML.NET, on one thread and from zero weights, so that the result is the same every time.</summary>
internal static class LogisticTrainer
{
    private const double Agreement = 1e-4;

    /// <summary>Fits on some of the cases; the threshold is left at 0.5. The bytes are the ML.NET model, which takes the standardised vector.</summary>
    public static (LinearFit Model, byte[] MlNetModel) Fit(FeatureTable cohort, int[] cases, TrainingRequest request)
    {
        var selected = FeatureSelection.Select(cohort, cases, request);
        ModelFeature[] scaler = [.. selected.Select(f => Term(cohort.Names[f], cohort.Column(f, cases)))];
        Row[] rows = [.. cases.Select(c => new Row
        {
            Label = cohort.Labels[c],
            Features = [.. selected.Select((f, i) => (float)scaler[i].Standardise(cohort.Values[c][f]))],
        })];

        var context = new MLContext(request.Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, scaler.Length);
        var view = context.Data.LoadFromEnumerable(rows, schema);
        var fitted = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            L1Regularization = 0,
            L2Regularization = request.L2,
            NumberOfThreads = 1,
        }).Fit(view);

        // The calibrator says probability = 1 / (1 + exp(slope·score + offset)); for a logistic regression that is −1 and 0.
        var (slope, offset) = (fitted.Model.Calibrator.Slope, fitted.Model.Calibrator.Offset);
        var model = new LinearFit(scaler, new LinearForm
        {
            Intercept = -(slope * fitted.Model.SubModel.Bias + offset),
            Coefficients = [.. fitted.Model.SubModel.Weights.Select(weight => -slope * weight)],
        });
        EnsureSameScores(context, fitted.Transform(view), model, selected, cohort, cases);
        using var zip = new MemoryStream();
        context.Model.Save(fitted, view.Schema, zip);
        zip.Position = 0;
        return (model, DeterministicZip.Normalise(zip));
    }

    private static ModelFeature Term(string feature, double[] column)
    {
        var (mean, deviation) = FeatureSelection.Spread(column);
        return new(feature, mean, mean, deviation);
    }

    /// <summary>The package scores with the coefficients alone: they must say what ML.NET says.</summary>
    private static void EnsureSameScores(MLContext context, IDataView scored, LinearFit model, int[] selected, FeatureTable cohort, int[] cases)
    {
        var index = 0;
        foreach (var prediction in context.Data.CreateEnumerable<Scored>(scored, reuseRowObject: true))
        {
            var values = selected.Select(f => cohort.Values[cases[index]][f]).ToArray();
            if (Math.Abs(model.Probability(values) - prediction.Probability) > Agreement)
            {
                throw new InvalidOperationException("The coefficients don't reproduce the probabilities of the ML.NET model.");
            }

            index++;
        }
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Probability { get; set; }
    }
}
