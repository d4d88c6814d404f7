package dev.rapport.job;

/** A job moved on; told to whoever may see it. */
public record JobProgress(Job job) {}
