package dev.rapport.mining;

import dev.rapport.mining.frame.Frame;

/**
 * A model that predicts a number.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 5, 6), Column.numeric("y", 3, 5, 7, 9, 11, 13));
 * Regressor line = new LinearRegression().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * check(Math.abs(line.predict(frame)[2] - 7) < 1e-9);
 * }
 */
public interface Regressor extends Model {
    /**
     * The predicted number of each row.
     *
     * @throws Refusal if a column is missing or of another kind than in training
     */
    double[] predict(Frame data);
}
