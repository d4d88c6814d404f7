package dev.rapport.mining.tree;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Training;
import java.util.Map;

/**
 * A tree with a branch per level, asking each time about the feature that tells most (J. R. Quinlan: Induction of
 * decision trees, 1986). Knows categories only and prunes nothing; {@link C45} is its grown-up form.
 *
 * {@snippet :
 * var frame = Frame.of(Column.categorical("wind", "weak", "strong", "weak", "strong"),
 *     Column.categorical("play", "yes", "no", "yes", "no"));
 * var model = new Id3().fit(frame, Task.predict("play").from("wind"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[0]).equals("yes"));
 * }
 *
 * @param depth most questions in a row, at least 1
 */
public record Id3(int depth) implements Trainer<MultiwayTree> {

    /** @throws IllegalArgumentException if the depth is below 1 */
    public Id3 {
        if (depth < 1) throw new IllegalArgumentException("depth must be at least 1, not " + depth);
    }

    /** As many questions as there are features. */
    public Id3() {
        this(Integer.MAX_VALUE);
    }

    @Override
    public MultiwayTree fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var inputs = TreeInputs.of(training.data(), task.features());
        for (var feature : inputs.features()) {
            if (!feature.isCategory()) throw Refusal.because("id3-number", feature.name());
        }
        var grower = new MultiwayGrower(inputs, training, MultiwayGrower.Criterion.GAIN, depth, 1, run);
        var root = grower.grow();
        var card = training.card("Id3", Map.of("depth", String.valueOf(depth)), run)
                .with("leaves", root.leaves());
        return new MultiwayTree(inputs, root, training.classes(), card);
    }
}
