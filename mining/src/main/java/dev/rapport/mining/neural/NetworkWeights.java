package dev.rapport.mining.neural;

/**
 * What a perceptron has learned: weights by layer, output unit by output unit, and the units' biases. Hidden units pass on
 * nothing below 0.
 *
 * {@snippet :
 * var weights = new NetworkWeights(new int[] {2, 1}, new double[][] {{3, 4}}, new double[][] {{1}});
 * check(weights.scores(new double[] {1, 1})[0] == 8);
 * }
 *
 * @param sizes units of each layer, inputs first
 * @param weights per layer, as many as inputs times outputs
 * @param biases per layer
 */
public record NetworkWeights(int[] sizes, double[][] weights, double[][] biases) {
    /** The last layer's sums for one row of inputs. */
    public double[] scores(double[] row) {
        double[] values = row;
        for (int l = 0; l < weights.length; l++) {
            double[] next = biases[l].clone();
            for (int o = 0; o < next.length; o++) {
                for (int i = 0; i < values.length; i++) next[o] += weights[l][o * values.length + i] * values[i];
                if (l + 1 < weights.length) next[o] = Math.max(0, next[o]);
            }
            values = next;
        }
        return values;
    }
}
