package dev.rapport.mining;

import dev.rapport.mining.frame.Frame;
import java.util.List;

/**
 * A model that says how likely each class is.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("visits", 1, 2, 3, 7, 8, 9), Column.categorical("won", "no", "no", "yes", "no", "yes", "yes"));
 * Classifier model = new LogisticRegression().fit(frame, Task.predict("won").from("visits"), Run.of(1));
 * double[][] probability = model.probabilities(frame);
 * check(probability[5][model.classes().indexOf("yes")] > 0.5);
 * }
 */
public interface Classifier extends Model {
    /** The classes, sorted; a probability's second index is a class's place in this list. */
    List<String> classes();

    /**
     * How likely each class is, per row; a row's numbers sum to 1.
     *
     * @throws Refusal if a column is missing or of another kind than in training
     */
    double[][] probabilities(Frame data);

    /** The likeliest class of each row, as its place in {@link #classes()}; the first of equals. */
    default int[] predict(Frame data) {
        double[][] all = probabilities(data);
        int[] best = new int[all.length];
        for (int row = 0; row < all.length; row++) {
            for (int k = 1; k < all[row].length; k++) if (all[row][k] > all[row][best[row]]) best[row] = k;
        }
        return best;
    }

    /** The probability of one class, per row. @throws IllegalArgumentException if there is no such class */
    default double[] probability(Frame data, String name) {
        int place = classes().indexOf(name);
        if (place < 0) throw new IllegalArgumentException("no class " + name + " among " + classes());
        double[][] all = probabilities(data);
        double[] one = new double[all.length];
        for (int row = 0; row < all.length; row++) one[row] = all[row][place];
        return one;
    }
}
