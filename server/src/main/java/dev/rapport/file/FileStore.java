package dev.rapport.file;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.apache.tika.Tika;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Blobs on disk under random keys, outside of anything that is served. What a file is, its bytes say; what it was called is
 * remembered for people only.
 */
@Component
public class FileStore {
    private static final Logger log = LoggerFactory.getLogger(FileStore.class);
    private static final long FREE_SPACE_FLOOR = 200L << 20;
    /** With less than this a write that failed has failed for want of space. */
    private static final long FULL = 1L << 20;

    private static final Table<Record> TO_DESTROY = table(name("file_to_destroy"));
    private static final Field<String> STORAGE_KEY = field(name("storage_key"), SQLDataType.VARCHAR);

    private final Path folder;
    private final Database database;
    private final Tika tika = new Tika();

    /** A stored file as the database describes it. */
    public record StoredFile(RecordId id, String key, String name, String type, long size, RecordId createdBy) {}

    public FileStore(Settings settings, Database database) {
        this.folder = settings.home().resolve("files");
        this.database = database;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for files cannot be made: " + folder, e);
        }
    }

    /**
     * Stores what {@code content} holds, whole or not at all.
     *
     * @throws Refusal 507 if the disk is nearly full
     */
    public StoredFile store(Actor actor, String fileName, InputStream content) {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < FREE_SPACE_FLOOR)
                throw Refusal.of(Refusal.Kind.OUT_OF_SPACE, "out-of-space");
            var id = RecordId.next();
            var key = id.toString().substring(34) + "/" + id;
            var digest = MessageDigest.getInstance("SHA-256");
            long size = write(new DigestInputStream(content, digest), folder.resolve(key));
            var file =
                    new StoredFile(id, key, cleaned(fileName), detect(folder.resolve(key), fileName), size, actor.id());
            insert(file, digest.digest(), limits(actor));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long write(InputStream content, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        var partial = target.resolveSibling(target.getFileName() + ".part");
        try (var channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                var out = Channels.newOutputStream(channel)) {
            long size = content.transferTo(out);
            channel.force(true);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } catch (IOException e) {
            // asked before the part is gone, which may be all the space there is
            boolean full = Files.getFileStore(target.getParent()).getUsableSpace() < FULL;
            Files.deleteIfExists(partial);
            if (full) throw Refusal.of(Refusal.Kind.OUT_OF_SPACE, "out-of-space");
            throw e;
        }
    }

    private String detect(Path path, String fileName) throws IOException {
        try (var stream = new BufferedInputStream(Files.newInputStream(path))) {
            return tika.detect(stream, cleaned(fileName));
        }
    }

    /** The last part of the name, without characters that headers or shells could misread. */
    private static String cleaned(String fileName) {
        var last = fileName.replaceAll(".*[/\\\\]", "")
                .replaceAll("[\\p{Cntrl}\"<>]", "_")
                .strip();
        if (last.isEmpty()) return "file";
        return last.length() > 200 ? last.substring(last.length() - 200) : last;
    }

    /** How a file says to what the program was limited that uploaded it. */
    public static String[] limits(Actor actor) {
        return actor.limits().stream().sorted().toArray(String[]::new);
    }

    private void insert(StoredFile file, byte[] sha256, String[] limits) {
        database.run(tx -> tx.dsl()
                .insertInto(table(name("file")))
                .set(field(name("id"), SQLDataType.UUID), file.id().value())
                .set(field(name("storage_key"), SQLDataType.VARCHAR), file.key())
                .set(field(name("name"), SQLDataType.VARCHAR), file.name())
                .set(field(name("type"), SQLDataType.VARCHAR), file.type())
                .set(field(name("size"), SQLDataType.BIGINT), file.size())
                .set(field(name("sha256"), SQLDataType.BLOB), sha256)
                .set(
                        field(name("created_by"), SQLDataType.UUID),
                        file.createdBy().value())
                .set(field(name("limits"), SQLDataType.CLOB.array()), limits)
                .execute());
    }

    public Optional<StoredFile> find(RecordId id) {
        return database.read(tx -> tx.dsl()
                .select(
                        field(name("storage_key"), SQLDataType.VARCHAR),
                        field(name("name"), SQLDataType.VARCHAR),
                        field(name("type"), SQLDataType.VARCHAR),
                        field(name("size"), SQLDataType.BIGINT),
                        field(name("created_by"), SQLDataType.UUID))
                .from(table(name("file")))
                .where(field(name("id"), SQLDataType.UUID).eq(id.value()))
                .fetchOptional()
                .map(row -> new StoredFile(
                        id, row.value1(), row.value2(), row.value3(), row.value4(), new RecordId(row.value5()))));
    }

    public InputStream open(StoredFile file) {
        try {
            return Files.newInputStream(folder.resolve(file.key()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Destroys a file: its description in the transaction, its bytes once that is committed, even if the server is killed then. */
    public void destroy(Tx tx, RecordId id) {
        var key = tx.dsl()
                .deleteFrom(table(name("file")))
                .where(field(name("id"), SQLDataType.UUID).eq(id.value()))
                .returningResult(STORAGE_KEY)
                .fetchOptional(row -> row.value1());
        if (key.isEmpty()) return;
        tx.dsl().insertInto(TO_DESTROY).set(STORAGE_KEY, key.get()).execute();
        tx.afterCommit(() -> destroyBytes(key.get()));
    }

    private boolean destroyBytes(String key) {
        try {
            Files.deleteIfExists(folder.resolve(key));
            return true;
        } catch (IOException e) {
            log.error("The bytes of a file that was destroyed are still there: {}", key, e);
            return false;
        }
    }

    /** Deletes the bytes of destroyed files that a kill or a fault of the disk left. */
    public void finishDestroying() {
        var keys = database.read(
                tx -> tx.dsl().select(STORAGE_KEY).from(TO_DESTROY).fetch(STORAGE_KEY));
        var gone = keys.stream().filter(this::destroyBytes).toArray(String[]::new);
        database.run(tx ->
                tx.dsl().deleteFrom(TO_DESTROY).where(STORAGE_KEY.eq(any(gone))).execute());
    }

    /** A file of its own for code that must seek; it belongs to the store and must not be changed. */
    public java.io.File local(StoredFile file) {
        return folder.resolve(file.key()).toFile();
    }

    /** An empty file for the caller's own use, deleted by it. */
    public java.io.File scratch() {
        try {
            return Files.createTempFile(folder, "scratch", ".tmp").toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
