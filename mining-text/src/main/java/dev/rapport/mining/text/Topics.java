package dev.rapport.mining.text;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.regression.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What texts are about: groups of similar direction of their word weights (spherical k-means; I. Dhillon, D. Modha 2001),
 * each named by its keywords.
 *
 * {@snippet :
 * var texts = List.of("delivery late", "late delivery again", "delivery slow late", "food cold", "cold food bad", "food cold again");
 * var topics = Topics.of(texts, Tokens.WORDS, 2, Run.of(3));
 * check(topics.labels()[0] == topics.labels()[1] && topics.labels()[0] != topics.labels()[4]);
 * }
 *
 * @param labels each text's topic
 * @param keywords per topic, the weightiest first
 * @param sizes texts per topic
 */
public record Topics(int[] labels, List<List<String>> keywords, int[] sizes, Card card) implements Model {
    private static final int ROUNDS = 50;
    private static final int STARTS = 5;

    /** Finds that many topics. @throws Refusal if there are fewer texts than topics */
    public static Topics of(List<String> texts, Tokenizer tokenizer, int count, Run run) {
        if (texts.size() < count) throw Refusal.because("too-few-rows", texts.size(), count);
        var learned = TfIdf.learnWithRows(texts, tokenizer, 1, 0.5 + 0.5 / Math.max(1, count));
        var rows = learned.rows();
        int[] best = new int[0];
        double most = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            run.at(start / (double) STARTS, "start " + start);
            int[] labels = new int[rows.rows()];
            double likeness = group(rows, labels, count, run.random(start));
            if (likeness > most) {
                most = likeness;
                best = labels;
            }
        }
        var keywords = new ArrayList<List<String>>();
        int[] sizes = new int[count];
        for (int topic = 0; topic < count; topic++) {
            double[] centre = centre(rows, best, topic);
            keywords.add(IntStream.range(0, centre.length)
                    .filter(term -> centre[term] > 0)
                    .boxed()
                    .sorted((a, b) -> centre[a] != centre[b] ? Double.compare(centre[b], centre[a]) : a - b)
                    .limit(8)
                    .map(learned.tfIdf().terms()::get)
                    .toList());
            for (int label : best) if (label == topic) sizes[topic]++;
        }
        var card = Card.of("Topics", Map.of("count", String.valueOf(count)), run, "", texts.size(), List.of("text"));
        return new Topics(best, keywords, sizes, card.with("likeness", most / texts.size()));
    }

    private static double group(SparseRows rows, int[] labels, int count, SplittableRandom random) {
        int n = rows.rows();
        double[][] centres = new double[count][];
        double[] nearest = new double[n];
        Arrays.fill(nearest, 1);
        int next = random.nextInt(n);
        for (int c = 0; c < count; c++) {
            centres[c] = dense(rows, next);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                nearest[i] = Math.min(nearest[i], Math.max(0, 1 - product(rows, i, centres[c])));
                sum += nearest[i];
            }
            double left = random.nextDouble() * sum;
            next = 0;
            while (next + 1 < n && (left -= nearest[next]) > 0) next++;
        }
        double likeness = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double now = 0;
            boolean moved = false;
            for (int i = 0; i < n; i++) {
                int best = 0;
                double most = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < count; c++) {
                    double value = product(rows, i, centres[c]);
                    if (value > most) {
                        most = value;
                        best = c;
                    }
                }
                moved |= labels[i] != best;
                labels[i] = best;
                now += most;
            }
            likeness = now;
            if (!moved && round > 0) break;
            for (int c = 0; c < count; c++) {
                double[] centre = centre(rows, labels, c);
                if (Arrays.stream(centre).anyMatch(value -> value > 0)) centres[c] = centre;
            }
        }
        return likeness;
    }

    private static double[] dense(SparseRows rows, int row) {
        double[] dense = new double[rows.width()];
        for (int v = rows.starts()[row]; v < rows.starts()[row + 1]; v++) dense[rows.columns()[v]] = rows.values()[v];
        return dense;
    }

    private static double product(SparseRows rows, int row, double[] centre) {
        double sum = 0;
        for (int v = rows.starts()[row]; v < rows.starts()[row + 1]; v++)
            sum += rows.values()[v] * centre[rows.columns()[v]];
        return sum;
    }

    private static double[] centre(SparseRows rows, int[] labels, int topic) {
        double[] centre = new double[rows.width()];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != topic) continue;
            for (int v = rows.starts()[i]; v < rows.starts()[i + 1]; v++) centre[rows.columns()[v]] += rows.values()[v];
        }
        double length =
                Math.sqrt(Arrays.stream(centre).map(value -> value * value).sum());
        for (int j = 0; j < centre.length && length > 0; j++) centre[j] /= length;
        return centre;
    }

    @Override
    public Explanation explanation() {
        return new Explanation.Facts(IntStream.range(0, sizes.length)
                .mapToObj(topic -> Explanation.Fact.of(
                        "topic",
                        topic + 1,
                        sizes[topic],
                        keywords.get(topic).stream().limit(5).collect(Collectors.joining(", "))))
                .toList());
    }
}
