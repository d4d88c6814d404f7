package dev.rapport.privacy;

import dev.rapport.file.LineLog;
import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Whom this installation erased, in a file beside the database: a backup from before an erasure knows nothing of it, this
 * file does. It holds ids and reasons, no name and no address.
 */
@Component
class ErasureLog {
    private static final Logger log = LoggerFactory.getLogger(ErasureLog.class);

    private final LineLog file;

    ErasureLog(Settings settings) {
        this.file = new LineLog(settings.home().resolve("erasures.ndjson"));
    }

    /** One person that was erased. */
    record Entry(RecordId id, String object, RecordId record, String reason, Set<String> also) {}

    void add(Entry entry) {
        var line = Json.object()
                .put("id", entry.id().toString())
                .put("object", entry.object())
                .put("record", entry.record().toString())
                .put("reason", entry.reason());
        var also = line.putArray("also");
        entry.also().forEach(also::add);
        file.add(line.toString());
    }

    List<Entry> read() {
        var entries = new ArrayList<Entry>();
        for (var line : file.lines()) {
            try {
                entries.add(entry(Json.parse(line)));
            } catch (RuntimeException e) {
                log.warn("A line of {} cannot be read", file);
            }
        }
        return entries;
    }

    private static Entry entry(JsonNode node) {
        return new Entry(
                RecordId.parse(node.path("id").asString("")).orElseThrow(),
                node.path("object").asString(),
                RecordId.parse(node.path("record").asString("")).orElseThrow(),
                node.path("reason").asString(""),
                node.path("also").valueStream().map(JsonNode::asString).collect(Collectors.toSet()));
    }

    /** Changes whenever an entry is added. */
    long size() {
        return file.size();
    }
}
