package dev.rapport.exchange;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.file.FileStore;
import dev.rapport.job.Recurring;
import dev.rapport.privacy.Remains;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Uploaded files and refused rows do not outlive their use: a month after an import ended, or was uploaded and never started,
 * they are destroyed. When a person is erased, the files of all imports that ended, or were left lying for a day, go at once,
 * since their rows are not searched, and refused rows with the person's addresses or numbers go as well.
 */
@Component
class ImportUpkeep implements Recurring, Remains {
    private static final Duration KEPT = Duration.ofDays(30);
    /** So long after its upload a file may still be in preparation when somebody is erased. */
    private static final Duration PREPARED = Duration.ofDays(1);
    /** Numbers without their country code: people write them in many ways. */
    private static final int TELLING_DIGITS = 8;

    private final Database database;
    private final ImportStore store;
    private final FileStore files;
    private final Clock clock;

    ImportUpkeep(Database database, ImportStore store, FileStore files, Clock clock) {
        this.database = database;
        this.store = store;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "import-files";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        var moment = clock.instant().minus(KEPT);
        database.run(tx -> {
            release(tx, moment, moment);
            store.dropErrors(tx, moment);
        });
    }

    private void release(Tx tx, Instant ended, Instant uploaded) {
        for (var file : store.releaseSources(tx, ended)) files.destroy(tx, file);
        for (var file : store.dropAbandoned(tx, uploaded)) files.destroy(tx, file);
    }

    @Override
    public void forget(Tx tx, Set<String> identifiers) {
        var now = clock.instant();
        release(tx, now, now.minus(PREPARED));
        for (var identifier : identifiers) {
            var digits = identifier.replaceAll("[^0-9]", "");
            if (identifier.contains("@")) store.dropErrorsWith(tx, identifier.toLowerCase(Locale.ROOT), false);
            else if (digits.length() >= TELLING_DIGITS)
                store.dropErrorsWith(tx, digits.substring(digits.length() - TELLING_DIGITS), true);
        }
    }
}
