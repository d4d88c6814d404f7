package dev.rapport.mining;

import dev.rapport.mining.frame.Frame;

/**
 * A model that can say why one row got its score.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 5, 6), Column.numeric("y", 3, 5, 7, 9, 11, 13));
 * Explainable line = new LinearRegression().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * check(Math.abs(line.why(frame, 5).score() - 13) < 1e-9);
 * }
 */
public interface Explainable extends Model {
    /**
     * Why one row got its score. Of a classifier of two classes the score speaks for the second; of more classes, for
     * the likeliest.
     *
     * @param row from 0
     * @throws IndexOutOfBoundsException if there is no such row
     */
    Contributions why(Frame data, int row);
}
