package dev.rapport.mining.vector;

import dev.rapport.mining.cluster.DistanceKernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Nearest centres by the Vector API: the scores of a few rows stay in registers while all centres pass by. Orders centres by
 * |c|²/2 − x·c as the plain kernel does, but multiplies and adds in one rounding, so scores may differ in the last bit.
 */
public final class VectorKernel implements DistanceKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    @Override
    public void nearest(double[][] columns, int from, int to, double[][] centres, int[] nearest) {
        int lanes = SPECIES.length();
        double[] halves = new double[centres.length];
        for (int c = 0; c < halves.length; c++) for (double x : centres[c]) halves[c] += x * x / 2;
        double[] place = new double[2 * lanes];
        int i = from;
        for (; i + 2 * lanes <= to; i += 2 * lanes) {
            var bestA = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
            var bestB = bestA;
            var placeA = DoubleVector.zero(SPECIES);
            var placeB = placeA;
            for (int c = 0; c < centres.length; c++) {
                double[] centre = centres[c];
                var a = DoubleVector.broadcast(SPECIES, halves[c]);
                var b = a;
                for (int j = 0; j < columns.length; j++) {
                    var weight = DoubleVector.broadcast(SPECIES, -centre[j]);
                    a = DoubleVector.fromArray(SPECIES, columns[j], i).fma(weight, a);
                    b = DoubleVector.fromArray(SPECIES, columns[j], i + lanes).fma(weight, b);
                }
                var lessA = a.lt(bestA);
                var lessB = b.lt(bestB);
                bestA = bestA.blend(a, lessA);
                bestB = bestB.blend(b, lessB);
                placeA = placeA.blend(c, lessA);
                placeB = placeB.blend(c, lessB);
            }
            placeA.intoArray(place, 0);
            placeB.intoArray(place, lanes);
            for (int l = 0; l < place.length; l++) nearest[i + l] = (int) place[l];
        }
        if (i < to) DistanceKernel.plain().nearest(columns, i, to, centres, nearest);
    }
}
