package dev.rapport.encryption;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/** Keys that lie in a file of their own, readable by the server's account alone, and never in the database or a backup. */
public final class KeyFile {
    private KeyFile() {}

    /** Makes the file with one new key if it is not there; of several nodes with a common folder, one does, and wholly. */
    public static void createIfAbsent(Path file, Parameters parameters) throws GeneralSecurityException, IOException {
        if (Files.exists(file)) return;
        Files.createDirectories(file.getParent());
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.getParent(), "key", ".new", owner);
        try {
            Files.writeString(
                    fresh,
                    TinkJsonProtoKeysetFormat.serializeKeyset(oneKey(parameters), InsecureSecretKeyAccess.get()));
            // unlike a move, a link never takes the place of what another node has made meanwhile
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // another node was first: its key counts
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    public static KeysetHandle read(Path file) throws GeneralSecurityException, IOException {
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }

    /** A keyset of one new key. */
    static KeysetHandle oneKey(Parameters parameters) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                        .withRandomId()
                        .makePrimary())
                .build();
    }
}
