package dev.rapport.mining.cluster;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.PriorityQueue;

/**
 * Puts rows in an order in which dense groups are valleys of the reachability (M. Ankerst, M. Breunig, H.-P. Kriegel,
 * J. Sander 1999): one look shows the groups at every radius, and proposes one for {@link Dbscan}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 1.1, 1.2, 5, 5.1, 5.2, 99));
 * var order = new Optics(2, Encoding.Scaling.NONE).fit(frame, Task.describe("x"), Run.of(1));
 * check(order.labelsAt(0.3)[0] == order.labelsAt(0.3)[2] && order.labelsAt(0.3)[6] == -1);
 * check(order.proposedRadius() > 0.09 && order.proposedRadius() < 90);
 * }
 *
 * @param density rows, the row itself among them, that make a place dense, at least 2
 * @param scaling whether numbers are standardised first
 */
public record Optics(int density, Encoding.Scaling scaling) implements Trainer<Optics.Ordering> {

    /** @throws IllegalArgumentException if the density is below 2 */
    public Optics {
        if (density < 2) throw new IllegalArgumentException("density must be at least 2, not " + density);
    }

    @Override
    public Ordering fit(Frame data, Task task, Run run) {
        int n = data.rows();
        if (n < density) throw Refusal.because("too-few-rows", n, density);
        var encoder =
                Encoder.learn(data, task.features(), new Encoding(scaling, Encoding.Reference.NONE), run.threads());
        double[][] columns = encoder.encode(data, run.threads());
        run.at(0, "neighbours");
        var tree = new Neighbours(columns, n);
        double[] core = new double[n];
        Parallel.rows(n, run.threads(), (chunk, from, to) -> {
            for (int i = from; i < to; i++) core[i] = tree.distance(point(columns, i), density);
        });
        double widest = span(columns);
        var walk = new Walk(columns, tree, core, run);
        walk.go(widest);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("density", String.valueOf(density));
        parameters.put("scaling", scaling.name());
        var card = Card.of("Optics", parameters, run, data.fingerprint(), n, task.features());
        var model = new Ordering(walk.order, walk.reach, core, card);
        return new Ordering(walk.order, walk.reach, core, card.with("proposedRadius", model.proposedRadius()));
    }

    private static double[] point(double[][] columns, int row) {
        return Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
    }

    private static double span(double[][] columns) {
        double sum = 0;
        for (double[] column : columns) {
            double wide = Arrays.stream(column).max().orElse(0)
                    - Arrays.stream(column).min().orElse(0);
            sum += wide * wide;
        }
        return Math.sqrt(sum);
    }

    private static final class Walk {
        private record Waiting(int row, double reach) {}

        private final double[][] columns;
        private final Neighbours tree;
        private final double[] core;
        private final Run run;
        private final int[] order;
        private final double[] reach;
        private final boolean[] done;
        private int placed = 0;

        Walk(double[][] columns, Neighbours tree, double[] core, Run run) {
            this.columns = columns;
            this.tree = tree;
            this.core = core;
            this.run = run;
            this.order = new int[core.length];
            this.reach = new double[core.length];
            this.done = new boolean[core.length];
            Arrays.fill(reach, Double.POSITIVE_INFINITY);
        }

        // rows farther than eight times the 99th percentile of core distances are never anybody's best reach but an
        // outlier's own, so neighbourhoods stay small; whoever is left over starts anew and is tied to its nearest row
        void go(double widest) {
            double[] sorted = core.clone();
            Arrays.sort(sorted);
            double radius = Math.min(widest, 8 * sorted[(int) (0.99 * (sorted.length - 1))]);
            if (radius <= 0) radius = Double.MIN_NORMAL;
            var queue = new PriorityQueue<Waiting>(
                    java.util.Comparator.comparingDouble(Waiting::reach).thenComparingInt(Waiting::row));
            for (int start = 0; start < core.length; start++) {
                if (done[start]) continue;
                place(start, radius, queue);
                while (!queue.isEmpty()) {
                    Waiting next = queue.remove();
                    if (!done[next.row] && next.reach == reach[next.row]) place(next.row, radius, queue);
                }
            }
        }

        private void place(int row, double radius, PriorityQueue<Waiting> queue) {
            done[row] = true;
            order[placed++] = row;
            if (placed % 1000 == 0) run.at(placed / (double) order.length, "row " + placed);
            if (core[row] > radius) return;
            tree.within(point(columns, row), radius, (other, squared) -> {
                if (done[other]) return;
                double next = Math.max(core[row], Math.sqrt(squared));
                if (next < reach[other]) {
                    reach[other] = next;
                    queue.add(new Waiting(other, next));
                }
            });
        }
    }

    /**
     * The rows in order of density.
     *
     * @param order row numbers
     * @param reachability of each row (not in order): how far it lies from what came before; infinite for the first of a part
     * @param core distance of each row to its density-th nearest
     */
    public record Ordering(int[] order, double[] reachability, double[] core, Card card) implements Model {
        /** The groups at a radius, as {@link Dbscan} would find them but for some border rows; -1 for none. */
        public int[] labelsAt(double radius) {
            int[] labels = new int[order.length];
            int next = -1;
            for (int row : order) {
                if (reachability[row] > radius) {
                    labels[row] = core[row] <= radius ? ++next : -1;
                } else {
                    labels[row] = next;
                }
            }
            return labels;
        }

        /** The radius where sorted reachability bends most: the knee of the k-distance chart (Satopää et al. 2011). */
        public double proposedRadius() {
            double[] sorted = Arrays.stream(reachability)
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (sorted.length < 3) return sorted.length == 0 ? 1 : sorted[sorted.length - 1];
            double low = sorted[0];
            double high = sorted[sorted.length - 1];
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < sorted.length; i++) {
                double below = i / (double) (sorted.length - 1) - (high > low ? (sorted[i] - low) / (high - low) : 0);
                if (below > most) {
                    most = below;
                    best = i;
                }
            }
            return sorted[best];
        }

        @Override
        public Explanation explanation() {
            int[] labels = labelsAt(proposedRadius());
            int groups = Arrays.stream(labels).max().orElse(-1) + 1;
            long noise = Arrays.stream(labels).filter(label -> label < 0).count();
            return new Explanation.Facts(
                    java.util.List.of(Explanation.Fact.of("optics", proposedRadius(), groups, noise)));
        }
    }
}
