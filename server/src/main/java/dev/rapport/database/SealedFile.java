package dev.rapport.database;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files that are kept compressed and encrypted, under their name with a suffix. */
final class SealedFile {
    static final String SUFFIX = ".sealed";
    private static final int ROOM = 1 << 16;

    private SealedFile() {}

    static Path of(Path plain) {
        return plain.resolveSibling(plain.getFileName() + SUFFIX);
    }

    static boolean isSealed(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    /** The path without the suffix. */
    static Path plain(Path sealed) {
        var name = sealed.getFileName().toString();
        return isSealed(sealed) ? sealed.resolveSibling(name.substring(0, name.length() - SUFFIX.length())) : sealed;
    }

    /** Writes {@code plain} to {@code sealed}, which is there whole and on the disk, or not at all. */
    static void write(Path plain, Path sealed, Seal seal) throws IOException {
        var partial = sealed.resolveSibling(sealed.getFileName() + ".part");
        try (var channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            // closing the streams would close the channel before it is on the disk
            var out = new Open(new BufferedOutputStream(Channels.newOutputStream(channel), ROOM));
            try (var sealing = seal.sealing(out);
                    var packed = new Quick(sealing)) {
                Files.copy(plain, packed);
            }
            out.flush();
            channel.force(true);
        }
        Files.move(partial, sealed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes what {@code sealed} holds to {@code plain}. */
    static void read(Path sealed, Path plain, Seal seal) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(sealed), ROOM);
                var opening = seal.opening(in);
                var unpacked = new GZIPInputStream(opening, ROOM)) {
            Files.copy(unpacked, plain, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static final class Open extends java.io.FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** A segment of a quiet minute is mostly zeros: the quickest compression takes them away. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, ROOM);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
