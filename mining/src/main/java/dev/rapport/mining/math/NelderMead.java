package dev.rapport.mining.math;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/**
 * Finds a local minimum without derivatives (J. A. Nelder, R. Mead: A simplex method for function minimization, 1965),
 * started again from its result until that no longer helps. For up to about a dozen parameters.
 *
 * {@snippet :
 * double[] best = NelderMead.minimum(x -> (x[0] - 1) * (x[0] - 1) + (x[1] + 2) * (x[1] + 2), new double[] {0, 0}, 0.5);
 * check(Math.abs(best[0] - 1) < 1e-6 && Math.abs(best[1] + 2) < 1e-6);
 * }
 */
public final class NelderMead {
    private static final int RESTARTS = 6;

    private NelderMead() {}

    /**
     * The parameters of the smallest value found.
     *
     * @param function may answer NaN or infinity where it is not defined, but not at the start
     * @param step how far the first simplex reaches in each parameter
     */
    public static double[] minimum(ToDoubleFunction<double[]> function, double[] start, double step) {
        double[] best = start.clone();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < RESTARTS; i++) {
            best = descend(function, best, i == 0 ? step : step / 4);
            double value = function.applyAsDouble(best);
            if (least - value <= 1e-10 * (Math.abs(least) + 1e-10)) break;
            least = value;
        }
        return best;
    }

    private record Corner(double[] at, double value) {}

    private static double[] descend(ToDoubleFunction<double[]> function, double[] start, double step) {
        int n = start.length;
        var simplex = new Corner[n + 1];
        for (int i = 0; i <= n; i++) {
            double[] at = start.clone();
            if (i > 0) at[i - 1] += step;
            simplex[i] = corner(function, at);
        }
        for (int round = 0; round < 400 * (n + 1); round++) {
            Arrays.sort(simplex, Comparator.comparingDouble(Corner::value));
            Corner worst = simplex[n];
            if (isFlat(simplex)) break;
            double[] middle = new double[n];
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) middle[j] += simplex[i].at[j] / n;
            Corner mirrored = corner(function, along(middle, worst.at, -1));
            if (mirrored.value < simplex[0].value) {
                Corner further = corner(function, along(middle, worst.at, -2));
                simplex[n] = further.value < mirrored.value ? further : mirrored;
            } else if (mirrored.value < simplex[n - 1].value) {
                simplex[n] = mirrored;
            } else {
                boolean outside = mirrored.value < worst.value;
                Corner inner = corner(function, along(middle, worst.at, outside ? -0.5 : 0.5));
                if (inner.value < Math.min(worst.value, mirrored.value)) simplex[n] = inner;
                else shrink(function, simplex);
            }
        }
        return Arrays.stream(simplex)
                .min(Comparator.comparingDouble(Corner::value))
                .orElseThrow()
                .at;
    }

    private static boolean isFlat(Corner[] sorted) {
        double low = sorted[0].value;
        double high = sorted[sorted.length - 1].value;
        double wide = 0;
        for (Corner corner : sorted) {
            for (int j = 0; j < corner.at.length; j++) wide = Math.max(wide, Math.abs(corner.at[j] - sorted[0].at[j]));
        }
        return high - low <= 1e-13 * (Math.abs(low) + 1e-13) && wide < 1e-7 || wide < 1e-12;
    }

    private static void shrink(ToDoubleFunction<double[]> function, Corner[] simplex) {
        for (int i = 1; i < simplex.length; i++)
            simplex[i] = corner(function, along(simplex[0].at, simplex[i].at, 0.5));
    }

    private static double[] along(double[] from, double[] to, double share) {
        double[] at = new double[from.length];
        for (int j = 0; j < at.length; j++) at[j] = from[j] + share * (to[j] - from[j]);
        return at;
    }

    private static Corner corner(ToDoubleFunction<double[]> function, double[] at) {
        double value = function.applyAsDouble(at);
        return new Corner(at, Double.isNaN(value) ? Double.POSITIVE_INFINITY : value);
    }
}
