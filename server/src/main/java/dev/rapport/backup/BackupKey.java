package dev.rapport.backup;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import dev.rapport.database.Seal;
import dev.rapport.encryption.KeyFile;
import dev.rapport.kernel.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The key that backups are encrypted with (Tink's streaming AES-256-GCM): a file of its own, which must be kept apart from
 * the backups. Without it they cannot be read.
 */
public final class BackupKey implements Seal {
    private static final byte[] PURPOSE = "rapport backup".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final StreamingAead cipher;

    private BackupKey(Path file, StreamingAead cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    /** The key in this file, which is made if it is not there. */
    public static BackupKey inFile(Path file) {
        try {
            StreamingAeadConfig.register();
            KeyFile.createIfAbsent(file, PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB);
            return read(file);
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotStart("The backup key " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** @throws CannotStart if there is no such key */
    public static BackupKey present(Path file) {
        if (!Files.exists(file))
            throw new CannotStart("There is no backup key at " + file
                    + ". Set RAPPORT_BACKUP_KEY to the key that the backup was made with.");
        return inFile(file);
    }

    private static BackupKey read(Path file) throws GeneralSecurityException, IOException {
        var keys = KeyFile.read(file);
        return new BackupKey(
                file, keys.getPrimitive(com.google.crypto.tink.RegistryConfiguration.get(), StreamingAead.class));
    }

    public Path file() {
        return file;
    }

    @Override
    public OutputStream sealing(OutputStream out) throws IOException {
        try {
            return cipher.newEncryptingStream(out, PURPOSE);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public InputStream opening(InputStream in) throws IOException {
        try {
            return cipher.newDecryptingStream(in, PURPOSE);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
