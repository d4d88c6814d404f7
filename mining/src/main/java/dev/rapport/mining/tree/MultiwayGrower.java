package dev.rapport.mining.tree;

import dev.rapport.mining.Run;
import dev.rapport.mining.prepare.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Grows the trees of ID3 and C4.5: rows carry weights, because a missing value sends a part of a row down each branch. */
final class MultiwayGrower {
    /** What a question is judged by. */
    enum Criterion {
        /** Information gain. */
        GAIN,
        /** Gain divided by the information of the split itself, among questions of at least average gain. */
        GAIN_RATIO
    }

    private final TreeInputs inputs;
    private final double[][] columns;
    private final int[] targets;
    private final int classes;
    private final Criterion criterion;
    private final int depth;
    private final int leafRows;
    private final Run run;

    MultiwayGrower(TreeInputs inputs, Training training, Criterion criterion, int depth, int leafRows, Run run) {
        this.inputs = inputs;
        this.columns = inputs.values(training.data());
        this.targets = training.codes();
        this.classes = training.classes().size();
        this.criterion = criterion;
        this.depth = depth;
        this.leafRows = leafRows;
        this.run = run;
    }

    private record Part(int[] rows, double[] weights) {
        double weight() {
            return Arrays.stream(weights).sum();
        }
    }

    private record Question(int feature, double threshold, double gain, double ratio) {}

    MultiwayTree.Node grow() {
        double[] ones = new double[targets.length];
        Arrays.fill(ones, 1);
        var whole = new Part(IntStream.range(0, targets.length).toArray(), ones);
        return grow(whole, shares(whole), 0, new boolean[columns.length]);
    }

    private MultiwayTree.Node grow(Part part, double[] shares, int level, boolean[] used) {
        run.at(0.5, "level " + level);
        double weight = part.weight();
        var leaf = new MultiwayTree.Node(shares, weight, -1, 0, List.of());
        boolean pure = Arrays.stream(shares).anyMatch(share -> share > 1 - 1e-12);
        if (weight <= 0 || pure || level >= depth || weight < 2 * leafRows) return leaf;
        var question = chosen(part, used);
        if (question == null) return leaf;
        boolean[] below = used.clone();
        below[question.feature] = inputs.features().get(question.feature).isCategory();
        var branches = new ArrayList<MultiwayTree.Node>();
        for (Part each : parts(part, question)) {
            branches.add(grow(each, each.weight() > 0 ? shares(each) : shares, level + 1, below));
        }
        return new MultiwayTree.Node(shares, weight, question.feature, question.threshold, branches);
    }

    private @Nullable Question chosen(Part part, boolean[] used) {
        var questions = new ArrayList<Question>();
        for (int f = 0; f < columns.length; f++) {
            if (used[f]) continue;
            var question = inputs.features().get(f).isCategory() ? levels(part, f) : threshold(part, f);
            if (question != null && question.gain > 1e-12) questions.add(question);
        }
        if (criterion == Criterion.GAIN) {
            return questions.stream().max(best(Question::gain)).orElse(null);
        }
        double average =
                questions.stream().mapToDouble(Question::gain).average().orElse(0);
        return questions.stream()
                .filter(question -> question.gain >= average - 1e-9)
                .max(best(Question::ratio))
                .orElse(null);
    }

    // of equals the first feature
    private static Comparator<Question> best(java.util.function.ToDoubleFunction<Question> number) {
        return Comparator.comparingDouble(number).thenComparing(Question::feature, Comparator.reverseOrder());
    }

    private @Nullable Question levels(Part part, int feature) {
        int count = inputs.features().get(feature).levels().size();
        double[][] table = new double[count][classes];
        double known = 0;
        double missing = 0;
        for (int i = 0; i < part.rows.length; i++) {
            double value = columns[feature][part.rows[i]];
            if (Double.isNaN(value)) missing += part.weights[i];
            else {
                table[(int) value][targets[part.rows[i]]] += part.weights[i];
                known += part.weights[i];
            }
        }
        long large = Arrays.stream(table)
                .filter(row -> Arrays.stream(row).sum() >= leafRows)
                .count();
        long filled =
                Arrays.stream(table).filter(row -> Arrays.stream(row).sum() > 0).count();
        if (filled < 2 || criterion == Criterion.GAIN_RATIO && large < 2) return null;
        double[] total = new double[classes];
        double inside = 0;
        double splitInformation = term(missing, known + missing);
        for (double[] row : table) {
            double weight = Arrays.stream(row).sum();
            for (int k = 0; k < classes; k++) total[k] += row[k];
            inside += weight / known * entropy(row);
            splitInformation += term(weight, known + missing);
        }
        double gain = known / (known + missing) * (entropy(total) - inside);
        return new Question(feature, 0, gain, gain / splitInformation);
    }

