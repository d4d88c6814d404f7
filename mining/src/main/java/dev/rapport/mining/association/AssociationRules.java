package dev.rapport.mining.association;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.Special;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * "Who buys A also buys B": rules with one item on the right, from frequent itemsets (R. Agrawal, T. Imieliński, A. Swami
 * 1993). The most convincing come first: by lift, then confidence, then support.
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("bread", "butter"), List.of("bread", "butter"), List.of("bread"), List.of("milk")));
 * var rules = AssociationRules.of(new Eclat(0.25, 3).find(baskets, Run.of(1)), 0.6, 2, Run.of(1));
 * check(rules.rules().get(0).then().equals("butter") || rules.rules().get(0).then().equals("bread"));
 * check(rules.recommend(Set.of("butter"), 3).get(0).item().equals("bread"));
 * }
 *
 * @param rules the rules
 * @param card where they come from
 */
public record AssociationRules(List<Rule> rules, Card card) implements Model {
    private static final int WORTH_BASKETS = 10;
    private static final double WORTH_CONFIDENCE = 0.05;

    /**
     * One rule.
     *
     * @param when items that are bought
     * @param then what is bought with them
     * @param count baskets that hold all of them
     * @param support share of baskets that hold all of them
     * @param confidence share of the baskets with {@code when} that hold {@code then}
     * @param lift how many times more often than by chance
     * @param conviction how many times more often the rule would fail by chance; infinite when it never fails
     * @param p chance of so many baskets or more if both were independent (chi-squared with one degree of freedom)
     */
    public record Rule(
            List<String> when,
            String then,
            int count,
            double support,
            double confidence,
            double lift,
            double conviction,
            double p) {}

    /**
     * All rules of enough confidence.
     *
     * @param confidence least confidence, in [0, 1]
     * @param shortest least number of items in a rule, 1 (a rule without a condition) or more
     */
    public static AssociationRules of(Itemsets sets, double confidence, int shortest, Run run) {
        var counts = new HashMap<IntBuffer, Integer>(2 * sets.sets().size());
        for (int i = 0; i < sets.sets().size(); i++)
            counts.put(IntBuffer.wrap(sets.sets().get(i)), sets.counts()[i]);
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < sets.sets().size(); i++) {
            int[] set = sets.sets().get(i);
            if (set.length < Math.max(1, shortest)) continue;
            if (i % 10_000 == 0) run.at(i / (double) sets.sets().size(), "rules");
            int[] rest = new int[set.length - 1];
            for (int then = 0; then < set.length; then++) {
                System.arraycopy(set, 0, rest, 0, then);
                System.arraycopy(set, then + 1, rest, then, rest.length - then);
                int base = rest.length == 0 ? sets.baskets() : counts.getOrDefault(IntBuffer.wrap(rest), 0);
                // support counts are whole numbers; the tolerance is for shares like 0.8
                if (base == 0 || sets.counts()[i] < confidence * base - 1e-9) continue;
                int alone = counts.getOrDefault(IntBuffer.wrap(new int[] {set[then]}), 0);
                rules.add(rule(sets, rest, set[then], sets.counts()[i], base, alone));
            }
        }
        rules.sort(Comparator.comparingDouble(Rule::lift)
                .thenComparingDouble(Rule::confidence)
                .thenComparingDouble(Rule::support)
                .reversed()
                .thenComparing(rule -> rule.when().toString() + rule.then()));
        var parameters = Map.of("confidence", String.valueOf(confidence), "shortest", String.valueOf(shortest));
        var card = Card.of("AssociationRules", new TreeMap<>(parameters), run, "", sets.baskets(), List.of("item"));
        return new AssociationRules(List.copyOf(rules), card.with("rules", rules.size()));
    }

    private static Rule rule(Itemsets sets, int[] when, int then, int count, int base, int alone) {
        double n = sets.baskets();
        double confidence = count / (double) base;
        double share = alone / n;
        return new Rule(
                Arrays.stream(when).mapToObj(sets.names()::get).toList(),
                sets.names().get(then),
                count,
                count / n,
                confidence,
                confidence / share,
                confidence >= 1 ? Double.POSITIVE_INFINITY : (1 - share) / (1 - confidence),
                chance(count, base, alone, n));
    }

    private static double chance(double both, double when, double then, double n) {
        double expected = when * then / n;
        double spread = when * then * (n - when) * (n - then) / (n * n * n);
        if (spread <= 0 || both <= expected) return 1;
        return Special.chiSquaredTail((both - expected) * (both - expected) / spread, 1);
    }

    /**
     * Only rules worth reading: better than chance with the error rate held at {@code rate} over all rules (Y. Benjamini,
     * Y. Hochberg 1995), held by ten baskets or more, and five points more confident than every rule with fewer conditions and
     * the same result (R. Bayardo 1999).
     */
    public AssociationRules worthReading(double rate) {
        double[] sorted = rules.stream().mapToDouble(Rule::p).sorted().toArray();
        double limit = 0;
        for (int i = 0; i < sorted.length; i++) if (sorted[i] <= rate * (i + 1) / sorted.length) limit = sorted[i];
        double most = limit;
        var byResult = new HashMap<String, List<Rule>>();
        for (Rule rule : rules)
            byResult.computeIfAbsent(rule.then, key -> new ArrayList<>()).add(rule);
        var kept = rules.stream()
                .filter(rule -> rule.p <= most && rule.lift > 1 && rule.count >= WORTH_BASKETS)
                .filter(rule -> byResult.getOrDefault(rule.then, List.of()).stream()
                        .noneMatch(other -> other.when.size() < rule.when.size()
                                && other.confidence > rule.confidence - WORTH_CONFIDENCE
                                && new HashSet<>(rule.when).containsAll(other.when)))
                .toList();
        return new AssociationRules(kept, card.with("rulesWorthReading", kept.size()));
    }

    /** What else to offer for a basket: the result of the most confident rule that applies, for each item not in it. */
    public List<Recommendation> recommend(Set<String> basket, int most) {
        var best = new HashMap<String, Rule>();
        for (Rule rule : rules) {
            if (basket.contains(rule.then) || !basket.containsAll(rule.when)) continue;
            best.merge(rule.then, rule, (a, b) -> b.confidence > a.confidence ? b : a);
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble((Rule rule) -> -rule.confidence)
                        .thenComparing(Rule::then))
                .limit(most)
                .map(rule -> new Recommendation(rule.then, rule.confidence, rule.when))
                .toList();
    }

    @Override
    public Explanation explanation() {
        return new Explanation.Facts(rules.stream()
                .limit(20)
                .map(rule -> rule.when.isEmpty()
                        ? Explanation.Fact.of("rule.always", rule.then, 100 * rule.confidence)
                        : Explanation.Fact.of(
                                "rule",
                                String.join(" + ", rule.when),
                                rule.then,
                                100 * rule.confidence,
                                rule.lift,
                                rule.count))
                .toList());
    }
}
