package dev.rapport.mining.association;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * "Who bought A and later B buys C next": patterns in order of time, by growing prefixes over projected sequences
 * (J. Pei et al.: PrefixSpan, 2001), and the rules they give.
 *
 * {@snippet :
 * var histories = List.of(List.of("printer", "ink"), List.of("printer", "paper", "ink"), List.of("ink"));
 * var rules = SequenceRules.of(histories, 0.5, 3, 0.9, Run.of(1));
 * check(rules.rules().get(0).then().equals("ink") && rules.rules().get(0).when().equals(List.of("printer")));
 * }
 *
 * @param patterns sequences that enough histories contain, in this order but not necessarily next to each other
 * @param rules what follows, the highest lift first
 */
public record SequenceRules(List<Pattern> patterns, List<Rule> rules, Card card) implements Model {

    /** A sequence and how many histories contain it. */
    public record Pattern(List<String> steps, int count) {}

    /** What follows a sequence, with confidence and lift over how common the item is anyway. */
    public record Rule(List<String> when, String then, int count, double confidence, double lift) {}

    /**
     * Finds patterns and rules.
     *
     * @param histories per customer what happened, in order of time
     * @param support least share of histories, in (0, 1]
     * @param longest most steps of a pattern
     * @param confidence least confidence of a rule
     */
    public static SequenceRules of(
            List<List<String>> histories, double support, int longest, double confidence, Run run) {
        ItemsetMiner.check(support, longest);
        var names = histories.stream().flatMap(List::stream).distinct().sorted().toList();
        var places = new HashMap<String, Integer>();
        for (String name : names) places.put(name, places.size());
        int[][] sequences = histories.stream()
                .map(history -> history.stream()
                        .mapToInt(step -> places.getOrDefault(step, 0))
                        .toArray())
                .toArray(int[][]::new);
        int least = Math.max(1, (int) Math.ceil(support * sequences.length - 1e-9));
        var patterns = new ArrayList<Pattern>();
        var counts = new HashMap<List<Integer>, Integer>();
        int[] all = IntStream.range(0, sequences.length).toArray();
        grow(List.of(), all, new int[all.length], sequences, names.size(), least, longest, counts, run);
        counts.forEach((steps, count) ->
                patterns.add(new Pattern(steps.stream().map(names::get).toList(), count)));
        patterns.sort(Comparator.comparingInt((Pattern pattern) -> -pattern.count)
                .thenComparing(pattern -> pattern.steps.size())
                .thenComparing(pattern -> pattern.steps.toString()));
        var rules = rules(counts, names, sequences.length, confidence);
        var parameters = new TreeMap<>(Map.of(
                "support", String.valueOf(support),
                "longest", String.valueOf(longest),
                "confidence", String.valueOf(confidence)));
        var card = Card.of("SequenceRules", parameters, run, "", sequences.length, List.of("step"));
        return new SequenceRules(patterns, rules, card.with("patterns", patterns.size()));
    }

    private static void grow(
            List<Integer> prefix,
            int[] who,
            int[] from,
            int[][] sequences,
            int items,
            int least,
            int longest,
            Map<List<Integer>, Integer> counts,
            Run run) {
        if (prefix.size() >= longest) return;
        run.at(0.5, "patterns of " + (prefix.size() + 1));
        int[] support = new int[items];
        int[] seen = new int[items];
        for (int i = 0; i < who.length; i++) {
            int[] sequence = sequences[who[i]];
            for (int at = from[i]; at < sequence.length; at++) {
                if (seen[sequence[at]] == i + 1) continue;
                seen[sequence[at]] = i + 1;
                support[sequence[at]]++;
            }
        }
        for (int item = 0; item < items; item++) {
            if (support[item] < least) continue;
            var longer = new ArrayList<>(prefix);
            longer.add(item);
            counts.put(List.copyOf(longer), support[item]);
            int[] nextWho = new int[support[item]];
            int[] nextFrom = new int[support[item]];
            int kept = 0;
            for (int i = 0; i < who.length; i++) {
                int[] sequence = sequences[who[i]];
                int at = from[i];
                while (at < sequence.length && sequence[at] != item) at++;
                if (at == sequence.length) continue;
                nextWho[kept] = who[i];
                nextFrom[kept++] = at + 1;
            }
            grow(longer, nextWho, nextFrom, sequences, items, least, longest, counts, run);
        }
    }

    private static List<Rule> rules(
            Map<List<Integer>, Integer> counts, List<String> names, int histories, double confidence) {
        var rules = new ArrayList<Rule>();
        counts.forEach((steps, count) -> {
            if (steps.size() < 2) return;
            var when = steps.subList(0, steps.size() - 1);
            int then = steps.get(steps.size() - 1);
            double share = count / (double) counts.getOrDefault(when, histories);
            double anyway = counts.getOrDefault(List.of(then), histories) / (double) histories;
            if (share < confidence - 1e-9) return;
            rules.add(new Rule(when.stream().map(names::get).toList(), names.get(then), count, share, share / anyway));
        });
        rules.sort(Comparator.comparingDouble(Rule::lift)
                .thenComparingDouble(Rule::confidence)
                .thenComparingInt(Rule::count)
                .reversed()
                .thenComparing(rule -> rule.when + rule.then));
        return rules;
    }

    /** What is likely to come next after a history: the best rule whose steps it contains in order. */
    public List<Recommendation> next(List<String> history, int most) {
        var best = new HashMap<String, Rule>();
        for (Rule rule : rules) {
            if (isWithin(rule.when, history))
                best.merge(rule.then, rule, (a, b) -> b.confidence > a.confidence ? b : a);
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble((Rule rule) -> -rule.confidence)
                        .thenComparing(Rule::then))
                .limit(most)
                .map(rule -> new Recommendation(rule.then, rule.confidence, rule.when))
                .toList();
    }

    private static boolean isWithin(List<String> steps, List<String> history) {
        int at = 0;
        for (String step : history) if (at < steps.size() && steps.get(at).equals(step)) at++;
        return at == steps.size();
    }

    @Override
    public Explanation explanation() {
        return new Explanation.Facts(rules.stream()
                .limit(20)
                .map(rule -> Explanation.Fact.of(
                        "sequence",
                        String.join(" → ", rule.when),
                        rule.then,
                        100 * rule.confidence,
                        rule.lift,
                        rule.count))
                .toList());
    }
}
