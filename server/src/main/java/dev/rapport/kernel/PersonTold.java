package dev.rapport.kernel;

/**
 * Something concerns one person, who may be looking.
 *
 * @param event what their browsers call it
 */
public record PersonTold(RecordId person, String event) {}
