package dev.rapport.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file to which lines are added, each of which is on the disk before anything else happens. */
public final class LineLog {
    private final Path file;

    public LineLog(Path file) {
        this.file = file;
    }

    /** @param line without a line break */
    public synchronized void add(String line) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing can be added to " + file, e);
        }
    }

    /** All lines; the last may have been cut off by a crash. None if the file is not there yet. */
    public List<String> lines() {
        if (!Files.exists(file)) return List.of();
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In bytes; changes whenever a line is added. */
    public long size() {
        return file.toFile().length();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
