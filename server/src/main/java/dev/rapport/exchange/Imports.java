package dev.rapport.exchange;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.exchange.ImportStore.Import;
import dev.rapport.file.FileStore;
import dev.rapport.file.FileStore.StoredFile;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.job.Job;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.record.BatchUndo;
import dev.rapport.record.Batches;
import dev.rapport.record.RecordImporter;
import dev.rapport.record.RecordImporter.OnMatch;
import dev.rapport.record.Records;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Imports from the upload to the undo. */
@Component
public class Imports {
    private static final int SAMPLE = 20;
    private static final List<String> EDITABLE = List.of("ready", "previewed", "previewing");

    private final Database database;
    private final Access access;
    private final FileStore files;
    private final ImportStore store;
    private final Parts parts;

    /** What imports build on. */
    @Component
    record Parts(Jobs jobs, Batches batches, BatchUndo undo, Records records, RecordImporter importer) {}

    Imports(Database database, Access access, FileStore files, ImportStore store, Parts parts) {
        this.database = database;
        this.access = access;
        this.files = files;
        this.store = store;
        this.parts = parts;
    }

    /** Stores an uploaded file, finds out how to read it, and guesses the mapping. */
    Import upload(Actor actor, String objectName, String fileName, InputStream content) {
        var object = access.object(actor, objectName);
        access.require(actor, Operation.IMPORT, object.definition());
        var file = files.store(actor, fileName, content);
        var format = FormatDetector.detect(() -> files.open(file));
        var sheets = sheets(file, format);
        var source = source(file, format);
        var sample = sample(source);
        var settings = database.read(tx -> store.remembered(tx, actor, objectName, hash(source.header())))
                .orElseGet(() -> guess(actor, object, source.header(), sample));
        var columns = columns(source.header(), sample, sheets);
        var it = new Import(
                RecordId.next(),
                objectName,
                actor.id(),
                file.id(),
                file.name(),
                format,
                columns,
                settings,
                "ready",
                Json.object(),
                null,
                null,
                null,
                java.time.Instant.now());
        database.run(tx -> store.insert(tx, it));
        return get(actor, it.id());
    }

    private List<String> sheets(StoredFile file, FileFormat format) {
        return switch (format.kind()) {
            case XLSX -> XlsxSource.sheets(files.local(file));
            case XLS -> XlsSource.sheets(files.local(file));
            case CSV, VCARD -> List.of();
        };
    }

    TableSource source(StoredFile file, FileFormat format) {
        Supplier<InputStream> content = () -> files.open(file);
        return switch (format.kind()) {
            case CSV -> new CsvSource(content, format);
            case XLSX -> new XlsxSource(files.local(file), format);
            case XLS -> new XlsSource(files.local(file), format);
            case VCARD -> new VcardSource(content);
        };
    }

    TableSource source(Import it) {
        return source(files.find(it.file()).orElseThrow(Refusal::notFound), it.format());
    }

    private static List<List<String>> sample(TableSource source) {
        var sample = new ArrayList<List<String>>();
        source.rows((number, cells) -> {
            sample.add(List.copyOf(cells));
            return sample.size() < SAMPLE;
        });
        return sample;
    }

    private static JsonNode columns(List<String> header, List<List<String>> sample, List<String> sheets) {
        var json = Json.object();
        header.forEach(json.putArray("names")::add);
        var rows = json.putArray("sample");
        for (var row : sample) {
            var cells = rows.addArray();
            for (int i = 0; i < header.size(); i++) cells.add(i < row.size() ? shortened(row.get(i)) : "");
        }
        sheets.forEach(json.putArray("sheets")::add);
        return json;
    }

    private static String shortened(String cell) {
        var clean = cell.replace("\0", "\uFFFD");
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }

