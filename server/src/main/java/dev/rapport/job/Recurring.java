package dev.rapport.job;

import java.time.Duration;

/** Work that comes again and again, on one node at a time. It looks for what is due and so may be late or early. */
public interface Recurring {
    /** Stable name, unique among all such work. */
    String name();

    /** How long to wait after one run before the next. */
    Duration every();

    void run();
}
