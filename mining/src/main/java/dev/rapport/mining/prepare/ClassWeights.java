package dev.rapport.mining.prepare;

import java.util.Arrays;

/**
 * How much a row of each class counts in training. Weights move probabilities away from the true shares; to act on rare
 * outcomes, moving the threshold is usually better.
 *
 * {@snippet :
 * double[] weights = ClassWeights.BALANCED.of(new double[] {0, 0, 0, 1}, 2);
 * check(weights[1] == 2 && Math.abs(weights[0] - 2 / 3.0) < 1e-12);
 * }
 */
public enum ClassWeights {
    /** Every row counts once. */
    EQUAL,
    /** Every class counts as much as every other (King, Zeng 2001). */
    BALANCED;

    /** The weight of a row of each class. */
    public double[] of(double[] targets, int classes) {
        double[] weights = new double[classes];
        if (this == EQUAL) {
            Arrays.fill(weights, 1);
            return weights;
        }
        for (double target : targets) weights[(int) target]++;
        for (int k = 0; k < classes; k++) weights[k] = targets.length / (classes * weights[k]);
        return weights;
    }
}
