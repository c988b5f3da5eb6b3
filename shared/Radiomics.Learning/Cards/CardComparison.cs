namespace Radiomics.Learning;

/// <summary>Comparisons of a card: with the other candidates, and with models of other scanners' cases.</summary>
internal static class CardComparison
{
    /// <summary>All candidates, the best first, those that weren't trained last.</summary>
    public static Markup Candidates(ModelCard card)
    {
        var rows = card.Candidates.OrderByDescending(candidate => candidate.CvAuc ?? double.NegativeInfinity).Select(candidate => Row(card, candidate));
        return Markup.Of($"""
            <section id="candidates" aria-labelledby="candidates-title">
            <h2 id="candidates-title">Candidates</h2>
            <p>Each was trained and judged by the same nested cross-validation on the training cases ({CardNumber.Count(card.Protocol.OuterRepeats)} × {CardNumber.Count(card.Protocol.OuterFolds)} folds). The winner is the best of those that may win (reading {string.Join(" or ", card.Protocol.WinnerFrom.Select(CardWords.Name))}); held-out cases had no say.</p>
            {CardTable.Of("Candidates by cross-validated AUC", ["Sequence", "Reads", "Learner", "AUC (mean ± SD of folds)", "Difference to the winner", "p"], rows)}
            <p class="note">Difference and p: paired DeLong test on the pooled out-of-fold scores, two-sided, not corrected for the number of candidates.</p>
            </section>
            """);
    }

    /// <summary>This center's model against pooled and harmonised ones.</summary>
    public static Markup Scopes(ModelCard card) => Markup.Of($"""
        <section id="scopes" aria-labelledby="scopes-title">
        <h2 id="scopes-title">Across scanners</h2>
        {(card.Scopes.Count == 0 ? Markup.Of($"<p>No other center's or scanner's cases were compared.</p>") : Markup.Of($"""
            <p>Would a model trained on more centers and scanners do better on this center's patients? The same kind of model, judged on this center's training cases:</p>
            {CardTable.Of("Scope of the training cases", ["Trained on", "AUC on this center's cases", "95 % interval", "p against this center alone"], card.Scopes.Select(Row))}
            <p class="note">{Verdict(card.Scopes)}</p>
            """))}
        </section>
        """);

    private static IReadOnlyList<Markup> Row(ModelCard card, CandidateCard candidate)
    {
        var (sequence, featureSet, learner) = candidate.Candidate;
        var winner = candidate.Candidate == new Candidate(card.Sequence, card.FeatureSet, card.Learner);
        return
        [
            winner ? Markup.Of($"{sequence} <strong class=\"chosen\">this model</strong>") : CardTable.Cell(sequence),
            CardTable.Cell(CardWords.Name(featureSet)),
            CardTable.Cell(CardWords.Name(learner)),
            candidate.CvAuc is null
                ? CardTable.Cell(CardNumber.Undefined, $"not trained: {candidate.Skipped ?? "no reason is recorded"}")
                : CardTable.Cell($"{CardNumber.Three(candidate.CvAuc)} ± {CardNumber.Three(candidate.CvAucDeviation)}"),
            CardTable.Cell(CardNumber.Signed(candidate.DifferenceToWinner)),
            CardTable.Cell(CardNumber.P(candidate.P)),
        ];
    }

    private static IReadOnlyList<Markup> Row(ScopeCard scope) =>
    [
        CardTable.Cell(CardWords.Scope(scope.Scope)),
        CardTable.Cell(CardNumber.Three(scope.CvAuc)),
        CardTable.Cell(CardNumber.Interval(scope.Interval)),
        CardTable.Cell(CardNumber.P(scope.P)),
    ];

    private static string Verdict(IReadOnlyList<ScopeCard> scopes) =>
        scopes.Where(scope => scope.P < 0.05).Select(scope => $"{CardWords.Scope(scope.Scope)} (p {CardNumber.Comparison(scope.P)})").ToList() is { Count: > 0 } different
            ? $"Different from this center's own model beyond chance (p < 0.05): {string.Join("; ", different)}."
            : "No difference is larger than chance explains (p < 0.05); with few cases that doesn't prove that there is none.";
}
