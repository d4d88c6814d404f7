package dev.rapport.mining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be learned from which columns.
 *
 * {@snippet :
 * var churn = Task.predict("churn").from("tenure", "contract").observedAt("snapshot").knownAt("closingNote", "closedAt");
 * check(churn.target().equals(Optional.of("churn")));
 * }
 *
 * @param target the column to predict; empty when nothing is to be predicted, as in clustering
 * @param features the columns to learn from, in order, without the target
 * @param observedAt a time column that says when the features were looked at
 * @param knownAt for features that became known at a time of their own: the feature's name and its time column
 */
public record Task(
        Optional<String> target, List<String> features, Optional<String> observedAt, Map<String, String> knownAt) {

    /** @throws Refusal if there is no feature, one twice, or the target among them */
    public Task {
        features = List.copyOf(features);
        knownAt = Map.copyOf(knownAt);
        if (features.isEmpty()) throw Refusal.because("no-features");
        if (features.stream().distinct().count() < features.size()) {
            throw Refusal.because("repeated-feature", String.join(", ", features));
        }
        if (target.isPresent() && features.contains(target.get())) {
            throw Refusal.because("target-among-features", target.get());
        }
    }

    /** A task without a target: find structure in these columns. */
    public static Task describe(String... features) {
        return new Task(Optional.empty(), List.of(features), Optional.empty(), Map.of());
    }

    /** A task without a target. */
    public static Task describe(List<String> features) {
        return new Task(Optional.empty(), features, Optional.empty(), Map.of());
    }

    /** The beginning of {@code predict(target).from(features)}. */
    public static Prediction predict(String target) {
        return new Prediction(target);
    }

    /** The same with the time at which the features were looked at. */
    public Task observedAt(String timeColumn) {
        return new Task(target, features, Optional.of(timeColumn), knownAt);
    }

    /** The same with the time at which one feature became known; later than {@link #observedAt} means leakage. */
    public Task knownAt(String feature, String timeColumn) {
        var times = new LinkedHashMap<>(knownAt);
        times.put(feature, timeColumn);
        return new Task(target, features, observedAt, times);
    }

    /** The same with other features. */
    public Task from(List<String> others) {
        return new Task(target, others, observedAt, knownAt);
    }

    /** The target. @throws Refusal if the task has none */
    public String requiredTarget() {
        return target.orElseThrow(() -> Refusal.because("no-target"));
    }

    /** A target still without features. */
    public record Prediction(String target) {
        /** The columns to learn from. */
        public Task from(String... features) {
            return from(List.of(features));
        }

        /** The columns to learn from. */
        public Task from(List<String> features) {
            return new Task(Optional.of(target), features, Optional.empty(), Map.of());
        }
    }
}
