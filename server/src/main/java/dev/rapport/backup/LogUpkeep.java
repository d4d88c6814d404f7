package dev.rapport.backup;

import dev.rapport.database.WalArchive;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes the log that PostgreSQL has handed over into the archive, encrypted, some seconds after it was written. */
@Component
class LogUpkeep implements Recurring {
    private final Settings settings;

    LogUpkeep(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "wal-sealing";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        if (settings.databaseUrl() == null) WalArchive.configured().ifPresent(this::take);
    }

    private void take(WalArchive archive) {
        try {
            archive.takeLog(settings.home(), BackupTool.key(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
