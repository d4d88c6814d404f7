package dev.rapport.mining.association;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Items that go with each other by the cosine of the customers who bought them (B. Sarwar et al.: Item-based collaborative
 * filtering, 2001). Give one basket per customer with all that she ever bought. Offers something for every known item,
 * where rules are silent.
 *
 * {@snippet :
 * var history = Baskets.of(List.of(List.of("tea", "pot"), List.of("tea", "pot"), List.of("tea", "cup"), List.of("saw")));
 * var model = ItemSimilarity.of(history, 10, 1, Run.of(1));
 * check(model.recommend(Set.of("pot"), 1).get(0).item().equals("tea"));
 * }
 *
 * @param neighbours per item: the similar ones, best first
 */
public record ItemSimilarity(Map<String, List<Neighbour>> neighbours, Card card) implements Model {

    /** A similar item, its cosine in (0, 1], and how many bought both. */
    public record Neighbour(String item, double similarity, int together) {}

    /**
     * Learns the similarities.
     *
     * @param most neighbours kept per item
     * @param together least number of customers who bought both
     */
    public static ItemSimilarity of(Baskets baskets, int most, int together, Run run) {
        int n = baskets.names().size();
        int[] counts = baskets.counts();
        int[][] holders = holders(baskets, counts);
        var neighbours = new HashMap<String, List<Neighbour>>();
        int[] shared = new int[n];
        for (int item = 0; item < n; item++) {
            if (item % 256 == 0) run.at(item / (double) n, "item " + item);
            Arrays.fill(shared, 0);
            for (int basket : holders[item]) {
                for (int v = baskets.starts()[basket]; v < baskets.starts()[basket + 1]; v++)
                    shared[baskets.items()[v]]++;
            }
            var own = new ArrayList<Neighbour>();
            for (int other = 0; other < n; other++) {
                if (other == item || shared[other] < together) continue;
                double cosine = shared[other] / Math.sqrt((double) counts[item] * counts[other]);
                own.add(new Neighbour(baskets.names().get(other), cosine, shared[other]));
            }
            own.sort(Comparator.comparingDouble((Neighbour each) -> -each.similarity)
                    .thenComparing(Neighbour::item));
            if (!own.isEmpty())
                neighbours.put(baskets.names().get(item), List.copyOf(own.subList(0, Math.min(most, own.size()))));
        }
        var parameters = Map.of("most", String.valueOf(most), "together", String.valueOf(together));
        return new ItemSimilarity(
                new java.util.TreeMap<>(neighbours),
                Card.of("ItemSimilarity", parameters, run, "", baskets.size(), List.of("item")));
    }

    private static int[][] holders(Baskets baskets, int[] counts) {
        int[][] holders = new int[counts.length][];
        for (int item = 0; item < counts.length; item++) holders[item] = new int[counts[item]];
        int[] next = new int[counts.length];
        for (int b = 0; b < baskets.size(); b++) {
            for (int v = baskets.starts()[b]; v < baskets.starts()[b + 1]; v++) {
                int item = baskets.items()[v];
                holders[item][next[item]++] = b;
            }
        }
        return holders;
    }

    /** What else to offer somebody who has these, by the sum of similarities. */
    public List<Recommendation> recommend(Set<String> has, int most) {
        var scores = new HashMap<String, Double>();
        var because = new HashMap<String, List<String>>();
        for (String item : has.stream().sorted().toList()) {
            for (Neighbour neighbour : neighbours.getOrDefault(item, List.of())) {
                if (has.contains(neighbour.item)) continue;
                scores.merge(neighbour.item, neighbour.similarity, Double::sum);
                because.computeIfAbsent(neighbour.item, key -> new ArrayList<>())
                        .add(item);
            }
        }
        return scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> new Recommendation(
                        entry.getKey(), entry.getValue(), because.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    @Override
    public Explanation explanation() {
        return new Explanation.Facts(neighbours.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .limit(20)
                .map(entry -> Explanation.Fact.of(
                        "similar",
                        entry.getKey(),
                        entry.getValue().get(0).item(),
                        entry.getValue().get(0).similarity()))
                .toList());
    }
}
