package dev.rapport.demo;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.record.Batches;
import dev.rapport.record.RecordImporter;
import dev.rapport.record.RecordImporter.Matching;
import dev.rapport.record.RecordImporter.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes generated records: those of a whole company in many transactions, those of a sample in one. */
final class DemoWriter {
    private static final Logger log = LoggerFactory.getLogger(DemoWriter.class);
    private static final int CHUNK = 5_000;
    private static final int MOST_KEPT = 200_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Catalogue catalogue;
    private final RecordImporter importer;
    private final Steps steps;

    /** Runs a piece of work in a transaction and under a batch for records of the object named. */
    private interface Steps {
        <T> T step(String object, BiFunction<Tx, RecordId, T> work);
    }

    private DemoWriter(Catalogue catalogue, RecordImporter importer, Steps steps) {
        this.catalogue = catalogue;
        this.importer = importer;
        this.steps = steps;
    }

    /** Each chunk is a transaction and a batch of its own. */
    static DemoWriter inChunks(
            Catalogue catalogue, RecordImporter importer, Database database, Batches batches, Actor actor) {
        return new DemoWriter(catalogue, importer, new Steps() {
            @Override
            public <T> T step(String object, BiFunction<Tx, RecordId, T> work) {
                return database.transactLong(LIMIT, tx -> work.apply(tx, batches.open(tx, actor, "import", object)));
            }
        });
    }

    /** Everything in one transaction and one batch: there is all of it or nothing, and it is undone as one. */
    static DemoWriter within(Tx tx, RecordId batch, Catalogue catalogue, RecordImporter importer) {
        return new DemoWriter(catalogue, importer, new Steps() {
            @Override
            public <T> T step(String object, BiFunction<Tx, RecordId, T> work) {
                return work.apply(tx, batch);
            }
        });
    }

    List<RecordId> create(Actor actor, String name, int count, LongFunction<Map<Field<?>, @Nullable Object>> draft) {
        var object = catalogue.require(name);
        var ids = new ArrayList<RecordId>();
        long number = 0;
        while (number < count) {
            var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
            for (int i = 0; i < CHUNK && number < count; i++) drafts.add(draft.apply(number++));
            steps.step(name, (tx, batch) -> importer.create(tx, actor, object, drafts, batch)).stream()
                    .filter(Objects::nonNull)
                    .limit(Math.max(0, MOST_KEPT - ids.size()))
                    .forEach(id -> ids.add(Objects.requireNonNull(id)));
            if (number % 100_000 == 0) log.info("{} {} of {}", name, number, count);
        }
        return ids;
    }

    void update(Actor actor, String name, List<Row> rows, Matching matching) {
        var object = catalogue.require(name);
        for (int from = 0; from < rows.size(); from += CHUNK) {
            var part = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            steps.step(name, (tx, batch) -> {
                importer.run(tx, actor, object, part, matching, batch);
                return true;
            });
        }
    }
}
