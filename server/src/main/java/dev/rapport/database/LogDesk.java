package dev.rapport.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands a PostgreSQL that replays its log the files that it asks for, opened one by one: nobody needs room for all of them
 * at once.
 */
final class LogDesk implements AutoCloseable {
    private static final int PAUSE_MS = 20;

    private final Path log;
    private final Path wanted;
    private final Path given;
    private final Seal seal;
    private final Thread clerk;
    private volatile boolean open = true;
    private volatile @Nullable IOException failure;

    LogDesk(Path log, Path data, Seal seal) throws IOException {
        this.log = log;
        this.seal = seal;
        this.wanted = Files.createDirectories(data.resolve(WalArchive.WANTED));
        this.given = Files.createDirectories(data.resolve(WalArchive.GIVEN));
        this.clerk = Thread.ofVirtual().name("log-desk").start(this::serve);
    }

    private void serve() {
        try {
            while (open) {
                for (var name : asked()) {
                    give(name);
                    Files.delete(wanted.resolve(name));
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = e;
        }
    }

    private List<String> asked() throws IOException {
        try (var names = Files.list(wanted)) {
            return names.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** Gives the file, or says that there is none: a server that waits for ever would never tell what is wrong. */
    private void give(String name) throws IOException {
        var sealed = SealedFile.of(log.resolve(name));
        var plain = log.resolve(name);
        var partial = given.resolve(name + ".part");
        try {
            if (Files.exists(sealed)) SealedFile.read(sealed, partial, seal);
            else if (Files.exists(plain)) Files.copy(plain, partial, StandardCopyOption.REPLACE_EXISTING);
            else {
                refuse(name);
                return;
            }
        } catch (IOException | RuntimeException e) {
            failure = new IOException("The log " + sealed + " cannot be read: " + e.getMessage(), e);
            refuse(name);
            return;
        }
        // the server's account writes to it later on; nobody else gets into the data folder
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.move(partial, given.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The server may ask again for what it was refused. */
    private void refuse(String name) throws IOException {
        var none = given.resolve(name + ".none");
        if (!Files.exists(none)) Files.createFile(none);
    }

    /** @throws IOException if a file of the log could not be read */
    void check() throws IOException {
        var happened = failure;
        if (happened != null) throw happened;
    }

    @Override
    public void close() throws IOException {
        open = false;
        try {
            clerk.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FileTree.delete(wanted);
        FileTree.delete(given);
    }
}