    private @Nullable Question threshold(Part part, int feature) {
        double[] column = columns[feature];
        Integer[] order = IntStream.range(0, part.rows.length)
                .filter(i -> !Double.isNaN(column[part.rows[i]]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> column[part.rows[i]]))
                .toArray(Integer[]::new);
        if (order.length < 2) return null;
        double[] left = new double[classes];
        double[] right = new double[classes];
        for (int i : order) right[targets[part.rows[i]]] += part.weights[i];
        double known = Arrays.stream(right).sum();
        double all = part.weight();
        double before = entropy(right);
        double least = criterion == Criterion.GAIN_RATIO ? Math.max(leafRows, Math.min(25, 0.1 * known / classes)) : 1;
        double best = 0;
        double limit = Double.NaN;
        double taken = 0;
        int candidates = 0;
        double takenAtBest = 0;
        for (int i = 0; i + 1 < order.length; i++) {
            int row = part.rows[order[i]];
            double weight = part.weights[order[i]];
            left[targets[row]] += weight;
            right[targets[row]] -= weight;
            taken += weight;
            if (column[row] == column[part.rows[order[i + 1]]]) continue;
            candidates++;
            if (taken < least - 1e-9 || known - taken < least - 1e-9) continue;
            double gain = before - taken / known * entropy(left) - (known - taken) / known * entropy(right);
            if (gain > best + 1e-12) {
                best = gain;
                limit = column[row];
                takenAtBest = taken;
            }
        }
        if (Double.isNaN(limit)) return null;
        double charge = criterion == Criterion.GAIN_RATIO ? Math.log(candidates) / Math.log(2) / all : 0;
        double gain = known / all * best - charge;
        double information = term(takenAtBest, all) + term(known - takenAtBest, all) + term(all - known, all);
        return new Question(feature, limit, gain, gain / information);
    }

    private List<Part> parts(Part part, Question question) {
        double[] column = columns[question.feature];
        boolean isCategory = inputs.features().get(question.feature).isCategory();
        int count =
                isCategory ? inputs.features().get(question.feature).levels().size() : 2;
        double[] known = new double[count];
        int[] branch = new int[part.rows.length];
        for (int i = 0; i < branch.length; i++) {
            double value = column[part.rows[i]];
            branch[i] = Double.isNaN(value) ? -1 : isCategory ? (int) value : value <= question.threshold ? 0 : 1;
            if (branch[i] >= 0) known[branch[i]] += part.weights[i];
        }
        double sum = Arrays.stream(known).sum();
        var parts = new ArrayList<Part>();
        for (int b = 0; b < count; b++) {
            int here = b;
            int[] chosen = IntStream.range(0, branch.length)
                    .filter(i -> branch[i] == here || branch[i] < 0 && known[here] > 0)
                    .toArray();
            parts.add(new Part(
                    IntStream.of(chosen).map(i -> part.rows[i]).toArray(),
                    IntStream.of(chosen)
                            .mapToDouble(i -> part.weights[i] * (branch[i] < 0 ? known[here] / sum : 1))
                            .toArray()));
        }
        return parts;
    }

    private double[] shares(Part part) {
        double[] shares = new double[classes];
        double weight = part.weight();
        for (int i = 0; i < part.rows.length; i++) shares[targets[part.rows[i]]] += part.weights[i] / weight;
        return shares;
    }

    static double entropy(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        double entropy = 0;
        for (double count : counts) entropy += term(count, sum);
        return entropy;
    }

    private static double term(double part, double whole) {
        return part <= 0 ? 0 : -part / whole * Math.log(part / whole) / Math.log(2);
    }
}
