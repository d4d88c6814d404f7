package dev.rapport.exchange;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.exchange.ImportSettings.OnMissingLookup;
import dev.rapport.exchange.ImportStore.Import;
import dev.rapport.http.Json;
import dev.rapport.http.ProblemWriter;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ReadContext;
import dev.rapport.record.RecordImporter;
import dev.rapport.record.RecordImporter.Matching;
import dev.rapport.record.RecordImporter.Outcome;
import dev.rapport.record.RecordImporter.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries an import out, batch by batch: each batch's records, history, refused rows and the place in the file are
 * committed together, so that a kill at any moment loses no row and doubles none. The preview takes the same way without
 * writing.
 */
@Configuration(proxyBeanMethods = false)
class ImportRun {
    private static final int BATCH = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int SAMPLE_ERRORS = 50;

    private final Database database;
    private final Access access;
    private final Imports imports;
    private final ImportStore store;
    private final RecordImporter importer;

    ImportRun(Database database, Access access, Imports imports, ImportStore store, RecordImporter importer) {
        this.database = database;
        this.access = access;
        this.imports = imports;
        this.store = store;
        this.importer = importer;
    }

    @Bean
    JobHandler importJob() {
        return handler("import", true);
    }

    @Bean
    JobHandler importPreviewJob() {
        return handler("import-preview", false);
    }

