package dev.rapport.record;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ObjectDef;

/** A record as the database holds it now. */
public record StoredRecord(ObjectDef object, RecordId id, int version, boolean deleted, Values values) {}
