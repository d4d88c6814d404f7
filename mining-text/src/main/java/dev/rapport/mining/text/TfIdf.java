package dev.rapport.mining.text;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.regression.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much a word says about a text: often in it, seldom elsewhere (K. Spärck Jones 1972). Weights are {@code count ·
 * (ln((1 + texts) / (1 + texts with it)) + 1)}, each text scaled to length 1, as scikit-learn's.
 *
 * {@snippet :
 * var texts = List.of("late delivery", "late again", "friendly staff");
 * var tfIdf = TfIdf.learn(texts, Tokens.WORDS, 1, 1.0);
 * check(tfIdf.keywords("late delivery", 1).get(0).term().equals("delivery"));
 * check(tfIdf.rows(texts, Tokens.WORDS).rows() == 3);
 * }
 *
 * @param terms sorted
 * @param weights inverse document frequency of each term
 * @param texts how many texts it was learned from
 */
public record TfIdf(List<String> terms, double[] weights, int[] frequencies, int texts, Map<String, Integer> places) {

    /** A term that characterises a text or many: its weight and in how many texts it occurs. */
    public record Keyword(String term, double weight, int texts) {}

    /**
     * Learns terms and weights.
     *
     * @param least texts a term must occur in
     * @param most share of the texts a term may occur in, in (0, 1]
     */
    public static TfIdf learn(List<String> texts, Tokenizer tokenizer, int least, double most) {
        if (texts.isEmpty()) throw Refusal.because("too-few-rows", 0, 1);
        return new Counted(texts, tokenizer).weighted(least, most).tfIdf;
    }

    /** Learns, and answers the texts' weights with it, in one pass over the texts. */
    public static Learned learnWithRows(List<String> texts, Tokenizer tokenizer, int least, double most) {
        if (texts.isEmpty()) throw Refusal.because("too-few-rows", 0, 1);
        return new Counted(texts, tokenizer).weighted(least, most);
    }

    /** What was learned, and the rows it was learned from. */
    public record Learned(TfIdf tfIdf, SparseRows rows) {}

    /** Tokens of all texts as numbers in order of appearance, each text's counts side by side. */
    private static final class Counted {
        private final Map<String, Integer> places = new HashMap<>();
        private final int[] starts;
        private int[] items = new int[1 << 16];
        private int[] counts = new int[1 << 16];
        private int[] frequencies = new int[1 << 12];
        private int end = 0;

        Counted(List<String> texts, Tokenizer tokenizer) {
            starts = new int[texts.size() + 1];
            // where in this text's part a token's count stands: valid when it lies behind the part's start
            int[] stamp = new int[1 << 12];
            Arrays.fill(stamp, -1);
            for (int t = 0; t < texts.size(); t++) {
                int start = end;
                for (String token : tokenizer.tokens(texts.get(t))) {
                    Integer known = places.get(token);
                    int item = known == null ? places.size() : known;
                    if (known == null) places.put(token, item);
                    if (item >= stamp.length) {
                        int before = stamp.length;
                        stamp = Arrays.copyOf(stamp, 2 * before);
                        Arrays.fill(stamp, before, stamp.length, -1);
                        frequencies = Arrays.copyOf(frequencies, 2 * before);
                    }
                    if (stamp[item] >= start) {
                        counts[stamp[item]]++;
                        continue;
                    }
                    if (end == items.length) {
                        items = Arrays.copyOf(items, 2 * end);
                        counts = Arrays.copyOf(counts, 2 * end);
                    }
                    stamp[item] = end;
                    items[end] = item;
                    counts[end++] = 1;
                    frequencies[item]++;
                }
                starts[t + 1] = end;
            }
        }

        Learned weighted(int least, double most) {
            int n = starts.length - 1;
            var kept = places.entrySet().stream()
                    .filter(entry ->
                            frequencies[entry.getValue()] >= least && frequencies[entry.getValue()] <= most * n + 1e-9)
                    .sorted(Map.Entry.comparingByKey())
                    .toList();
            int[] column = new int[places.size()];
            Arrays.fill(column, -1);
            var terms = new ArrayList<String>();
            var where = new HashMap<String, Integer>();
            double[] weights = new double[kept.size()];
            int[] inTexts = new int[kept.size()];
            for (int i = 0; i < kept.size(); i++) {
                int item = kept.get(i).getValue();
                column[item] = i;
                terms.add(kept.get(i).getKey());
                where.put(kept.get(i).getKey(), i);
                inTexts[i] = frequencies[item];
                weights[i] = Math.log((1.0 + n) / (1 + frequencies[item])) + 1;
            }
            var tfIdf = new TfIdf(terms, weights, inTexts, n, where);
            return new Learned(tfIdf, rows(column, weights));
        }

        private SparseRows rows(int[] column, double[] weights) {
            int n = starts.length - 1;
            int[] ends = new int[n + 1];
            int[] columns = new int[end];
            double[] values = new double[end];
            int next = 0;
            for (int t = 0; t < n; t++) {
                int from = next;
                double squares = 0;
                for (int v = starts[t]; v < starts[t + 1]; v++) {
                    int c = column[items[v]];
                    if (c < 0) continue;
                    columns[next] = c;
                    values[next] = counts[v] * weights[c];
                    squares += values[next] * values[next];
                    next++;
                }
                double length = Math.sqrt(squares);
                for (int v = from; v < next; v++) values[v] /= length;
                ends[t + 1] = next;
            }
            return new SparseRows(ends, Arrays.copyOf(columns, next), Arrays.copyOf(values, next), weights.length);
        }
    }

    /** The weights of texts, by text and term; unknown terms count for nothing. */
    public SparseRows rows(List<String> others, Tokenizer tokenizer) {
        int[] starts = new int[others.size() + 1];
        int[] columns = new int[1024];
        double[] values = new double[1024];
        int end = 0;
        for (int t = 0; t < others.size(); t++) {
            var counts = new HashMap<Integer, Integer>();
            for (String token : tokenizer.tokens(others.get(t))) {
                Integer place = places.get(token);
                if (place != null) counts.merge(place, 1, Integer::sum);
            }
            double length = 0;
            if (end + counts.size() > columns.length) {
                columns = Arrays.copyOf(columns, 2 * (end + counts.size()));
                values = Arrays.copyOf(values, columns.length);
            }
            int from = end;
            for (var entry : counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                columns[end] = entry.getKey();
                values[end] = entry.getValue() * weights[entry.getKey()];
                length += values[end] * values[end];
                end++;
            }
            for (int v = from; v < end; v++) values[v] /= Math.sqrt(length);
            starts[t + 1] = end;
        }
        return new SparseRows(starts, Arrays.copyOf(columns, end), Arrays.copyOf(values, end), terms.size());
    }

    /** The terms that characterise one text, the weightiest first; {@link Tokens#WORDS} cuts it. */
    public List<Keyword> keywords(String text, int most) {
        return keywords(rows(List.of(text), Tokens.WORDS), most);
    }

    /** The terms that characterise texts together: by the sum of their weights. */
    public List<Keyword> keywords(SparseRows rows, int most) {
        double[] sums = new double[terms.size()];
        int[] counts = new int[terms.size()];
        for (int v = 0; v < rows.values().length; v++) {
            sums[rows.columns()[v]] += rows.values()[v];
            counts[rows.columns()[v]]++;
        }
        return IntStream.range(0, sums.length)
                .filter(term -> counts[term] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer term) -> -sums[term])
                        .thenComparing(terms::get))
                .limit(most)
                .map(term -> new Keyword(terms.get(term), sums[term], counts[term]))
                .toList();
    }
}
