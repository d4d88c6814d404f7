package dev.rapport.job;

/** Does the work of one kind of job. Called again with the last checkpoint after a crash or a failure worth repeating. */
public interface JobHandler {
    /** Stable name of the kind, such as {@code import}. */
    String kind();

    void run(JobRun run);
}
