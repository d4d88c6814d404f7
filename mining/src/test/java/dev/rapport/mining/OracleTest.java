package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.association.Apriori;
import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.association.FpGrowth;
import dev.rapport.mining.association.ItemsetMiner;
import dev.rapport.mining.association.SequenceRules;
import dev.rapport.mining.cluster.Dbscan;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.Optics;
import dev.rapport.mining.evaluate.Ranking;
import dev.rapport.mining.evaluate.Split;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.SortedOrder;
import dev.rapport.mining.prepare.Encoding.Scaling;
import dev.rapport.mining.tree.C45;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.tree.Id3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Algorithms held against the plainest possible form of themselves on small random inputs. */
class OracleTest {
    private static final Run RUN = Run.of(1);

    @Test
    void itemsetsAndRulesAreWhatCountingEverySubsetFinds() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            int items = 1 + random.nextInt(7);
            var baskets = new ArrayList<List<String>>();
            for (int b = 0; b < 1 + random.nextInt(30); b++) {
                var basket = new ArrayList<String>();
                for (int i = 0; i < items; i++) if (random.nextInt(3) > 0) basket.add("i" + i);
                if (random.nextInt(4) == 0 && !basket.isEmpty()) basket.add(basket.get(0));
                baskets.add(basket);
            }
            double support = (1 + random.nextInt(10)) / 10.0;
            int longest = 1 + random.nextInt(items);
            Map<Set<String>, Integer> expected = new HashMap<>();
            for (int mask = 1; mask < 1 << items; mask++) {
                var set = new HashSet<String>();
                for (int i = 0; i < items; i++) if ((mask >> i & 1) == 1) set.add("i" + i);
                int count = (int) baskets.stream()
                        .filter(basket -> basket.containsAll(set))
                        .count();
                if (set.size() <= longest && count > 0 && count >= support * baskets.size() - 1e-9)
                    expected.put(set, count);
            }
            var data = Baskets.of(baskets);
            for (ItemsetMiner miner : List.of(
                    new Apriori(support, longest), new Eclat(support, longest), new FpGrowth(support, longest))) {
                assertThat(miner.find(data, RUN).asMap())
                        .as("seed %d, %s", seed, miner)
                        .isEqualTo(expected);
            }
            for (var rule : AssociationRules.of(new Eclat(support, longest).find(data, RUN), 0.5, 2, RUN)
                    .rules()) {
                var all = new HashSet<>(rule.when());
                long when = baskets.stream()
                        .filter(basket -> basket.containsAll(rule.when()))
                        .count();
                all.add(rule.then());
                long both = baskets.stream()
                        .filter(basket -> basket.containsAll(all))
                        .count();
                long then = baskets.stream()
                        .filter(basket -> basket.contains(rule.then()))
                        .count();
                assertThat(rule.confidence())
                        .isCloseTo(both / (double) when, within(1e-12))
                        .isGreaterThanOrEqualTo(0.5);
                assertThat(rule.lift()).isCloseTo(both * (double) baskets.size() / when / then, within(1e-9));
            }
        }
    }

    @Test
    void sequencesAreWhatLookingAtEveryOrderFinds() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var histories = new ArrayList<List<String>>();
            for (int h = 0; h < 3 + random.nextInt(10); h++) {
                histories.add(IntStream.range(0, random.nextInt(7))
                        .mapToObj(i -> "" + "abcd".charAt(random.nextInt(4)))
                        .toList());
            }
            var rules = SequenceRules.of(histories, 0.3, 3, 0, RUN);
            var found = new HashMap<List<String>, Integer>();
            rules.patterns().forEach(pattern -> found.put(pattern.steps(), pattern.count()));
            var expected = new HashMap<List<String>, Integer>();
            collect(List.of(), histories, expected);
            assertThat(found).as("seed " + seed).isEqualTo(expected);
        }
    }

    private static void collect(List<String> prefix, List<List<String>> histories, Map<List<String>, Integer> into) {
        if (prefix.size() == 3) return;
        for (String step : List.of("a", "b", "c", "d")) {
            var longer = new ArrayList<>(prefix);
            longer.add(step);
            int count = (int) histories.stream()
                    .filter(history -> contains(history, longer))
                    .count();
            if (count == 0 || count < 0.3 * histories.size() - 1e-9) continue;
            into.put(List.copyOf(longer), count);
            collect(longer, histories, into);
        }
    }

    private static boolean contains(List<String> history, List<String> steps) {
        int at = 0;
        for (String step : history) if (at < steps.size() && step.equals(steps.get(at))) at++;
        return at == steps.size();
    }

    @Test
    void dbscanIsWhatComparingAllPairsFinds() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(120);
            int d = 1 + random.nextInt(5);
            double[][] x = new double[d][n];
            // a coarse grid of values makes equal points and distances exactly at the radius
            for (double[] column : x) for (int i = 0; i < n; i++) column[i] = random.nextInt(12) / 2.0;
            double radius = 0.5 + random.nextInt(4) / 2.0;
            int density = 1 + random.nextInt(6);
            var columns = IntStream.range(0, d)
                    .mapToObj(j -> Column.numeric("x" + j, x[j]))
                    .toList();
            var frame = Frame.of(columns);
            var found = new Dbscan(radius, density, Scaling.NONE)
                    .fit(frame, Task.describe(frame.names()), RUN)
                    .labels();
            assertThat(found).as("seed " + seed).isEqualTo(dbscan(x, n, radius, density));
        }
    }

    private static int[] dbscan(double[][] x, int n, double radius, int density) {
        boolean[][] near = new boolean[n][n];
        boolean[] core = new boolean[n];
        for (int i = 0; i < n; i++) {
            int count = 0;
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (double[] column : x) sum += (column[i] - column[j]) * (column[i] - column[j]);
                near[i][j] = sum <= radius * radius;
                if (near[i][j]) count++;
            }
            core[i] = count >= density;
        }
        int[] labels = new int[n];
        Arrays.fill(labels, -1);
        int next = 0;
        for (int i = 0; i < n; i++) {
            if (!core[i] || labels[i] >= 0) continue;
            var open = new ArrayList<Integer>(List.of(i));
            while (!open.isEmpty()) {
                int row = open.remove(open.size() - 1);
                if (labels[row] >= 0) continue;
                labels[row] = next;
                if (!core[row]) continue;
                for (int j = 0; j < n; j++) if (near[row][j] && labels[j] < 0) open.add(j);
            }
            next++;
        }
        return labels;
    }

    @Test
    void opticsCutAtARadiusHasDbscansGroups() {
        var random = new SplittableRandom(8);
        double[] x = new double[300];
        double[] y = new double[300];
        for (int i = 0; i < 300; i++) {
            x[i] = i % 3 * 5 + random.nextGaussian() * 0.4;
            y[i] = i % 3 * 2 + random.nextGaussian() * 0.4;
        }
        var frame = Frame.of(Column.numeric("x", x), Column.numeric("y", y));
        var task = Task.describe("x", "y");
        var order = new Optics(5, Scaling.NONE).fit(frame, task, RUN);
        int[] dense = new Dbscan(0.8, 5, Scaling.NONE).fit(frame, task, RUN).labels();
        int[] cut = order.labelsAt(0.8);
        // border rows may fall to another group, or to none
        for (int i = 0; i < 300; i++) {
            if (order.core()[i] > 0.8) continue;
            for (int j = 0; j < i; j++) {
                if (order.core()[j] <= 0.8) assertThat(cut[i] == cut[j]).isEqualTo(dense[i] == dense[j]);
            }
        }
    }

    @Test
    void threeMethodsOfKMeansAgreeOnRandomData() {
        for (int seed = 0; seed < 30; seed++) {
            var random = new SplittableRandom(seed);
            int n = 20 + random.nextInt(400);
            int k = 1 + random.nextInt(6);
            double[][] x = new double[2 + random.nextInt(6)][n];
            for (double[] column : x)
                for (int i = 0; i < n; i++) column[i] = random.nextGaussian() + random.nextInt(3) * 4;
            var frame = Frame.of(IntStream.range(0, x.length)
                    .mapToObj(j -> Column.numeric("x" + j, x[j]))
                    .toList());
            var task = Task.describe(frame.names());
            double[][] start = IntStream.range(0, k)
                    .mapToObj(c ->
                            Arrays.stream(x).mapToDouble(column -> column[c]).toArray())
                    .toArray(double[][]::new);
            int[] expected = null;
            for (KMeans.Method method : KMeans.Method.values()) {
                int[] labels = KMeans.of(k)
                        .unscaled()
                        .startingAt(start)
                        .by(method)
                        .fit(frame, task, RUN)
                        .assign(frame);
                if (expected == null) expected = labels;
                assertThat(labels).as("seed %d, %s", seed, method).isEqualTo(expected);
            }
        }
    }

    @Test
    void cartsFirstQuestionIsTheBestOfAll() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            int n = 10 + random.nextInt(60);
            double[] a = new double[n];
            double[] b = new double[n];
            String[] city = new String[n];
            String[] y = new String[n];
            for (int i = 0; i < n; i++) {
                a[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(10);
                b[i] = random.nextInt(10);
                city[i] = "c" + random.nextInt(4);
                y[i] = b[i] + random.nextInt(8) > 8 ? "yes" : "no";
            }
            if (new TreeSet<>(List.of(y)).size() < 2) continue;
            var frame = Frame.of(
                    Column.numeric("a", a),
                    Column.numeric("b", b),
                    Column.categorical("city", city),
                    Column.categorical("y", y));
            var tree =
                    new Cart().deep(1).leavesOf(3).fit(frame, Task.predict("y").from("a", "b", "city"), RUN);
            double best = bestGini(a, b, city, y);
            double found = 0;
            if (tree.tree().feature()[0] >= 0) {
                for (int leaf = 1; leaf <= 2; leaf++)
                    found += gini(tree.tree().value()[leaf], tree.tree().rows()[leaf]);
            } else {
                found = gini(tree.tree().value()[0], n);
            }
            assertThat(found).as("seed " + seed).isCloseTo(best, within(1e-9));
        }
    }

    private static double gini(double[] shares, double rows) {
        double impurity = 1;
        for (double share : shares) impurity -= share * share;
        return impurity * rows;
    }

    // every threshold of both numbers with the missing on either side, every subset of the levels
    private static double bestGini(double[] a, double[] b, String[] city, String[] y) {
        var sides = new ArrayList<boolean[]>();
        for (double[] x : List.of(a, b)) {
            for (double t = -0.5; t < 10; t++) {
                double limit = t;
                for (boolean missingLeft : new boolean[] {false, true}) {
                    boolean[] left = new boolean[x.length];
                    for (int i = 0; i < x.length; i++) left[i] = Double.isNaN(x[i]) ? missingLeft : x[i] <= limit;
                    sides.add(left);
                }
            }
            boolean[] known = new boolean[x.length];
            for (int i = 0; i < x.length; i++) known[i] = !Double.isNaN(x[i]);
            sides.add(known);
        }
        for (int mask = 0; mask < 16; mask++) {
            boolean[] left = new boolean[city.length];
            for (int i = 0; i < city.length; i++) left[i] = (mask >> (city[i].charAt(1) - '0') & 1) == 1;
            sides.add(left);
        }
        double best = impurity(y, new boolean[y.length], false);
        for (boolean[] left : sides) {
            long count = IntStream.range(0, y.length).filter(i -> left[i]).count();
            if (count < 3 || y.length - count < 3) continue;
            best = Math.min(best, impurity(y, left, true) + impurity(y, left, false));
        }
        return best;
    }

    private static double impurity(String[] y, boolean[] left, boolean side) {
        double rows = 0;
        double yes = 0;
        for (int i = 0; i < y.length; i++) {
            if (left[i] != side) continue;
            rows++;
            if (y[i].equals("yes")) yes++;
        }
        return rows == 0 ? 0 : rows - (yes * yes + (rows - yes) * (rows - yes)) / rows;
    }

    private static final Frame PLAY = Frame.of(
            Column.categorical(
                    "outlook",
                    "sunny",
                    "sunny",
                    "overcast",
                    "rain",
                    "rain",
                    "rain",
                    "overcast",
                    "sunny",
                    "sunny",
                    "rain",
                    "sunny",
                    "overcast",
                    "overcast",
                    "rain"),
            Column.categorical(
                    "temperature",
                    "hot",
                    "hot",
                    "hot",
                    "mild",
                    "cool",
                    "cool",
                    "cool",
                    "mild",
                    "cool",
                    "mild",
                    "mild",
                    "mild",
                    "hot",
                    "mild"),
            Column.categorical(
                    "humidity",
                    "high",
                    "high",
                    "high",
                    "high",
                    "normal",
                    "normal",
                    "normal",
                    "high",
                    "normal",
                    "normal",
                    "normal",
                    "high",
                    "normal",
                    "high"),
            Column.categorical(
                    "wind", "weak", "strong", "weak", "weak", "weak", "strong", "strong", "weak", "weak", "weak",
                    "strong", "strong", "weak", "strong"),
            Column.numeric("degrees", 85, 90, 78, 96, 80, 70, 65, 95, 70, 80, 70, 90, 75, 80),
            Column.categorical(
                    "play", "no", "no", "yes", "yes", "yes", "no", "yes", "no", "yes", "yes", "yes", "yes", "yes",
                    "no"));

    /** Quinlan's example: outlook gains 0.247 bits, humidity 0.152, wind 0.048, temperature 0.029. */
    @Test
    void id3GrowsQuinlansTree() {
        var tree = new Id3().fit(PLAY, Task.predict("play").from("outlook", "temperature", "humidity", "wind"), RUN);
        assertThat(tree.root().feature()).isZero();
        assertThat(tree.root().leaves()).isEqualTo(5);
        int[] decided = tree.predict(PLAY);
        for (int i = 0; i < 14; i++)
            assertThat(tree.classes().get(decided[i]))
                    .isEqualTo(PLAY.column("play").written(i));
        String rules = tree.explanation().text(java.util.Locale.ENGLISH);
        assertThat(rules)
                .contains("If outlook is overcast, then yes")
                .contains("outlook is sunny and humidity is high, then no");
        assertThat(tree.explanation().text(java.util.Locale.SIMPLIFIED_CHINESE))
                .contains("如果 outlook 为 overcast，则为“yes”");
    }

    /** With humidity as a number, C4.5 finds the same tree by thresholds (Quinlan 1993, chapter 2). */
    @Test
    void c45GrowsQuinlansTreeFromNumbers() {
        var tree = new C45(2, 0.25, 10).fit(PLAY, Task.predict("play").from("outlook", "degrees", "wind"), RUN);
        assertThat(tree.root().feature()).isZero();
        var sunny = tree.root().branches().get(2);
        assertThat(sunny.feature()).isEqualTo(1);
        assertThat(sunny.threshold()).isEqualTo(70);
        assertThat(tree.root().leaves()).isEqualTo(5);
        // a row without an outlook follows all branches in proportion
        Frame unknown = Frame.of(
                Column.categorical("outlook", (String) null),
                Column.numeric("degrees", 70),
                Column.categorical("wind", "weak"));
        assertThat(tree.probabilities(unknown)[0][1]).isCloseTo(1, within(1e-9));
    }

    @Test
    void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(50);
            double[] scores = IntStream.range(0, n)
                    .mapToDouble(i -> random.nextInt(8) - 4)
                    .toArray();
            double[] truth = IntStream.range(0, n)
                    .mapToDouble(i -> i == 0 ? 1 : i == 1 ? 0 : random.nextInt(2))
                    .toArray();
            double right = 0;
            double pairs = 0;
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) {
                    if (truth[i] != 1 || truth[j] != 0) continue;
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            assertThat(Ranking.auc(scores, truth)).isCloseTo(right / pairs, within(1e-12));
            assertThat(Ranking.lift(scores, truth, 1)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void theRadixSortSorts() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            double[] values = IntStream.range(0, random.nextInt(300))
                    .mapToDouble(i -> switch (random.nextInt(6)) {
                        case 0 -> Double.NaN;
                        case 1 -> -0.0;
                        case 2 -> Double.NEGATIVE_INFINITY;
                        case 3 -> random.nextInt(5);
                        default -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
                    })
                    .toArray();
            int[] order = SortedOrder.of(values);
            Integer[] expected = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
            Arrays.sort(expected, java.util.Comparator.comparingDouble(i -> values[i] == 0 ? 0 : values[i]));
            assertThat(order)
                    .containsExactly(Arrays.stream(expected).mapToInt(i -> i).toArray());
        }
    }

    @Test
    void splitsLoseNoRowAndKeepTheMix() {
        double[] x = new double[103];
        String[] y = new String[103];
        for (int i = 0; i < 103; i++) y[i] = i % 4 == 0 ? "rare" : "common";
        var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
        var judged = new TreeSet<Integer>();
        for (Split split : Split.folds(frame, "y", 5, RUN)) {
            assertThat(split.training().length + split.judging().length).isEqualTo(103);
            for (int row : split.judging()) assertThat(judged.add(row)).isTrue();
            long rare =
                    Arrays.stream(split.judging()).filter(row -> row % 4 == 0).count();
            assertThat(rare).isBetween(5L, 6L);
        }
        assertThat(judged).hasSize(103);
    }
}
