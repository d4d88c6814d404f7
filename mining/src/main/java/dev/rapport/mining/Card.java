package dev.rapport.mining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a model comes from: enough to train it again and to judge it.
 *
 * {@snippet :
 * var card = Card.of("KMeans", Map.of("k", "3"), Run.of(7), "0f1e…", 200, List.of("income"));
 * check(card.seed() == 7 && card.findings().isEmpty());
 * }
 *
 * @param algorithm the trainer's name
 * @param parameters its hyper-parameters
 * @param seed the run's seed
 * @param fingerprint SHA-256 of the training data, see {@code Frame.fingerprint()}
 * @param rowsUsed rows learned from
 * @param rowsDropped rows left out, because their target is missing
 * @param inputs the columns the model needs for scoring
 * @param metrics how well the model fits its training data
 * @param findings what a careful analyst would add
 */
public record Card(
        String algorithm,
        Map<String, String> parameters,
        long seed,
        String fingerprint,
        int rowsUsed,
        int rowsDropped,
        List<String> inputs,
        Map<String, Double> metrics,
        List<Finding> findings) {

    /** Keeps the order in which parameters and metrics were given. */
    public Card {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        inputs = List.copyOf(inputs);
        findings = List.copyOf(findings);
    }

    /** A card without metrics or findings. */
    public static Card of(
            String algorithm,
            Map<String, String> parameters,
            Run run,
            String fingerprint,
            int rows,
            List<String> inputs) {
        return new Card(algorithm, parameters, run.seed(), fingerprint, rows, 0, inputs, Map.of(), List.of());
    }

    /** The same with one metric more. */
    public Card with(String metric, double value) {
        var more = new LinkedHashMap<>(metrics);
        more.put(metric, value);
        return new Card(algorithm, parameters, seed, fingerprint, rowsUsed, rowsDropped, inputs, more, findings);
    }

    /** The same with more findings. */
    public Card with(List<Finding> added) {
        var more = new java.util.ArrayList<>(findings);
        more.addAll(added);
        return new Card(algorithm, parameters, seed, fingerprint, rowsUsed, rowsDropped, inputs, metrics, more);
    }

    /** The same with the number of rows left out. */
    public Card dropping(int rows) {
        return new Card(algorithm, parameters, seed, fingerprint, rowsUsed, rows, inputs, metrics, findings);
    }
}
