package dev.rapport.mining.cluster;

import java.util.ServiceLoader;

/**
 * Finds the nearest centre of rows held by columns: the inner loop of K-Means. The plain one is always there; a faster
 * one is found by {@link ServiceLoader}.
 *
 * {@snippet :
 * int[] nearest = new int[2];
 * DistanceKernel.plain().nearest(new double[][] {{0, 9}}, 0, 2, new double[][] {{1}, {8}}, nearest);
 * check(nearest[0] == 0 && nearest[1] == 1);
 * }
 */
@FunctionalInterface
public interface DistanceKernel {
    /**
     * Writes the nearest centre's number for the rows from {@code from} (included) to {@code to} (excluded).
     *
     * @param columns the rows' coordinates, column by column
     * @param centres by centre and column
     * @param nearest on entry any centre's number, best the last answer; on return the nearest centre at each row's place
     */
    void nearest(double[][] columns, int from, int to, double[][] centres, int[] nearest);

    /** The kernel in plain Java. */
    static DistanceKernel plain() {
        return new PlainKernel();
    }

    /** The fastest kernel there is on this JVM. */
    static DistanceKernel fastest() {
        return Fastest.KERNEL;
    }

    /** Found once. */
    final class Fastest {
        private static final DistanceKernel KERNEL = found();

        private Fastest() {}

        private static DistanceKernel found() {
            try {
                return ServiceLoader.load(DistanceKernel.class).findFirst().orElseGet(DistanceKernel::plain);
            } catch (java.util.ServiceConfigurationError | NoClassDefFoundError e) {
                // the provider needs a module that this JVM was started without
                return DistanceKernel.plain();
            }
        }
    }
}
