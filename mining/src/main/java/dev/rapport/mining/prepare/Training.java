package dev.rapport.mining.prepare;

import dev.rapport.mining.Card;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.guard.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Data made ready for a supervised trainer: rows without a target left out, the target as numbers or class codes, and
 * what the guards found.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4), Column.categorical("won", "no", "yes", null, "yes"));
 * var training = Training.classes(frame, Task.predict("won").from("x"));
 * check(training.rows() == 3 && training.dropped() == 1 && training.classes().equals(List.of("no", "yes")));
 * }
 *
 * @param data the rows with a target
 * @param task what is to be learned
 * @param targets the target of each row: a number, or a class's place in {@code classes}
 * @param classes the classes that occur, sorted; empty for numbers
 * @param dropped rows without a target
 * @param findings what the guards found
 * @param fingerprint of the data as it was given
 */
public record Training(
        Frame data,
        Task task,
        double[] targets,
        List<String> classes,
        int dropped,
        List<Finding> findings,
        String fingerprint) {

    /** A target of classes. @throws Refusal with all reasons at once */
    public static Training classes(Frame data, Task task) {
        var column = data.categorical(task.requiredTarget());
        task.features().forEach(data::column);
        int[] kept = kept(column);
        int[] counts = new int[column.levels().size()];
        for (int row : kept) counts[column.codes()[row]]++;
        int[] place = new int[counts.length];
        var classes = new ArrayList<String>();
        for (int level = 0; level < counts.length; level++) {
            place[level] = classes.size();
            if (counts[level] > 0) classes.add(column.levels().get(level));
        }
        if (kept.length < 2) throw Refusal.because("too-few-rows", kept.length, 2);
        if (classes.size() < 2) throw Refusal.because("one-class", task.requiredTarget(), classes.get(0));
        double[] targets = new double[kept.length];
        for (int i = 0; i < kept.length; i++) targets[i] = place[column.codes()[kept[i]]];
        Frame known = kept.length == data.rows() ? data : data.rows(kept);
        var findings = Checks.classification(known, task, targets, classes);
        return new Training(
                known, task, targets, List.copyOf(classes), data.rows() - kept.length, findings, data.fingerprint());
    }

    /** A target of numbers. @throws Refusal with all reasons at once */
    public static Training numbers(Frame data, Task task) {
        var column = data.numeric(task.requiredTarget());
        task.features().forEach(data::column);
        int[] kept = kept(column);
        if (kept.length < 2) throw Refusal.because("too-few-rows", kept.length, 2);
        boolean isWhole = kept.length == data.rows();
        Frame known = isWhole ? data : data.rows(kept);
        double[] targets = isWhole ? column.values() : column.rows(kept).values();
        for (double target : targets)
            if (Double.isInfinite(target)) throw Refusal.because("infinite-value", column.name());
        var findings = Checks.regression(known, task, targets);
        return new Training(known, task, targets, List.of(), data.rows() - kept.length, findings, data.fingerprint());
    }

    /** How many rows are learned from. */
    public int rows() {
        return targets.length;
    }

    /** The targets as class codes. */
    public int[] codes() {
        int[] codes = new int[targets.length];
        for (int i = 0; i < codes.length; i++) codes[i] = (int) targets[i];
        return codes;
    }

    /** The card of a model learned from this. */
    public Card card(String algorithm, Map<String, String> parameters, Run run) {
        return Card.of(algorithm, parameters, run, fingerprint, rows(), task.features())
                .dropping(dropped)
                .with(findings);
    }

    private static int[] kept(Column column) {
        int[] kept = new int[column.size()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) if (!column.isMissing(row)) kept[count++] = row;
        return Arrays.copyOf(kept, count);
    }
}
