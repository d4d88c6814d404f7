package dev.rapport.notify;

import dev.rapport.kernel.RecordId;
import java.util.Map;

/**
 * Something to tell a person about a record.
 *
 * @param kind what it is, such as {@code task-due}; screens have the words for it
 * @param topic tells it apart from everything else the person is told: what was told is not told again
 * @param details more to show, such as a day; never names or values of records, which the reader's rights decide on
 */
public record Notice(
        RecordId person, String kind, String object, RecordId record, String topic, Map<String, String> details) {}
