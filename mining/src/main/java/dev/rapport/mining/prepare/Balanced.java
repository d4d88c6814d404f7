package dev.rapport.mining.prepare;

import dev.rapport.mining.Model;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Any classifier's trainer, shown each row of a rare class so often that all classes are equally many (random
 * over-sampling; N. Japkowicz, S. Stephen: The class imbalance problem, 2002). For trainers that cannot weigh rows; those
 * that can take {@link ClassWeights}. The card of the model counts the rows as they were shown, and probabilities are
 * those of a world of equal classes.
 *
 * {@snippet :
 * var frame = Frame.of(
 *         Column.numeric("visits", 1, 2, 2, 3, 3, 4, 4, 9), Column.categorical("won", "no", "no", "no", "no", "no", "no", "yes", "yes"));
 * var task = Task.predict("won").from("visits");
 * double plain = new NaiveBayes().fit(frame, task, Run.of(1)).probability(frame, "yes")[6];
 * double balanced = new Balanced<>(new NaiveBayes()).fit(frame, task, Run.of(1)).probability(frame, "yes")[6];
 * check(balanced > plain);
 * }
 *
 * @param trainer of a classifier
 * @param <M> what it learns
 */
public record Balanced<M extends Model>(Trainer<M> trainer) implements Trainer<M> {
    @Override
    public M fit(Frame data, Task task, Run run) {
        return trainer.fit(
                data.rows(rows(data.categorical(task.requiredTarget()), new SplittableRandom(run.seed()))), task, run);
    }

    // a row without a target is shown once: the trainer says that it leaves it out
    private static int[] rows(Column.Categorical target, SplittableRandom random) {
        int[] counts = new int[target.levels().size()];
        for (int row = 0; row < target.size(); row++) if (!target.isMissing(row)) counts[target.codes()[row]]++;
        int most = Arrays.stream(counts).max().orElse(0);
        int[][] ofClass = IntStream.range(0, counts.length)
                .mapToObj(level -> shown(target, level, counts[level], most, random))
                .toArray(int[][]::new);
        return IntStream.concat(
                        IntStream.range(0, target.size()).filter(target::isMissing),
                        Arrays.stream(ofClass).flatMapToInt(Arrays::stream))
                .sorted()
                .toArray();
    }

    // each row equally often, and a few drawn at random once more
    private static int[] shown(Column.Categorical target, int level, int count, int most, SplittableRandom random) {
        if (count == 0) return new int[0];
        int[] own = IntStream.range(0, target.size())
                .filter(row -> !target.isMissing(row) && target.codes()[row] == level)
                .toArray();
        int[] shown = new int[most];
        int whole = most / count * count;
        for (int i = 0; i < whole; i++) shown[i] = own[i % count];
        for (int i = whole; i < most; i++) {
            int other = i - whole + random.nextInt(count - (i - whole));
            int swapped = own[i - whole];
            own[i - whole] = own[other];
            own[other] = swapped;
            shown[i] = own[i - whole];
        }
        return shown;
    }
}
