package dev.rapport.identity;

import dev.rapport.kernel.RecordId;

/** The first administrator has been made: what needs somebody to act for can be made ready. */
public record AdministratorCreated(RecordId id) {}
