package dev.rapport.mining.evaluate;

import dev.rapport.mining.Classifier;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Regressor;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How good a trainer is on rows it has not seen: each part of the data is predicted by a model learned from the others,
 * everything a model learns (fills, scales, levels) included.
 *
 * {@snippet :
 * double[] x = new double[40];
 * String[] won = new String[40];
 * for (int i = 0; i < 40; i++) { x[i] = i; won[i] = i % 7 == 0 || i > 20 ? "yes" : "no"; }
 * var frame = Frame.of(Column.numeric("x", x), Column.categorical("won", won));
 * var scores = CrossValidation.classify(new LogisticRegression(), frame, Task.predict("won").from("x"), 5, Run.of(1));
 * check(scores.mean(BinaryReport::auc) > 0.7 && scores.probabilities().length == 40);
 * }
 */
public final class CrossValidation {
    private CrossValidation() {}

    /**
     * What came out, fold by fold.
     *
     * @param probabilities of the second class, per row, out of fold
     * @param folds the report of each fold
     */
    public record Binary(double[] probabilities, List<BinaryReport> folds) {
        /** The mean of a number over the folds. */
        public double mean(ToDoubleFunction<BinaryReport> number) {
            return folds.stream().mapToDouble(number).average().orElse(Double.NaN);
        }

        /** How far the folds lie apart: the standard deviation of a number over them. */
        public double deviation(ToDoubleFunction<BinaryReport> number) {
            return Statistics.deviation(folds.stream().mapToDouble(number).toArray());
        }
    }

    /** A target of two classes. @throws Refusal if it has another number, or a row has no target */
    public static Binary classify(Trainer<? extends Classifier> trainer, Frame data, Task task, int k, Run run) {
        var target = data.categorical(task.requiredTarget());
        double[] truth = IntStream.of(target.codes()).mapToDouble(code -> code).toArray();
        if (target.levels().size() != 2 || Arrays.stream(truth).anyMatch(code -> code < 0)) {
            throw Refusal.because(
                    "two-classes-needed", target.name(), target.levels().size());
        }
        double[] probabilities = new double[data.rows()];
        var splits = Split.folds(data.with(target), target.name(), k, run);
        var reports = IntStream.range(0, k)
                .mapToObj(fold -> {
                    run.at(fold / (double) k, "fold " + (fold + 1) + " of " + k);
                    var split = splits.get(fold);
                    var model = trainer.fit(data.rows(split.training()), task, run.quietly());
                    double[] given = model.probability(
                            data.rows(split.judging()), target.levels().get(1));
                    for (int i = 0; i < given.length; i++) probabilities[split.judging()[i]] = given[i];
                    return BinaryReport.of(given, chosen(truth, split.judging()), 0.5);
                })
                .toList();
        return new Binary(probabilities, reports);
    }

    /** Any number of classes: the report over all rows, each decided out of fold. */
    public static ClassReport decide(Trainer<? extends Classifier> trainer, Frame data, Task task, int k, Run run) {
        var target = data.categorical(task.requiredTarget());
        int[] decided = new int[data.rows()];
        var splits = Split.folds(data.with(target), target.name(), k, run);
        for (int fold = 0; fold < k; fold++) {
            run.at(fold / (double) k, "fold " + (fold + 1) + " of " + k);
            var split = splits.get(fold);
            var model = trainer.fit(data.rows(split.training()), task, run.quietly());
            int[] given = model.predict(data.rows(split.judging()));
            for (int i = 0; i < given.length; i++) {
                decided[split.judging()[i]] =
                        target.levels().indexOf(model.classes().get(given[i]));
            }
        }
        return ClassReport.of(decided, target.codes(), target.levels());
    }

    /** A target of numbers: the report over all rows, each predicted out of fold. */
    public static RegressionReport predict(
            Trainer<? extends Regressor> trainer, Frame data, Task task, int k, Run run) {
        double[] truth = data.numeric(task.requiredTarget()).values();
        double[] predicted = new double[data.rows()];
        var splits = Split.folds(data, task.requiredTarget(), k, run);
        for (int fold = 0; fold < k; fold++) {
            run.at(fold / (double) k, "fold " + (fold + 1) + " of " + k);
            var split = splits.get(fold);
            double[] given = trainer.fit(data.rows(split.training()), task, run.quietly())
                    .predict(data.rows(split.judging()));
            for (int i = 0; i < given.length; i++) predicted[split.judging()[i]] = given[i];
        }
        return RegressionReport.of(predicted, truth);
    }

    private static double[] chosen(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }
}
