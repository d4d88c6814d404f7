package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.http.ProblemWriter;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, changes and deletes up to ten thousand records in one call: the good ones happen, the others say why not. */
@Component
public class Bulk {
    /** Most items of one call. */
    public static final int MAX_ITEMS = 10_000;

    private final Access access;
    private final Records records;
    private final RecordWriter writer;
    private final RecordStore store;
    private final Batches batches;

    Bulk(Access access, Records records, RecordWriter writer, RecordStore store, Batches batches) {
        this.access = access;
        this.records = records;
        this.writer = writer;
        this.store = store;
        this.batches = batches;
    }

    /** One item: either the change it became, or the problem it met before. */
    private record Item(
            @Nullable PendingChange change, @Nullable Refusal problem) {}

    /**
     * With {@code "written":true}, values that are texts are read as people write them in sheets: labels of choices, numbers
     * with separators, names of linked records.
     *
     * @throws Refusal 422 if there are more than {@link #MAX_ITEMS} items or the call's own members are wrong
     */
    public ObjectNode run(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var creates = members.list("create");
        var updates = members.list("update");
        var deletes = members.list("delete");
        boolean written = members.flag("written");
        if (creates.size() + updates.size() + deletes.size() > MAX_ITEMS)
            members.violations().add(Violation.of("", "too-many", "max", MAX_ITEMS));
        members.done();
        var definition = object.definition();
        if (!creates.isEmpty()) access.require(actor, Operation.CREATE, definition);
        if (!updates.isEmpty()) access.require(actor, Operation.UPDATE, definition);
        if (!deletes.isEmpty()) access.require(actor, Operation.DELETE, definition);
        return records.transact(tx -> {
            var reader = new DraftReader(access.catalogue(actor), records.context(actor), written);
            var batch = batches.open(tx, actor, "bulk", definition.name());
            var answer = Json.object().put("batch", batch.toString());
            answer(answer, "create", creates(tx, actor, object, creates, batch, reader), actor);
            answer(answer, "update", changes(tx, actor, object, updates, batch, Change.Kind.UPDATE, reader), actor);
            answer(answer, "delete", changes(tx, actor, object, deletes, batch, Change.Kind.DELETE, reader), actor);
            return answer;
        });
    }

    private List<Item> creates(
            Tx tx, Actor actor, ObjectView object, List<JsonNode> bodies, RecordId batch, DraftReader reader) {
        var items = new ArrayList<Item>();
        for (var body : bodies) {
            var violations = new ArrayList<Violation>();
            var change = PendingChange.create(object.definition(), reader.read(object, body, Set.of(), violations));
            violations.forEach(change::refuse);
            items.add(new Item(change, null));
        }
        write(tx, actor, object, items, batch);
        return items;
    }

    private List<Item> changes(
            Tx tx,
            Actor actor,
            ObjectView object,
            List<JsonNode> bodies,
            RecordId batch,
            Change.Kind kind,
            DraftReader reader) {
        var ids = bodies.stream().flatMap(body -> id(body).stream()).distinct().toList();
        var stored = ids.isEmpty()
                ? Map.<RecordId, StoredRecord>of()
                : store.load(tx, object.definition(), ids, access.rows(actor), true);
        var seen = new HashMap<RecordId, Boolean>();
        var items = new ArrayList<Item>();
        for (var body : bodies) {
            var record = id(body).map(stored::get).orElse(null);
            boolean repeated = record != null && seen.put(record.id(), true) != null;
            items.add(
                    repeated
                            ? new Item(null, Refusal.invalid(Violation.of("id", "repeated")))
                            : item(object, body, record, reader, kind));
        }
        write(tx, actor, object, items, batch);
        return items;
    }

    private static Item item(
            ObjectView object, JsonNode body, @Nullable StoredRecord record, DraftReader reader, Change.Kind kind) {
        if (record == null || record.deleted()) return new Item(null, Refusal.notFound());
        var version = body.path("version");
        if (kind == Change.Kind.UPDATE && !version.isInt())
            return new Item(null, Refusal.of(Refusal.Kind.VERSION_MISSING, "version-missing"));
        if (version.isInt() && version.intValue() != record.version())
            return new Item(null, Refusal.of(Refusal.Kind.STALE, "stale", Map.of("version", record.version())));
        if (kind == Change.Kind.DELETE) return new Item(PendingChange.of(kind, record), null);
        var violations = new ArrayList<Violation>();
        var change = PendingChange.update(record, reader.read(object, body, Set.of("id", "version"), violations));
        violations.forEach(change::refuse);
        return new Item(change, null);
    }

    private static java.util.Optional<RecordId> id(JsonNode body) {
        var id = body.isString() ? body : body.path("id");
        return id.isString() ? RecordId.parse(id.stringValue()) : java.util.Optional.empty();
    }

    private void write(Tx tx, Actor actor, ObjectView object, List<Item> items, RecordId batch) {
        var changes = items.stream()
                .flatMap(item -> java.util.Optional.ofNullable(item.change()).stream())
                .toList();
        writer.write(tx, actor, object.definition(), changes, batch);
    }

    private static void answer(ObjectNode answer, String name, List<Item> items, Actor actor) {
        if (items.isEmpty()) return;
        var list = answer.putArray(name);
        for (var item : items) describe(list.addObject(), item, actor);
    }

    private static void describe(ObjectNode node, Item item, Actor actor) {
        var change = item.change();
        var problem = change == null ? item.problem() : refusal(change);
        if (problem != null) {
            node.put("status", problem.kind().status());
            node.put("code", problem.code());
            var violations = node.putArray("violations");
            problem.violations().forEach(v -> ProblemWriter.write(violations.addObject(), v, actor.locale()));
            return;
        }
        if (change == null) return;
        boolean written =
                change.kind() != Change.Kind.UPDATE || !change.touched().isEmpty();
        node.put("status", change.kind() == Change.Kind.CREATE ? 201 : change.kind() == Change.Kind.DELETE ? 204 : 200);
        node.put("id", change.id().toString());
        node.put("version", written ? change.newVersion() : change.oldVersion());
    }

    private static @Nullable Refusal refusal(PendingChange change) {
        try {
            Records.refuse(change);
            return null;
        } catch (Refusal refusal) {
            return refusal;
        }
    }
}