    private ImportSettings guess(Actor actor, ObjectView object, List<String> header, List<List<String>> sample) {
        MappingGuess.KeyProbe probe = (target, key, values) -> database.read(
                tx -> parts.importer().byKey(tx, actor, target, key, values).size());
        var mapping = new MappingGuess(access.catalogue(actor), object, probe).guess(header, sample);
        var matchOn = object.definition().fields().stream()
                .filter(field -> field.is(Trait.UNIQUE)
                        && mapping.values().stream().anyMatch(paths -> paths.contains(field.name())))
                .map(Field::name)
                .limit(1)
                .toList();
        return new ImportSettings(
                mapping,
                matchOn,
                OnMatch.UPDATE,
                ImportSettings.OnMissingLookup.FAIL,
                parts.records().context(actor).currency().getCurrencyCode());
    }

    private static String hash(List<String> header) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            for (var name : header) digest.update((name + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws Refusal 404 if the import is not the actor's own, or of an object that they may not import */
    Import get(Actor actor, RecordId id) {
        return database.read(tx -> store.find(tx, id))
                .filter(it -> it.actor().equals(actor.id()) && maySee(actor, it))
                .orElseThrow(Refusal::notFound);
    }

    /** An import shows what stood in its rows: whoever may no longer import the object sees nothing of it either. */
    private boolean maySee(Actor actor, Import it) {
        return access.catalogue(actor)
                .object(it.object())
                .filter(object -> access.allows(actor, Operation.IMPORT, object.definition()))
                .isPresent();
    }

    List<Import> newest(Actor actor) {
        return database.read(tx -> store.newest(tx, actor, 50)).stream()
                .filter(it -> maySee(actor, it))
                .toList();
    }

    /** Changes how the file is read and mapped. @throws Refusal 422 naming every wrong member, column and field */
    Import configure(Actor actor, RecordId id, JsonNode body) {
        var it = get(actor, id);
        requireState(it, EDITABLE);
        var members = Members.of(body);
        var format = it.format();
        var sheet = members.optionalText("sheet");
        if (sheet.isPresent()) format = format.withSheet(sheet.get());
        if (members.has("header")) format = format.withHeader(members.flag("header"));
        boolean reread = sheet.isPresent() || members.has("header");
        var columns = it.columns();
        var base = it.settings();
        if (reread) {
            var source = source(files.find(it.file()).orElseThrow(Refusal::notFound), format);
            var sample = sample(source);
            var sheets = new ArrayList<String>();
            it.columns().path("sheets").values().forEach(name -> sheets.add(name.asString()));
            columns = columns(source.header(), sample, sheets);
            base = guess(actor, access.object(actor, it.object()), source.header(), sample);
        }
        var settings = settings(actor, it, columns, base, members);
        var chosen = format;
        var shown = columns;
        database.run(tx -> store.configure(tx, id, chosen, shown, settings));
        return get(actor, id);
    }

    private ImportSettings settings(Actor actor, Import it, JsonNode columns, ImportSettings base, Members members) {
        var mapping = members.member("mapping").map(ImportSettings::readMapping).orElse(base.mapping());
        var matchOn = members.has("matchOn") ? members.texts("matchOn") : base.matchOn();
        var onMatch = members.oneOf(
                "onMatch",
                base.onMatch().name().toLowerCase(java.util.Locale.ROOT),
                Set.of("update", "skip", "create"));
        var onMissing = members.oneOf(
                "onMissingLookup",
                base.onMissingLookup().name().toLowerCase(java.util.Locale.ROOT),
                Set.of("create", "fail", "empty"));
        var currency = members.optionalText("currency").orElse(base.currency());
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency)))
            members.violations().add(Violation.of("currency", "currency"));
        var object = access.object(actor, it.object());
        for (var name : matchOn) {
            var field = object.readable(name).orElse(null);
            if (field == null) members.violations().add(Violation.of(name, "unknown-field"));
            else if (!field.is(Trait.UNIQUE) && !field.is(Trait.FILTERABLE))
                members.violations().add(Violation.of(name, "not-unique"));
        }
        new RowReader(
                access.catalogue(actor),
                object,
                header(columns),
                mapping,
                context(actor, currency),
                members.violations());
        members.done();
        return new ImportSettings(
                mapping,
                matchOn,
                OnMatch.valueOf(onMatch.toUpperCase(java.util.Locale.ROOT)),
                ImportSettings.OnMissingLookup.valueOf(onMissing.toUpperCase(java.util.Locale.ROOT)),
                currency);
    }

    static List<String> header(JsonNode columns) {
        var header = new ArrayList<String>();
        columns.path("names").values().forEach(name -> header.add(name.asString()));
        return header;
    }

    ReadContext context(Actor actor, String currency) {
        var base = parts.records().context(actor);
        var chosen = currency.isEmpty() ? base.currency() : Currency.getInstance(currency);
        return new ReadContext(base.region(), chosen, base.zone());
    }

    /** Runs the whole file through all checks in the background; nothing is written. */
    Job preview(Actor actor, RecordId id) {
        return begin(actor, id, "previewing", "import-preview");
    }

    /** Starts the import in the background. */
    Job start(Actor actor, RecordId id) {
        var it = get(actor, id);
        database.run(tx -> store.remember(tx, actor, it.object(), hash(header(it.columns())), it.settings()));
        return begin(actor, id, "running", "import");
    }

    private Job begin(Actor actor, RecordId id, String state, String kind) {
        var it = get(actor, id);
        var object = access.object(actor, it.object());
        access.require(actor, Operation.IMPORT, object.definition());
        requireMappedNames(object, it);
        var job = database.transact(tx -> {
            if (!store.move(tx, id, EDITABLE, state)) throw Refusal.of(Refusal.Kind.CONFLICT, "import-state");
            RecordId batch = kind.equals("import") ? parts.batches().open(tx, actor, "import", it.object()) : null;
            var started = parts.jobs().start(tx, kind, actor, id, Json.object().put("import", id.toString()));
            store.begun(tx, id, started, batch);
            return started;
        });
        return parts.jobs().find(job).orElseThrow();
    }

    /** A mapping that leaves every row without a required value is refused before any row is read. */
    private static void requireMappedNames(ObjectView object, Import it) {
        var mapped = new TreeSet<String>();
        it.settings().mapping().values().forEach(paths -> paths.forEach(path -> mapped.add(path.split("\\.")[0])));
        if (mapped.isEmpty()) throw Refusal.invalid(Violation.of("mapping", "required"));
        boolean updatesOnly = !it.settings().matchOn().isEmpty();
        var missing = new ArrayList<Violation>();
        for (var field : object.definition().fields()) {
            boolean needed = field.is(Trait.REQUIRED) && field.defaultValue() == null && !mapped.contains(field.name());
            if (needed && !updatesOnly && !(field.type() instanceof TextTypes.AutoNumber))
                missing.add(Violation.of(field.name(), "required"));
        }
        if (!missing.isEmpty()) throw Refusal.invalid(missing);
    }

    /** Stops a running import after its present batch; what was imported stays and can be undone. */
    Import cancel(Actor actor, RecordId id) {
        var it = get(actor, id);
        requireState(it, List.of("running", "previewing"));
        var job = it.job();
        if (job != null) parts.jobs().cancel(actor, job);
        return get(actor, id);
    }

    /** Takes everything back that the import did. */
    Job undo(Actor actor, RecordId id) {
        var it = get(actor, id);
        requireState(it, List.of("done", "cancelled", "failed"));
        var batch = it.batch();
        if (batch == null) throw Refusal.of(Refusal.Kind.CONFLICT, "import-state");
        var job = parts.undo().start(actor, batch);
        database.run(tx -> store.move(tx, id, List.of("done", "cancelled", "failed"), "undone"));
        return job;
    }

    @Nullable
    Job job(Import it) {
        var job = it.job();
        return job == null ? null : parts.jobs().find(job).orElse(null);
    }

    private static void requireState(Import it, List<String> allowed) {
        if (!allowed.contains(it.state()))
            throw Refusal.of(Refusal.Kind.CONFLICT, "import-state", Map.of("state", it.state()));
    }
}
