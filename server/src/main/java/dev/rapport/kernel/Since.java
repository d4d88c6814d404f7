package dev.rapport.kernel;

import java.time.Duration;

/**
 * A moment in the life of this process, to tell how long ago something was. Unlike an {@link java.time.Instant} it does
 * not follow the machine's clock, which may be set forward or back by hours at any time.
 *
 * @param nanos of {@link System#nanoTime()}
 */
public record Since(long nanos) {
    public static Since now() {
        return new Since(System.nanoTime());
    }

    public boolean isOlderThan(Duration age) {
        return System.nanoTime() - nanos > age.toNanos();
    }
}
