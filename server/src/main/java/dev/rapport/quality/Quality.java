package dev.rapport.quality;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Address;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.quality.QualityStore.Snapshot;
import dev.rapport.quality.QualityStore.Suggestion;
import dev.rapport.query.ListReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.Selection;
import dev.rapport.record.Bulk;
import dev.rapport.record.QueryReader;
import dev.rapport.record.RecordViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks through all records of an object: how many have a value in each field, how many were touched within a year, and
 * which values could be better. What it finds is kept by day for the trend, and as suggestions that people apply as one
 * undoable batch.
 */
@Component
public class Quality implements JobHandler {
    /** More suggestions nobody works through; the next look finds the rest. */
    private static final int MOST_SUGGESTIONS = 50_000;

    private static final int PAGE = 100;
    private static final int PROGRESS = 5_000;
    private static final int DAYS = 180;
    private static final Duration FRESH = Duration.ofDays(365);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Database database;
    private final Access access;
    private final ListReader lists;
    private final Clock clock;
    private final Parts parts;

    /** Where findings go, and what carries them out. */
    @Component
    record Parts(QualityStore store, Jobs jobs, Bulk bulk, RecordViews views) {}

    Quality(Database database, Access access, ListReader lists, Clock clock, Parts parts) {
        this.database = database;
        this.access = access;
        this.lists = lists;
        this.clock = clock;
        this.parts = parts;
    }

    @Override
    public String kind() {
        return "quality";
    }

    public Job scan(Actor actor, ObjectView object) {
        access.require(actor, Operation.MASS, object.definition());
        access.requireAll(actor, object.definition());
        var payload = Json.object().put("object", object.definition().name());
        var id = database.transact(tx -> parts.jobs().start(tx, kind(), actor, null, payload));
        return parts.jobs().find(id).orElseThrow();
    }

    @Override
    public void run(JobRun run) {
        var object = access.object(run.actor(), run.payload().path("object").asString());
        var look = new Look(object);
        database.transactLong(LIMIT, tx -> {
            var paths = QueryReader.allFields(object, new PathResolver(access.catalogue(run.actor())));
            var query = RecordQuery.all(object.definition(), paths, null, List.of());
            var scope = access.rows(run.actor());
            var selection = lists.selection(query, scope);
            lists.stream(tx, query, scope, row -> {
                if (look.records % PROGRESS == 0 && look.records > 0) progress(run, look.records);
                look.at(selection, row);
            });
            return true;
        });
        var day = LocalDate.ofInstant(clock.instant(), run.actor().zone());
        var suggestions = look.suggestions();
        database.transactLong(LIMIT, tx -> {
            parts.store()
                    .keep(
                            tx,
                            object.definition().name(),
                            new Snapshot(day, look.records, look.filled, look.fresh),
                            suggestions);
            run.checkpoint(tx, look.records, look.records, Json.object());
            return true;
        });
        run.result(Json.object().put("records", look.records).put("suggestions", suggestions.size()));
    }

    /** Told on another connection, for people see only what is committed. */
    private void progress(JobRun run, long done) {
        if (run.isCancelled()) throw Refusal.of(Refusal.Kind.CONFLICT, "cancelled");
        database.run(tx -> run.checkpoint(tx, done, null, Json.object()));
    }

    /** One look through the records. */
    private final class Look {
        private final ObjectView object;
        private final Map<String, Long> filled = new LinkedHashMap<>();
        private final List<Suggestion> found = new ArrayList<>();
        private final Map<String, NearEqual> nearEqual = new HashMap<>();
        private final Map<String, Map<String, Integer>> cities = new HashMap<>();
        private final Map<RecordId, Suggestion> withoutCity = new HashMap<>();
        private final Instant freshFrom = clock.instant().minus(FRESH);
        private long records;
        private long fresh;

        Look(ObjectView object) {
            this.object = object;
        }

        void at(Selection selection, @Nullable Object[] row) {
            records++;
            var id = new RecordId((UUID) java.util.Objects.requireNonNull(row[0]));
            for (var item : selection.items()) {
                if (item.path().part() != null) continue;
                var field = item.path().field();
                filled.putIfAbsent(field.name(), 0L);
                if (row[item.at()] == null && field.type().parts().size() == 1) continue;
                value(id, field, value(field.type(), row, item.at()));
            }
        }

