package dev.rapport.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The key that encrypts the keys (envelope encryption): a file, readable by the server's account alone, that is never in the
 * database nor in a backup of it.
 */
final class MasterKey {
    private MasterKey() {}

    static boolean exists(Path file) {
        return Files.exists(file);
    }

    /** Makes the file if it is not there; of several nodes with a common folder, one does. */
    static void create(Path file) throws GeneralSecurityException, IOException {
        AeadConfig.register();
        Files.createDirectories(file.getParent());
        var keys = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.getParent(), "field-key", ".new", owner);
        try {
            Files.writeString(fresh, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
            if (!Files.exists(file)) Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // another node was first: its key counts
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    static Aead read(Path file) throws GeneralSecurityException, IOException {
        AeadConfig.register();
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }
}
