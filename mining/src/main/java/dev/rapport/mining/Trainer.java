package dev.rapport.mining;

import dev.rapport.mining.frame.Frame;

/**
 * An algorithm with its hyper-parameters: a record, checked when it is made. {@link #fit} learns an immutable model and
 * changes neither the trainer nor the data.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("spend", 1, 2, 9, 10));
 * Trainer<KMeansModel> trainer = KMeans.of(2);
 * KMeansModel model = trainer.fit(frame, Task.describe("spend"), Run.of(1));
 * check(model.assign(frame)[0] != model.assign(frame)[3]);
 * }
 *
 * @param <M> what is learned
 */
public interface Trainer<M extends Model> {
    /**
     * Learns a model.
     *
     * @throws Refusal if the data cannot give one; names every reason
     * @throws Cancelled if the run's watcher said stop
     */
    M fit(Frame data, Task task, Run run);
}
