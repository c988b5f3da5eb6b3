using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Radiomics.Learning;

/// <summary>Fits with ML.NET on one thread and from zero weights, so that the result is the same every time.</summary>
internal static class LearnerFit
{
    /// <summary>Fits on standardised columns.</summary>
    public static FittedLearner Fit(Learner learner, double[][] columns, bool[] labels, ProtocolSettings settings, bool withMlNetModel)
    {
        if (LearnerAvailability.WhyNot(learner) is { } reason)
        {
            throw new NotSupportedException(reason);
        }

        var context = new MLContext(settings.Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        var view = context.Data.LoadFromEnumerable(
            labels.Select((label, i) => new Row { Label = label, Features = [.. columns.Select(column => (float)column[i])] }).ToArray(), schema);
        var fitted = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            L1Regularization = 0,
            L2Regularization = settings.L2,
            NumberOfThreads = 1,
        }).Fit(view);
        var form = new LinearForm { Intercept = fitted.Model.SubModel.Bias, Coefficients = [.. fitted.Model.SubModel.Weights.Select(weight => (double)weight)] };
        if (!withMlNetModel)
        {
            return new(form, null);
        }

        using var zip = new MemoryStream();
        context.Model.Save(fitted, view.Schema, zip);
        zip.Position = 0;
        return new(form, DeterministicZip.Normalise(zip));
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
