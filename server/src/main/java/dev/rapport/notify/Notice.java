package dev.rapport.notify;

import dev.rapport.kernel.RecordId;
import java.util.Map;

/**
 * Something to tell a person about a record.
 *
 * @param kind what it is, such as {@code task-due}; screens have the words for it
 * @param topic tells it apart from everything else the person is told: what was told is not told again
 * @param details more to show, each under the name of the record's field that it is the value of: whoever may not read the
 *     field is not told
 */
public record Notice(
        RecordId person, String kind, String object, RecordId record, String topic, Map<String, String> details) {}
