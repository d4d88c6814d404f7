package dev.rapport.mining.math;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loops over numbered pieces of work on several threads. Pieces are numbered by the data, not by the threads, and results
 * come back in their order, so what is computed does not depend on how many threads there are.
 *
 * {@snippet :
 * List<Integer> squares = Parallel.map(4, 2, piece -> piece * piece);
 * check(squares.equals(List.of(0, 1, 4, 9)));
 * }
 */
public final class Parallel {
    /** Rows in one piece of a row loop: small enough for the caches, large enough to be worth a hand-over. */
    public static final int CHUNK = 16_384;

    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "mining");
        thread.setDaemon(true);
        return thread;
    });

    private Parallel() {}

    /** What happens to the rows from {@code from} (included) to {@code to} (excluded), the chunk of that number. */
    @FunctionalInterface
    public interface RowWork {
        /** Does the work. */
        void on(int chunk, int from, int to);
    }

    /** Does all pieces; the calling thread works too. The first failure is thrown here. */
    public static void run(int pieces, int threads, IntConsumer work) {
        int helpers = Math.min(threads, pieces) - 1;
        if (helpers <= 0) {
            for (int piece = 0; piece < pieces; piece++) work.accept(piece);
            return;
        }
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable Throwable>();
        var done = new CountDownLatch(helpers);
        Runnable loop = () -> {
            try {
                for (int piece; failure.get() == null && (piece = next.getAndIncrement()) < pieces; )
                    work.accept(piece);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        };
        for (int i = 0; i < helpers; i++) {
            HELPERS.execute(() -> {
                loop.run();
                done.countDown();
            });
        }
        loop.run();
        await(done);
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) throw e;
        if (thrown instanceof Error e) throw e;
    }

    /** The results of all pieces, in order. */
    public static <T extends @Nullable Object> List<T> map(int pieces, int threads, IntFunction<T> work) {
        @SuppressWarnings("unchecked")
        T[] results = (T[]) new Object[pieces];
        run(pieces, threads, piece -> results[piece] = work.apply(piece));
        var list = new ArrayList<T>(pieces);
        for (T result : results) list.add(result);
        return list;
    }

    /** How many chunks that many rows have. */
    public static int chunks(int rows) {
        return (rows + CHUNK - 1) / CHUNK;
    }

    /** Does the work chunk by chunk. */
    public static void rows(int rows, int threads, RowWork work) {
        run(chunks(rows), threads, chunk -> work.on(chunk, chunk * CHUNK, Math.min(rows, (chunk + 1) * CHUNK)));
    }

    // an interrupt is kept for the caller; helpers must have ended before their arrays are read
    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
