package dev.rapport.backup;

import dev.rapport.database.Database;
import dev.rapport.database.WalArchive;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the archive for point-in-time recovery whole: a base backup a day, seven of them, and every stored file. */
@Component
class ArchiveUpkeep implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(ArchiveUpkeep.class);
    private static final Duration BETWEEN_BASES = Duration.ofDays(1);
    private static final int KEPT = 7;

    private final Database database;
    private final Settings settings;
    private final Clock clock;

    ArchiveUpkeep(Database database, Settings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "wal-archive";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        if (settings.databaseUrl() == null) WalArchive.configured().ifPresent(this::keep);
    }

    private void keep(WalArchive archive) {
        try {
            var key = BackupTool.key(settings);
            archive.takeFiles(settings.home().resolve("files"), key);
            boolean due = archive.newestBase()
                    .map(newest -> newest.plus(BETWEEN_BASES).isBefore(clock.instant()))
                    .orElse(true);
            if (!due) return;
            try (var connection = database.dataSource().getConnection()) {
                archive.takeBase(connection, settings.home(), key);
            }
            archive.thinOut(KEPT, key);
            log.info("A base backup for point-in-time recovery was taken");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The base backup failed", e);
        }
    }
}
