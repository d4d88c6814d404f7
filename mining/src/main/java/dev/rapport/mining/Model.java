package dev.rapport.mining;

import dev.rapport.mining.json.ModelJson;

/**
 * Something learned from data: immutable, safe to use from many threads, and able to say where it came from and what it
 * found.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 5, 6), Column.numeric("y", 2, 4, 6, 8, 10, 12));
 * Model model = new LinearRegression().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * check(model.card().rowsUsed() == 6);
 * check(ModelJson.read(model.toJson()).equals(model) || !model.toJson().isEmpty());
 * }
 */
public interface Model {
    /** Where the model comes from. */
    Card card();

    /** What the model found in general. */
    Explanation explanation();

    /** The model as versioned JSON, read back by {@link ModelJson#read}. */
    default String toJson() {
        return ModelJson.write(this);
    }
}
