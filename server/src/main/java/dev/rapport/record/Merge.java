package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one record of several that mean the same: the survivor gets the values chosen, everything that led to the others
 * leads to it, and the others go to the recycle bin. One batch, which {@link BatchUndo} takes back even weeks later.
 */
@Component
public class Merge {
    private static final int MOST_LOSERS = 20;
    private static final int PAGE = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Access access;
    private final Catalogue catalogue;
    private final RecordWriter writer;
    private final Parts parts;

    /** What a merge needs beside the writer. */
    @Component
    record Parts(Records records, RecordStore store, Batches batches, Merges merges) {}

    Merge(Database database, Access access, Catalogue catalogue, RecordWriter writer, Parts parts) {
        this.database = database;
        this.access = access;
        this.catalogue = catalogue;
        this.writer = writer;
        this.parts = parts;
    }

    /** @param taken fields whose value one of the records has, for values that nobody can write out */
    private record Request(
            RecordId survivor, List<RecordId> losers, Patch values, Map<Field<?>, RecordId> taken, boolean dryRun) {
        List<RecordId> all() {
            var all = new ArrayList<RecordId>();
            all.add(survivor);
            all.addAll(losers);
            return all;
        }
    }

    /**
     * Merges, or with {@code dryRun} tells what would come of it.
     *
     * @throws Refusal 422 with every mistake, 404 if the actor may not see one of the records
     */
    public ObjectNode run(Actor actor, ObjectView object, JsonNode body) {
        access.require(actor, Operation.UPDATE, object.definition());
        access.require(actor, Operation.DELETE, object.definition());
        if (object.definition().name().equals("user")) throw Refusal.of(Refusal.Kind.CONFLICT, "built-in");
        var request = read(actor, object, body);
        if (request.dryRun) return database.read(tx -> preview(tx, actor, object, request));
        return parts.records().transactLong(LIMIT, tx -> merge(tx, actor, object.definition(), request));
    }

    private Request read(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var survivor = id(members.text("survivor"), "survivor", members.violations());
        var losers = new LinkedHashSet<RecordId>();
        for (var text : members.texts("losers")) losers.add(id(text, "losers", members.violations()));
        if (losers.isEmpty()) members.violations().add(Violation.of("losers", "required"));
        if (losers.size() > MOST_LOSERS)
            members.violations().add(Violation.of("losers", "too-many", "max", MOST_LOSERS));
        if (losers.contains(survivor)) members.violations().add(Violation.of("losers", "repeated"));
        var written = members.member("values").orElse(Json.object());
        boolean dryRun = members.flag("dryRun");
        var violations = new ArrayList<Violation>();
        var values = new DraftReader(access.catalogue(actor), parts.records().context(actor))
                .read(object, written, Set.of(), violations);
        violations.forEach(violation -> members.violations().add(violation.under("values")));
        var taken = taken(object, members, survivor, losers);
        members.done();
        return new Request(survivor, List.copyOf(losers), values, taken, dryRun);
    }

    private static Map<Field<?>, RecordId> taken(
            ObjectView object, Members members, RecordId survivor, Set<RecordId> losers) {
        var taken = new LinkedHashMap<Field<?>, RecordId>();
        var written = members.member("take").orElse(Json.object());
        if (!written.isObject()) members.violations().add(Violation.of("take", "object-expected"));
        for (var entry : written.properties()) {
            var at = "take." + entry.getKey();
            var field = object.readable(entry.getKey()).orElse(null);
            var from = RecordId.parse(entry.getValue().asString("")).orElse(null);
            boolean known = from != null && (from.equals(survivor) || losers.contains(from));
            if (field == null) members.violations().add(Violation.of(at, "unknown-field"));
            else if (!object.canWrite(field)) members.violations().add(Violation.of(at, "read-only"));
            else if (!known) members.violations().add(Violation.of(at, "id"));
            else taken.put(field, from);
        }
        return taken;
    }

    private static RecordId id(String text, String member, List<Violation> violations) {
        return RecordId.parse(text).orElseGet(() -> {
            if (!text.isBlank()) violations.add(Violation.of(member, "id"));
            return RecordId.next();
        });
    }

    private Map<RecordId, StoredRecord> load(Tx tx, Actor actor, ObjectDef object, Request request, boolean lock) {
        var stored = parts.store().load(tx, object, request.all(), access.rows(actor), lock);
        for (var id : request.all()) {
            var record = stored.get(id);
            if (record == null || record.deleted()) throw Refusal.notFound();
        }
        return stored;
    }

    /** What each record has in each field that differs, what is proposed, and what would lead to the survivor. */
    private ObjectNode preview(Tx tx, Actor actor, ObjectView object, Request request) {
        var definition = object.definition();
        var stored = load(tx, actor, definition, request, false);
        var answer = Json.object().put("survivor", request.survivor.toString());
        var fields = answer.putArray("fields");
        for (var field : definition.fields()) {
            boolean shown = object.readable(field.name()).isPresent() && field.isWritable();
            if (!shown || agree(field, stored)) continue;
            var node = fields.addObject().put("field", field.name()).put("writable", object.canWrite(field));
            var values = node.putObject("values");
            for (var id : request.all()) values.set(id.toString(), json(field, stored, id));
            var chosen = request.all().stream()
                    .filter(id -> value(field, stored, id) != null)
                    .findFirst()
                    .orElse(request.survivor);
            node.put("chosen", chosen.toString());
        }
        var children = answer.putArray("children");
        for (var lookup : lookups(definition)) {
            int count = parts.store()
                    .idsLeadingTo(tx, lookup.object, lookup.field, ids(request.losers), PAGE * 10)
                    .size();
            boolean visible =
                    access.catalogue(actor).object(lookup.object.name()).isPresent();
            if (count > 0 && visible)
                children.addObject()
                        .put("object", lookup.object.name())
                        .put("field", lookup.field.name())
                        .put("count", count);
        }
        return answer;
    }

