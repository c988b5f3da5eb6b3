using Microsoft.ML;
using Microsoft.ML.Data;

namespace Radiomics.Learning;

/// <summary>Fits a learner of ML.NET, in a context of its own and on one thread, so that the result is the same every time, however many fits run at once.</summary>
internal static class LearnerFit
{
    /// <summary>What the form and ML.NET, which counts in single precision, may differ by, relative to the largest score.</summary>
    private const double Agreement = 1e-4;

    /// <summary>Fits on all rows.</summary>
    /// <param name="learner">The learner; <see cref="LearnerAvailability"/> says whether it can be fitted here.</param>
    /// <param name="columns">A column a feature, standardised and without gaps.</param>
    /// <param name="labels">A label a row; both classes occur.</param>
    /// <param name="settings">The protocol.</param>
    /// <param name="withMlNetModel">Whether to save the model for ML.NET, too.</param>
    /// <exception cref="NotSupportedException">The learner can't be fitted here; says why.</exception>
    /// <exception cref="InvalidOperationException">The form doesn't say what ML.NET says.</exception>
    public static FittedLearner Fit(Learner learner, double[][] columns, bool[] labels, ProtocolSettings settings, bool withMlNetModel)
    {
        if (LearnerAvailability.WhyNot(learner) is { } reason)
        {
            throw new NotSupportedException(reason);
        }

        return OnPoolThread(() =>
        {
            var context = new MLContext(settings.Seed);
            var view = new TrainingView(columns, labels);
            var (form, transformer) = learner switch
            {
                Learner.LogisticRegression => LogisticLearner.Fit(context, view, settings),
                Learner.LightGbm => BoostingLearner.Fit(context, view, columns, settings),
                Learner.FastForest => ForestLearner.Fit(context, view, columns, settings),
                _ => throw new ArgumentOutOfRangeException(nameof(learner), learner, null),
            };
            EnsureSameScores(form, transformer.Transform(view), columns);
            return new FittedLearner(form, withMlNetModel ? Save(context, transformer, view) : null);
        });
    }

    // FastForest hands every feature of every split to the pool and waits: from a thread of the pool that is a call, from another a change of threads.
    private static T OnPoolThread<T>(Func<T> fit) => Thread.CurrentThread.IsThreadPoolThread ? fit() : Task.Run(fit).GetAwaiter().GetResult();

    private static void EnsureSameScores(ModelForm form, IDataView scored, double[][] columns)
    {
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var getter = cursor.GetGetter<float>(column);
        var row = new double[columns.Length];
        float score = 0;
        for (var i = 0; cursor.MoveNext(); i++)
        {
            getter(ref score);
            for (var feature = 0; feature < row.Length; feature++)
            {
                row[feature] = columns[feature][i];
            }

            if (!(Math.Abs(form.Score(row) - score) <= Agreement * Math.Max(1, Math.Abs(score))))
            {
                throw new InvalidOperationException("The form doesn't reproduce the scores of the ML.NET model.");
            }
        }
    }

    private static byte[] Save(MLContext context, ITransformer transformer, IDataView view)
    {
        using var zip = new MemoryStream();
        context.Model.Save(transformer, view.Schema, zip);
        zip.Position = 0;
        return DeterministicZip.Normalise(zip);
    }
}
