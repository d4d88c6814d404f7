package dev.rapport.privacy;

import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * file does. It holds ids and moments, no name and no address.
 */
@Component
class ErasureLog {
    private static final Logger log = LoggerFactory.getLogger(ErasureLog.class);

    private final Path file;

    ErasureLog(Settings settings) {
        this.file = settings.home().resolve("erasures.ndjson");
    }

    /** One person that was erased. */
    record Entry(RecordId id, String object, RecordId record, String reason, Set<String> also) {}

    /** Adds an entry, and returns once it is on the disk. */
    synchronized void add(Entry entry) {
        var line = Json.object()
                .put("id", entry.id().toString())
                .put("object", entry.object())
                .put("record", entry.record().toString())
                .put("reason", entry.reason());
        var also = line.putArray("also");
        entry.also().forEach(also::add);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("An erasure cannot be noted in " + file, e);
        }
    }

    /** All entries; a line that a crash cut off is none. */
    List<Entry> read() {
        if (!Files.exists(file)) return List.of();
        var entries = new ArrayList<Entry>();
        try (var lines = Files.lines(file)) {
            lines.forEach(line -> {
                try {
                    entries.add(entry(Json.parse(line)));
                } catch (RuntimeException e) {
                    log.warn("A line of {} cannot be read", file);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Changes whenever the file does. */
    long size() {
        return file.toFile().length();
    }
}
