package dev.rapport.mining.svm;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.evaluate.Split;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Sampling;
import dev.rapport.mining.prepare.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * The border that keeps two classes as far apart as possible, straight or bent (C. Cortes, V. Vapnik 1995), by libsvm
 * (C.-C. Chang, C.-J. Lin 2011). Probabilities come from out-of-fold distances (J. Platt 1999; H.-T. Lin, C.-J. Lin,
 * R. Weng 2007). Cannot say why in general; {@code why} samples Shapley values.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 11, 12, 13, 14),
 *     Column.categorical("side", "a", "a", "a", "a", "b", "b", "b", "b"));
 * var model = SupportVectorMachine.linear(1).fit(frame, Task.predict("side").from("x"), Run.of(1));
 * check(model.decisions(frame)[0] < 0 && model.decisions(frame)[7] > 0);
 * }
 *
 * @param kernel straight or bent
 * @param c penalty of a row on the wrong side, above 0
 * @param gamma how near rows influence each other, for the bent kernel; 0 for 1 / (columns · variance)
 */
public record SupportVectorMachine(Kernel kernel, double c, double gamma)
        implements Trainer<SupportVectorMachine.Margin> {

    /** The shape of the border. */
    public enum Kernel {
        /** A plane. */
        LINEAR,
        /** Bent, by radial basis functions. */
        RADIAL
    }

    private static final int MANY_ROWS = 20_000;
    private static final int FOLDS = 5;

    /** @throws IllegalArgumentException if a parameter is out of range */
    public SupportVectorMachine {
        if (!(c > 0)) throw new IllegalArgumentException("c must be above 0, not " + c);
        if (!(gamma >= 0)) throw new IllegalArgumentException("gamma must be at least 0, not " + gamma);
    }

    /** A plane. */
    public static SupportVectorMachine linear(double c) {
        return new SupportVectorMachine(Kernel.LINEAR, c, 0);
    }

    /** A bent border. */
    public static SupportVectorMachine radial(double c) {
        return new SupportVectorMachine(Kernel.RADIAL, c, 0);
    }

    @Override
    public Margin fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        if (training.classes().size() != 2) {
            throw Refusal.because(
                    "two-classes-needed",
                    task.requiredTarget(),
                    training.classes().size());
        }
        var encoder = Encoder.learn(training.data(), task.features(), Encoding.STANDARD, run.threads());
        double[][] rows = transposed(encoder.encode(training.data(), run.threads()), training.rows());
        double used = gamma > 0 ? gamma : automaticGamma(rows);
        double[] out = new double[rows.length];
        var target = training.data().categorical(task.requiredTarget());
        int folds = Math.min(FOLDS, rows.length);
        var splits = Split.folds(Frame.of(target), target.name(), folds, run);
        var caller = Thread.currentThread();
        // the whole and the folds of the calibration know nothing of each other
        var machines = Parallel.map(folds + 1, run.threads(), part -> {
            if (Thread.currentThread() == caller) run.at(0.1 + 0.8 * part / folds, "libsvm, part " + (part + 1));
            if (part == 0) return Optional.of(trained(rows, training.targets(), used));
            int[] chosen = splits.get(part - 1).training();
            double[] truth = Sampling.chosen(training.targets(), chosen);
            boolean oneSided = java.util.Arrays.stream(truth).distinct().count() < 2;
            return oneSided
                    ? Optional.<Machine>empty()
                    : Optional.of(trained(Sampling.chosen(rows, chosen), truth, used));
        });
        var plain = machines.getFirst().orElseThrow();
        for (int fold = 0; fold < folds; fold++) {
            var model = machines.get(fold + 1).orElse(plain);
            for (int row : splits.get(fold).judging()) out[row] = model.decision(rows[row]);
        }
        double[] platt = Platt.fit(out, training.targets());
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("kernel", kernel.name());
        parameters.put("c", String.valueOf(c));
        parameters.put("gamma", String.valueOf(used));
        var findings = rows.length > MANY_ROWS
                ? List.of(Finding.warning("slow-svm", rows.length, MANY_ROWS))
                : List.<Finding>of();
        var card = training.card("SupportVectorMachine", parameters, run)
                .with("supportVectors", plain.vectors().length)
                .with(findings);
        double[][] background = Sampling.spread(rows, Sampling.BACKGROUND);
        return new Margin(encoder, plain, platt[0], platt[1], background, training.classes(), run.seed(), card);
    }

    private static double[][] transposed(double[][] columns, int rows) {
        double[][] result = new double[rows][columns.length];
        for (int j = 0; j < columns.length; j++) for (int i = 0; i < rows; i++) result[i][j] = columns[j][i];
        return result;
    }

    private static double automaticGamma(double[][] rows) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (double[] row : rows) {
            for (double value : row) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double variance = squares / count - sum / count * (sum / count);
        return variance > 0 ? 1 / (rows[0].length * variance) : 1;
    }

    private Machine trained(double[][] rows, double[] targets, double used) {
        var parameter = new svm_parameter();
        parameter.svm_type = svm_parameter.C_SVC;
        parameter.kernel_type = kernel == Kernel.LINEAR ? svm_parameter.LINEAR : svm_parameter.RBF;
        parameter.C = c;
        parameter.gamma = used;
        parameter.eps = 1e-3;
        parameter.cache_size = 200;
        parameter.shrinking = 1;
        parameter.weight_label = new int[0];
        parameter.weight = new double[0];
        var problem = new svm_problem();
        problem.l = rows.length;
        problem.y = targets;
        problem.x = new svm_node[rows.length][];
        for (int i = 0; i < rows.length; i++) problem.x[i] = nodes(rows[i]);
        svm.svm_set_print_string_function(line -> {});
        svm_model model = svm.svm_train(problem, parameter);
        // libsvm's first class is the one it met first; ours is the second of the sorted two
        double sign = model.label[0] == 1 ? 1 : -1;
        double[][] vectors = new double[model.l][rows[0].length];
        double[] weights = new double[model.l];
        for (int i = 0; i < model.l; i++) {
            for (svm_node node : model.SV[i]) vectors[i][node.index - 1] = node.value;
            weights[i] = sign * model.sv_coef[0][i];
        }
        return new Machine(kernel, used, vectors, weights, -sign * model.rho[0]);
    }

    private static svm_node[] nodes(double[] row) {
        var nodes = new svm_node[row.length];
        for (int j = 0; j < row.length; j++) {
            nodes[j] = new svm_node();
            nodes[j].index = j + 1;
            nodes[j].value = row[j];
        }
        return nodes;
    }

    /** The rows that hold the border, with their weights. */
    public record Machine(Kernel kernel, double gamma, double[][] vectors, double[] weights, double offset) {
        double decision(double[] row) {
            double sum = offset;
            for (int i = 0; i < weights.length; i++) sum += weights[i] * similarity(vectors[i], row);
            return sum;
        }

        private double similarity(double[] a, double[] b) {
            double sum = 0;
            if (kernel == Kernel.LINEAR) {
                for (int j = 0; j < a.length; j++) sum += a[j] * b[j];
                return sum;
            }
            for (int j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
            return Math.exp(-gamma * sum);
        }
    }

    /**
     * A border between two classes.
     *
     * @param slope of the log-odds over the distance
     * @param shift of the log-odds
     * @param background encoded training rows that stand for the average in explanations
     */
    public record Margin(
            Encoder encoder,
            Machine machine,
            double slope,
            double shift,
            double[][] background,
            List<String> classes,
            long seed,
            Card card)
            implements Classifier, Explainable {

        /** How far each row lies on the second class's side; negative on the first's. */
        public double[] decisions(Frame data) {
            double[][] rows = transposed(encoder.encode(data, 1), data.rows());
            double[] decisions = new double[rows.length];
            dev.rapport.mining.math.Parallel.run(rows.length, 2, i -> decisions[i] = machine.decision(rows[i]));
            return decisions;
        }

        @Override
        public double[][] probabilities(Frame data) {
            double[] decisions = decisions(data);
            double[][] all = new double[decisions.length][];
            for (int i = 0; i < all.length; i++) {
                double p = 1 / (1 + Math.exp(-(slope * decisions[i] + shift)));
                all[i] = new double[] {1 - p, p};
            }
            return all;
        }

        @Override
        public Explanation explanation() {
            return Sampling.importances(encoder, background, row -> machine.decision(row), seed);
        }

        @Override
        public Contributions why(Frame data, int row) {
            return Sampling.shapley(
                    "log-odds", encoder, background, point -> slope * machine.decision(point) + shift, data, row, seed);
        }
    }
}
