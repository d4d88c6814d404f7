package dev.rapport.job;

import java.time.Duration;

/** Tells by how much the machine's clock was set back since it was asked last. For one thread. */
final class ClockStep {
    private long wall = System.currentTimeMillis();
    private long steady = System.nanoTime();

    /** How far the clock is behind where it should be; negative if it was set forward. */
    Duration back() {
        long wallBefore = wall;
        long steadyBefore = steady;
        wall = System.currentTimeMillis();
        steady = System.nanoTime();
        return Duration.ofNanos(steady - steadyBefore).minusMillis(wall - wallBefore);
    }
}