    private JobHandler handler(String kind, boolean writing) {
        return new JobHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public void run(JobRun run) {
                var id = RecordId.parse(run.payload().path("import").asString()).orElseThrow();
                var it = imports.get(run.actor(), id);
                try {
                    new Work(run, it, writing).run();
                } catch (Refusal refusal) {
                    if (refusal.kind() != Refusal.Kind.UNAVAILABLE)
                        database.run(tx -> store.finished(tx, id, writing ? "failed" : "ready"));
                    throw refusal;
                }
            }
        };
    }

    /** One row as it came from the file. */
    private record RawRow(long number, List<String> cells, RowReader.Parsed parsed, Row row) {}

    /** One attempt at one import. */
    private final class Work {
        private final JobRun run;
        private final Import it;
        private final boolean writing;
        private final Actor actor;
        private final ObjectView object;
        private final RowReader reader;
        private final ReadContext context;
        private final Matching matching;
        private final Counts counts;
        private final Set<String> previewedKeys = new HashSet<>();
        private final List<ObjectNode> sampleErrors = new ArrayList<>();
        private final List<ObjectNode> sampleAlike = new ArrayList<>();
        private long alikeCount;
        private List<RawRow> pending = new ArrayList<>();

        Work(JobRun run, Import it, boolean writing) {
            this.run = run;
            this.it = it;
            this.writing = writing;
            this.actor = run.actor();
            this.object = access.object(actor, it.object());
            this.context = imports.context(actor, it.settings().currency());
            var violations = new ArrayList<Violation>();
            this.reader = new RowReader(
                    access.catalogue(actor),
                    object,
                    Imports.header(it.columns()),
                    it.settings().mapping(),
                    context,
                    violations);
            if (!violations.isEmpty()) throw Refusal.invalid(violations);
            this.matching = new Matching(
                    it.settings().matchOn().stream()
                            .<Field<?>>flatMap(name -> object.readable(name).stream())
                            .toList(),
                    it.settings().onMatch());
            this.counts = new Counts(writing ? run.checkpoint().orElse(Json.object()) : Json.object());
        }

        void run() {
            long resumeAt = counts.read;
            boolean[] cancelled = {false};
            imports.source(it).rows((number, cells) -> {
                if (number <= resumeAt) return true;
                var copy = List.copyOf(cells);
                var parsed = reader.read(copy);
                pending.add(new RawRow(number, copy, parsed, new Row(parsed.values(), parsed.violations())));
                if (pending.size() < BATCH) return true;
                commit();
                cancelled[0] = run.isCancelled();
                return !cancelled[0];
            });
            if (!cancelled[0] && !pending.isEmpty()) commit();
            finish(cancelled[0]);
        }

        private void finish(boolean cancelled) {
            if (writing) {
                database.run(tx -> {
                    store.counted(tx, it.id(), counts.json());
                    store.finished(tx, it.id(), cancelled ? "cancelled" : "done");
                });
                run.result(counts.json());
                return;
            }
            var preview = counts.json();
            var errors = preview.putArray("errors");
            sampleErrors.forEach(errors::add);
            preview.put("alike", alikeCount);
            var alike = preview.putArray("lookAlikes");
            sampleAlike.forEach(alike::add);
            database.run(tx -> {
                store.previewed(tx, it.id(), preview);
                store.move(tx, it.id(), List.of("previewing"), "previewed");
            });
            // what stands in rows is kept in one place, with the import
            run.result(counts.json().put("alike", alikeCount));
        }

        private void commit() {
            var rows = pending;
            pending = new ArrayList<>();
            var before = counts.copy();
            try {
                database.transactLong(LIMIT, tx -> process(tx, rows));
            } catch (RuntimeException e) {
                counts.restore(before);
                throw e;
            }
        }

        private boolean process(Tx tx, List<RawRow> rows) {
            resolve(tx, rows);
            importer.run(
                    tx,
                    actor,
                    object.definition(),
                    rows.stream().map(RawRow::row).toList(),
                    matching,
                    writing ? it.batch() : null);
            for (var raw : rows) count(tx, raw);
            if (writing) {
                store.counted(tx, it.id(), counts.json());
                run.checkpoint(tx, counts.read, null, counts.json());
            }
            return true;
        }

        private void count(Tx tx, RawRow raw) {
            counts.read++;
            var outcome = raw.row().violations().isEmpty() ? previewed(raw) : Outcome.FAILED;
            switch (outcome) {
                case CREATED -> {
                    counts.created++;
                    notice(raw);
                }
                case UPDATED -> counts.updated++;
                case SKIPPED -> counts.skipped++;
                case FAILED -> {
                    counts.failed++;
                    report(tx, raw);
                }
            }
        }

        /** Remembers a row that looks like a record which is there, so that people decide before anything is written. */
        private void notice(RawRow raw) {
            var alike = raw.row().alike();
            if (alike == null) return;
            alikeCount++;
            if (sampleAlike.size() >= SAMPLE_ERRORS) return;
            var node = Json.object()
                    .put("row", raw.number())
                    .put("id", alike.id().toString())
                    .put("name", alike.name())
                    .put("probability", alike.probability());
            raw.cells().forEach(node.putArray("cells")::add);
            sampleAlike.add(node);
        }

        /** In a preview nothing is there to be found again, so a key seen before counts as found. */
        private Outcome previewed(RawRow raw) {
            var outcome = raw.row().outcome();
            if (writing || matching.matchOn().isEmpty() || outcome != Outcome.CREATED) return outcome;
            var key = new StringBuilder();
            matching.matchOn()
                    .forEach(field -> key.append(raw.row().values().get(field)).append('\u0001'));
            if (previewedKeys.add(key.toString())) return outcome;
            return switch (matching.onMatch()) {
                case UPDATE -> Outcome.UPDATED;
                case SKIP -> Outcome.SKIPPED;
                case CREATE -> Outcome.CREATED;
            };
        }

        private void report(Tx tx, RawRow raw) {
            var reasons = Json.MAPPER.createArrayNode();
            raw.row().violations().forEach(v -> ProblemWriter.write(reasons.addObject(), v, actor.locale()));
            if (writing) store.refuse(tx, it.id(), raw.number(), raw.cells(), reasons);
            else if (sampleErrors.size() < SAMPLE_ERRORS) {
                var error = Json.object().put("row", raw.number());
                raw.cells().forEach(error.putArray("cells")::add);
                error.set("reasons", reasons);
                sampleErrors.add(error);
            }
        }

        /** Finds the records that cells name, one query per lookup and key, creating what is missing if that is wished. */
        private void resolve(Tx tx, List<RawRow> rows) {
            Map<RowReader.Named, Set<String>> keys = new LinkedHashMap<>();
            for (var raw : rows)
                for (var named : raw.parsed().named())
                    keys.computeIfAbsent(new RowReader.Named(named.field(), named.by(), ""), k -> new HashSet<>())
                            .add(named.key());
            // lookups that must agree with another one come after it
            var kinds = new ArrayList<>(keys.keySet());
            kinds.sort(java.util.Comparator.comparing(kind -> within(kind) != null));
            kinds.forEach(kind -> {
                var wanted = java.util.Objects.requireNonNull(keys.get(kind));
                var found =
                        importer.byKey(tx, actor, kind.by().target(), kind.by().key(), wanted);
                var missing =
                        wanted.stream().filter(key -> !found.containsKey(key)).toList();
                boolean creates = it.settings().onMissingLookup() == OnMissingLookup.CREATE && !missing.isEmpty();
                if (creates) found.putAll(create(tx, kind.by(), missing));
                for (var raw : rows)
                    for (var named : raw.parsed().named())
                        if (named.field().equals(kind.field()) && named.by().equals(kind.by()))
                            link(
                                    raw.row(),
                                    named,
                                    narrowed(tx, raw, named, found.getOrDefault(named.key(), List.of())));
            });
        }

        private static @Nullable String within(RowReader.Named named) {
            return named.field().type() instanceof LinkTypes.Lookup lookup ? lookup.within() : null;
        }

        /** Of several records with one name those that agree with the row, such as the stages of its pipeline. */
        private List<UUID> narrowed(Tx tx, RawRow raw, RowReader.Named named, List<UUID> ids) {
            var within = within(named);
            if (within == null || ids.size() < 2) return ids;
            var via = object.definition().require(within);
            return importer.within(
                    tx, named.by().target(), within, ids, raw.row().values().get(via));
        }

        private void link(Row row, RowReader.Named named, List<UUID> ids) {
            if (ids.size() == 1) {
                row.values().put(named.field(), new RecordId(ids.getFirst()));
                return;
            }
            boolean optional = it.settings().onMissingLookup() == OnMissingLookup.EMPTY && ids.isEmpty();
            boolean wouldCreate =
                    !writing && it.settings().onMissingLookup() == OnMissingLookup.CREATE && ids.isEmpty();
            if (optional) return;
            if (wouldCreate) {
                row.values().put(named.field(), RecordImporter.PLANNED);
                return;
            }
            row.violations()
                    .add(Violation.of(named.field().name(), ids.isEmpty() ? "lookup-not-found" : "lookup-ambiguous"));
        }

        private Map<String, List<UUID>> create(Tx tx, RowReader.LookupKey by, List<String> missing) {
            var batch = it.batch();
            if (!writing || batch == null) return Map.of();
            var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
            for (var key : missing) drafts.add(draft(by, key));
            var ids = importer.create(tx, actor, by.target(), drafts, batch);
            var created = new HashMap<String, List<UUID>>();
            for (int i = 0; i < missing.size(); i++) {
                var id = ids.get(i);
                if (id != null) created.put(missing.get(i), List.of(id.value()));
            }
            return created;
        }

        private Map<Field<?>, @Nullable Object> draft(RowReader.LookupKey by, String key) {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            for (var field : List.of(by.target().naming(), by.key())) {
                try {
                    values.put(field, field.type().parse(key, context));
                } catch (InvalidValue e) {
                    values.remove(field);
                }
            }
            return values;
        }
    }

    /** The sum that always holds: read = created + updated + skipped + failed. */
    private static final class Counts {
        private long read;
        private long created;
        private long updated;
        private long skipped;
        private long failed;

        Counts(tools.jackson.databind.JsonNode json) {
            read = json.path("read").asLong(0);
            created = json.path("created").asLong(0);
            updated = json.path("updated").asLong(0);
            skipped = json.path("skipped").asLong(0);
            failed = json.path("failed").asLong(0);
        }

        long[] copy() {
            return new long[] {read, created, updated, skipped, failed};
        }

        void restore(long[] copy) {
            read = copy[0];
            created = copy[1];
            updated = copy[2];
            skipped = copy[3];
            failed = copy[4];
        }

        ObjectNode json() {
            return Json.object()
                    .put("read", read)
                    .put("created", created)
                    .put("updated", updated)
                    .put("skipped", skipped)
                    .put("failed", failed);
        }
    }
}
