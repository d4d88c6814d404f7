package dev.rapport.mining.math;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the minimum of a smooth function of many parameters (D. C. Liu, J. Nocedal: On the limited memory BFGS method for
 * large scale optimization, 1989), with a line search that holds Wolfe's conditions (Nocedal, Wright 2006, algorithm 3.5).
 *
 * {@snippet :
 * double[] best = LimitedMemoryBfgs.minimum((x, slope) -> {
 *     slope[0] = 2 * (x[0] - 3);
 *     return (x[0] - 3) * (x[0] - 3);
 * }, new double[] {0}, 1e-10, 100, () -> {});
 * check(Math.abs(best[0] - 3) < 1e-8);
 * }
 */
public final class LimitedMemoryBfgs {
    private static final int MEMORY = 10;
    // what scipy's L-BFGS-B takes for no progress: 64 times the rounding of a double
    private static final double STILL = 1.4e-14;

    private LimitedMemoryBfgs() {}

    /** A function with its slope. */
    @FunctionalInterface
    public interface Smooth {
        /** Writes the gradient at {@code x} into {@code slope} and answers the value. */
        double at(double[] x, double[] slope);
    }

    private record Pair(double[] step, double[] change, double scale) {}

    /**
     * The parameters of the minimum.
     *
     * @param tolerance ends when no part of the gradient is larger
     * @param rounds ends after so many steps in any case
     * @param each called before every step; may throw to stop
     */
    public static double[] minimum(Smooth function, double[] start, double tolerance, int rounds, Runnable each) {
        return minimum(function, start, tolerance, rounds, each, null);
    }

    /**
     * The same with a guess at the curvature, from which the first step is taken and to which what is learned on the way is
     * added: with one that is nearly right, a few steps are left.
     *
     * @param curvature about the second derivatives near the minimum; null to know nothing of them
     */
    public static double[] minimum(
            Smooth function,
            double[] start,
            double tolerance,
            int rounds,
            Runnable each,
            @Nullable Cholesky curvature) {
        double[] x = start.clone();
        double[] slope = new double[x.length];
        double value = function.at(x, slope);
        var memory = new ArrayDeque<Pair>();
        for (int round = 0; round < rounds && largest(slope) > tolerance; round++) {
            each.run();
            double[] direction = direction(memory, slope, curvature);
            double descent = dot(direction, slope);
            if (!(descent < 0)) {
                memory.clear();
                direction = scaled(slope, -1);
                descent = dot(direction, slope);
            }
            double first = memory.isEmpty() && curvature == null ? Math.min(1, 1 / Math.sqrt(dot(slope, slope))) : 1;
            double[] next = new double[x.length];
            double[] nextSlope = new double[x.length];
            double nextValue = search(function, x, value, direction, descent, first, next, nextSlope);
            if (!(nextValue < value)) break;
            remember(memory, x, slope, next, nextSlope);
            boolean still = value - nextValue <= STILL * Math.max(1, Math.abs(value));
            x = next;
            slope = nextSlope;
            value = nextValue;
            if (still) break;
        }
        return x;
    }

    private static double search(
            Smooth function,
            double[] x,
            double value,
            double[] direction,
            double descent,
            double first,
            double[] at,
            double[] slope) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = first;
        double found = value;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < x.length; j++) at[j] = x[j] + length * direction[j];
            found = function.at(at, slope);
            if (!(found <= value + 1e-4 * length * descent)) high = length;
            else if (dot(slope, direction) < 0.9 * descent) low = length;
            else return found;
            length = Double.isInfinite(high) ? 2 * length : (low + high) / 2;
        }
        return found;
    }

    private static void remember(
            ArrayDeque<Pair> memory, double[] x, double[] slope, double[] next, double[] nextSlope) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            step[j] = next[j] - x[j];
            change[j] = nextSlope[j] - slope[j];
        }
        double curvature = dot(step, change);
        if (curvature <= 1e-300) return;
        memory.addLast(new Pair(step, change, 1 / curvature));
        if (memory.size() > MEMORY) memory.removeFirst();
    }

    private static double[] direction(ArrayDeque<Pair> memory, double[] slope, @Nullable Cholesky curvature) {
        double[] q = scaled(slope, -1);
        if (memory.isEmpty()) return curvature == null ? q : curvature.solve(q);
        double[] share = new double[memory.size()];
        int i = memory.size();
        for (var newest = memory.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            share[--i] = pair.scale * dot(pair.step, q);
            add(q, pair.change, -share[i]);
        }
        if (curvature == null) {
            Pair last = memory.getLast();
            q = scaled(q, 1 / (last.scale * dot(last.change, last.change)));
        } else {
            q = curvature.solve(q);
        }
        for (Pair pair : memory) {
            double beta = pair.scale * dot(pair.change, q);
            add(q, pair.step, share[i++] - beta);
        }
        return q;
    }

    private static double[] scaled(double[] vector, double factor) {
        double[] result = new double[vector.length];
        for (int j = 0; j < vector.length; j++) result[j] = factor * vector[j];
        return result;
    }

    private static void add(double[] to, double[] vector, double factor) {
        for (int j = 0; j < to.length; j++) to[j] += factor * vector[j];
    }

    private static double dot(double[] a, double[] b) {
        return Gram.dot(a, b, 0, a.length);
    }

    private static double largest(double[] slope) {
        double most = 0;
        for (double each : slope) most = Math.max(most, Math.abs(each));
        return most;
    }
}