        private static <T> @Nullable T value(FieldType<T> type, @Nullable Object[] row, int at) {
            return type.fromColumns(
                    Arrays.copyOfRange(row, at, at + type.parts().size()));
        }

        private void value(RecordId id, Field<?> field, @Nullable Object value) {
            if (value == null) return;
            filled.merge(field.name(), 1L, Long::sum);
            if (field.name().equals("updatedAt") && value instanceof Instant at && at.isAfter(freshFrom)) fresh++;
            if (!object.canWrite(field) || found.size() >= MOST_SUGGESTIONS) return;
            if (value instanceof Address address) {
                address(id, field, address);
                return;
            }
            if (!isWords(field.type())) return;
            var text = text(field.type(), value);
            Normalisers.better(field.type(), text)
                    .ifPresent(
                            better -> found.add(new Suggestion(id, field.name(), better.kind(), text, better.text())));
            boolean listed = field.type() instanceof TextTypes.Text && !field.is(Trait.UNIQUE);
            if (listed && !field.name().equals(object.definition().nameField()))
                nearEqual.computeIfAbsent(field.name(), k -> new NearEqual()).add(id, text);
        }

        private void address(RecordId id, Field<?> field, Address address) {
            if (!address.city().isEmpty()) {
                nearEqual
                        .computeIfAbsent(field.name() + ".city", k -> new NearEqual())
                        .add(id, address.city());
                if (!address.postcode().isEmpty() && cities.size() < MOST_SUGGESTIONS)
                    cities.computeIfAbsent(address.postcode(), k -> new HashMap<>())
                            .merge(address.city(), 1, Integer::sum);
            } else if (!address.postcode().isEmpty() && withoutCity.size() < MOST_SUGGESTIONS)
                withoutCity.put(id, new Suggestion(id, field.name() + ".city", "city", address.postcode(), ""));
        }

        List<Suggestion> suggestions() {
            var all = new LinkedHashMap<String, Suggestion>();
            found.forEach(one -> all.put(one.id() + one.field(), one));
            nearEqual.forEach((field, values) -> values.corrections()
                    .forEach(correction -> correction
                            .records()
                            .forEach(id -> all.putIfAbsent(
                                    id + field,
                                    new Suggestion(id, field, "typo", correction.present(), correction.suggested())))));
            withoutCity
                    .values()
                    .forEach(one -> cityOf(String.valueOf(one.present()))
                            .ifPresent(city -> all.put(
                                    one.id() + one.field(),
                                    new Suggestion(one.id(), one.field(), "city", null, city))));
            return all.values().stream().limit(MOST_SUGGESTIONS).toList();
        }

        /** The city that nearly all records with this postcode name. */
        private java.util.Optional<String> cityOf(String postcode) {
            var counts = cities.getOrDefault(postcode, Map.of());
            int total = counts.values().stream().mapToInt(n -> n).sum();
            return counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= 3 && entry.getValue() * 10 >= total * 9)
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    private static boolean isWords(FieldType<?> type) {
        return type instanceof TextTypes.Text
                || type instanceof TextTypes.LongText
                || type instanceof TextTypes.Email
                || type instanceof CompoundTypes.FullName;
    }

    @SuppressWarnings("unchecked")
    private static <T> String text(FieldType<T> type, Object value) {
        return type.text((T) value);
    }

    /** What the last looks found, as far as the actor may see the fields. */
    public ObjectNode report(Actor actor, ObjectView object) {
        access.require(actor, Operation.READ, object.definition());
        access.requireAll(actor, object.definition());
        return database.read(tx -> {
            var name = object.definition().name();
            var trend = parts.store().trend(tx, name, DAYS);
            var node = Json.object();
            if (!trend.isEmpty()) describe(node.putObject("now"), object, trend.getLast());
            var days = node.putArray("trend");
            trend.forEach(snapshot -> describe(days.addObject(), object, snapshot));
            var kinds = node.putObject("suggestions");
            parts.store().kinds(tx, name).forEach(kinds::put);
            return node;
        });
    }

    private static void describe(ObjectNode node, ObjectView object, Snapshot snapshot) {
        node.put("day", snapshot.day().toString())
                .put("records", snapshot.records())
                .put("fresh", snapshot.fresh());
        var filled = node.putObject("filled");
        long cells = 0;
        int fields = 0;
        for (var section : object.definition().form())
            for (var name : section.fields()) {
                var count = snapshot.filled().get(name);
                if (count == null || object.readable(name).isEmpty()) continue;
                filled.put(name, count);
                cells += count;
                fields++;
            }
        double most = (double) snapshot.records() * fields;
        node.put("completeness", most == 0 ? 0 : cells / most);
    }