    private static boolean agree(Field<?> field, Map<RecordId, StoredRecord> stored) {
        return stored.values().stream()
                        .map(record -> Optional.ofNullable(record.values().get(field)))
                        .distinct()
                        .count()
                <= 1;
    }

    private static @Nullable Object value(Field<?> field, Map<RecordId, StoredRecord> stored, RecordId id) {
        var record = stored.get(id);
        return record == null ? null : record.values().get(field);
    }

    @SuppressWarnings("unchecked")
    private static <T> JsonNode json(Field<T> field, Map<RecordId, StoredRecord> stored, RecordId id) {
        var value = value(field, stored, id);
        if (value == null) return Json.MAPPER.nullNode();
        FieldType<T> type = field.type();
        return Json.parse(Json.write(out -> type.write(out, (T) value)));
    }

    private ObjectNode merge(Tx tx, Actor actor, ObjectDef object, Request request) {
        var stored = load(tx, actor, object, request, true);
        var batch = parts.batches().open(tx, actor, "merge", object.name());
        // in this order, so that its reverse works: free the values, bring the losers back, then what leads to them
        long moved = 0;
        for (var lookup : lookups(object)) moved += move(tx, actor, lookup, request, batch);
        var losers = request.losers.stream()
                .map(id -> PendingChange.of(Change.Kind.DELETE, java.util.Objects.requireNonNull(stored.get(id))))
                .toList();
        writer.write(tx, actor, object, losers, batch);
        var now = java.util.Objects.requireNonNull(parts.store()
                .load(tx, object, List.of(request.survivor), access.rows(actor), true)
                .get(request.survivor));
        Map<Field<?>, @Nullable Object> values = new HashMap<>(request.values.values());
        request.taken.forEach((field, from) -> values.put(field, value(field, stored, from)));
        var survivor = PendingChange.update(now, new Patch(values));
        writer.write(tx, actor, object, List.of(survivor), batch);
        Records.refuse(survivor);
        for (var loser : losers) Records.refuse(loser);
        parts.merges().remember(tx, object.name(), request.survivor, request.losers, batch);
        return Json.object()
                .put("batch", batch.toString())
                .put("survivor", request.survivor.toString())
                .put("moved", moved);
    }

    /** A lookup that may lead to the merged object. */
    private record Lookup(ObjectDef object, Field<?> field) {}

    private List<Lookup> lookups(ObjectDef target) {
        var lookups = new ArrayList<Lookup>();
        for (var object : catalogue.all())
            for (var field : object.fields())
                if (leadsTo(field, target.name())
                        && !SystemFields.CREATED_BY.name().equals(field.name())) lookups.add(new Lookup(object, field));
        return lookups;
    }

    private static boolean leadsTo(Field<?> field, String target) {
        return switch (field.type()) {
            case LinkTypes.Lookup lookup -> lookup.target().equals(target);
            case LinkTypes.Lookups lookups -> lookups.target().equals(target);
            default -> false;
        };
    }

    /** Lets everything that leads to a loser by {@code lookup} lead to the survivor, seen by the actor or not. */
    private long move(Tx tx, Actor actor, Lookup lookup, Request request, RecordId batch) {
        long moved = 0;
        while (true) {
            var ids = parts.store().idsLeadingTo(tx, lookup.object, lookup.field, ids(request.losers), PAGE);
            if (ids.isEmpty()) return moved;
            var changes = parts.store().loadForComputing(tx, lookup.object, ids, true).values().stream()
                    .map(record -> relinked(record, lookup.field, request))
                    .toList();
            writer.relink(tx, actor, lookup.object, changes, batch);
            moved += changes.size();
        }
    }

    /** The survivor itself, where it led to a loser, leads nowhere rather than to itself. */
    private static PendingChange relinked(StoredRecord record, Field<?> field, Request request) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        if (record.values().get(field) instanceof List<?> links) {
            var next = new LinkedHashSet<Object>();
            for (var link : links) next.add(request.losers.contains(link) ? request.survivor : link);
            next.remove(record.id());
            values.put(field, List.copyOf(next));
        } else values.put(field, record.id().equals(request.survivor) ? null : request.survivor);
        return PendingChange.update(record, new Patch(values));
    }

    private static List<UUID> ids(List<RecordId> records) {
        return records.stream().map(RecordId::value).toList();
    }

    /** The record that stands for one that was merged. */
    public Optional<RecordId> survivor(ObjectView object, RecordId id) {
        return database.read(
                tx -> parts.merges().survivor(tx, object.definition().name(), id));
    }
}
