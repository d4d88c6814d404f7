package dev.rapport.mining;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The circumstances of one piece of work: where its random numbers come from, how many threads it may use, who watches.
 * For the same seed every algorithm gives the same result, bit for bit, whatever the number of threads.
 *
 * {@snippet :
 * var run = Run.of(42).withThreads(1);
 * check(run.random(7).nextLong() == Run.of(42).random(7).nextLong());
 * }
 *
 * @param seed any number
 * @param threads at least 1
 * @param progress hears how far the work has come
 */
public record Run(long seed, int threads, Progress progress) {

    /** @throws IllegalArgumentException if there are no threads */
    public Run {
        if (threads < 1) throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }

    /** As many threads as processors, nobody watching. */
    public static Run of(long seed) {
        return new Run(seed, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same with another number of threads. */
    public Run withThreads(int count) {
        return new Run(seed, count, progress);
    }

    /** The same with somebody watching, who never hears of less than before. */
    public Run watchedBy(Progress watcher) {
        var most = new AtomicReference<>(0.0);
        return new Run(seed, threads, (done, message) -> watcher.at(most.accumulateAndGet(done, Math::max), message));
    }

    /** The same with another seed, for the parts of a larger work. */
    public Run reseeded(long other) {
        return new Run(seed * 0x9E3779B97F4A7C15L + other, threads, progress);
    }

    /** The same work with nobody told of its parts; a stop still ends it. */
    public Run quietly() {
        return new Run(seed, threads, (done, message) -> progress.at(0, message));
    }

    /**
     * Tells how far the work has come.
     *
     * @throws Cancelled if the watcher said stop
     */
    public void at(double done, String message) {
        if (!progress.at(Math.min(1, Math.max(0, done)), message)) throw new Cancelled(message);
    }

    /** A generator of its own for each stream, so that parts drawn in parallel do not depend on their order. */
    public SplittableRandom random(long stream) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ (stream + 1) * 0xBF58476D1CE4E5B9L);
    }
}