    /** Suggestions of one kind for records and fields that the actor may change. */
    public ObjectNode suggestions(Actor actor, ObjectView object, String kind, @Nullable String after) {
        access.require(actor, Operation.UPDATE, object.definition());
        access.requireAll(actor, object.definition());
        var from = after == null
                ? null
                : RecordId.parse(after).map(RecordId::value).orElse(null);
        var node = Json.object();
        var items = node.putArray("items");
        var page =
                database.read(tx -> parts.store().page(tx, object.definition().name(), kind, from, PAGE + 1));
        var shown = page.subList(0, Math.min(PAGE, page.size()));
        for (var one : shown) {
            var field = object.readable(one.field().split("\\.")[0]).orElse(null);
            if (field == null || !object.canWrite(field)) continue;
            var record = parts.views()
                    .record(actor, object, one.id(), object.definition().nameField());
            if (record.isEmpty()) continue;
            var item = items.addObject().put("id", one.id().toString());
            item.set(
                    "name",
                    Json.parse(record.get().json()).get(object.definition().nameField()));
            item.put("field", one.field()).put("from", one.present()).put("to", one.suggested());
        }
        node.put("next", page.size() > PAGE ? shown.getLast().id().toString() : null);
        return node;
    }

    /**
     * Carries out suggestions of one kind, of the records named or of the next few hundred, as one batch. Values that were
     * changed since the look stay as they are.
     */
    public ObjectNode apply(Actor actor, ObjectView object, JsonNode body) {
        access.require(actor, Operation.UPDATE, object.definition());
        access.requireAll(actor, object.definition());
        var members = Members.of(body);
        var kind = members.text("kind");
        var wanted = members.texts("ids");
        members.done();
        var name = object.definition().name();
        var page = database.read(tx -> parts.store().page(tx, name, kind, null, Bulk.MAX_ITEMS));
        var updates = Json.MAPPER.createArrayNode();
        var done = new ArrayList<RecordId>();
        for (var one : page) {
            if (!wanted.isEmpty() && !wanted.contains(one.id().toString())) continue;
            done.add(one.id());
            update(actor, object, one).ifPresent(updates::add);
        }
        if (done.isEmpty()) throw Refusal.notFound();
        var answer = Json.object();
        if (!updates.isEmpty()) {
            var request = Json.object();
            request.set("update", updates);
            answer = parts.bulk().run(actor, object, request);
        }
        database.run(tx -> parts.store().remove(tx, name, kind, done));
        return answer;
    }

    /** A name is bettered part by part, so that nothing moves from one part to another. */
    private static ObjectNode betterParts(Field<?> field, ObjectNode name) {
        var better = Json.object();
        for (var part : List.of("family", "given")) {
            var text = name.path(part).asString("");
            better.put(
                    part,
                    Normalisers.better(field.type(), text)
                            .map(Normalisers.Better::text)
                            .orElse(text));
        }
        return better;
    }

    private java.util.Optional<ObjectNode> update(Actor actor, ObjectView object, Suggestion one) {
        var path = one.field().split("\\.");
        var field = object.readable(path[0]).orElse(null);
        if (field == null || !object.canWrite(field)) return java.util.Optional.empty();
        var record = parts.views().record(actor, object, one.id(), path[0]).orElse(null);
        if (record == null) return java.util.Optional.empty();
        var now = Json.parse(record.json());
        var value = now.get(path[0]);
        var node = Json.object()
                .put("id", one.id().toString())
                .put("version", now.path("version").asInt());
        if (path.length == 1) {
            var present = value.isObject() ? value.path("full").asString("") : value.asString("");
            if (!present.equals(one.present())) return java.util.Optional.empty();
            if (value.isObject()) node.set(path[0], betterParts(field, (ObjectNode) value));
            else node.put(path[0], one.suggested());
        } else {
            if (!value.isObject()
                    || !value.path(path[1]).asString("").equals(one.present() == null ? "" : one.present()))
                return java.util.Optional.empty();
            node.set(path[0], ((ObjectNode) value.deepCopy()).put(path[1], one.suggested()));
        }
        return java.util.Optional.of(node);
    }
}
