package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.CatalogueView.ObjectView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one journal of everything that changed many records at once: imports, bulk edits, merges, undos. Fields and objects
 * that are hidden from the reader leave no trace in it.
 */
@Component
public class BatchJournal {
    private static final int PAGE = 50;
    /** Counting stops here; a million rows of an import need not be counted to be undone. */
    private static final int MOST_COUNTED = 2_000;

    private final Database database;
    private final Access access;
    private final Batches batches;
    private final History history;
    private final LinkNames names;
    private final RecordStore store;

    BatchJournal(
            Database database, Access access, Batches batches, History history, LinkNames names, RecordStore store) {
        this.store = store;
        this.database = database;
        this.access = access;
        this.batches = batches;
        this.history = history;
        this.names = names;
    }

    private boolean caresForAll(Actor actor) {
        return access.functions(actor).contains("jobs");
    }

    /** @param all whether other people's batches are asked for too */
    public ObjectNode list(Actor actor, boolean all, @Nullable String after) {
        var before = after == null ? null : RecordId.parse(after).orElse(null);
        var of = all && caresForAll(actor) ? null : actor.id();
        var node = Json.object();
        var items = node.putArray("items");
        database.read(tx -> {
            var found = batches.newest(tx, of, before, PAGE + 1);
            var shown = found.subList(0, Math.min(PAGE, found.size()));
            var wanted = new LinkNames.Wanted();
            shown.forEach(batch -> wanted.add("user", batch.actor().value()));
            var people = names.all(tx, actor, wanted);
            for (var batch : shown) {
                var kinds = history.kindsOfBatch(tx, batch.id(), MOST_COUNTED);
                boolean visible = access.catalogue(actor).object(batch.object()).isPresent();
                if (visible && !kinds.isEmpty()) describe(items.addObject(), batch, kinds, people);
            }
            node.put("next", found.size() > PAGE ? shown.getLast().id().toString() : null);
            return node;
        });
        return node;
    }

    private static void describe(
            ObjectNode item, Batches.Batch batch, Map<String, Integer> kinds, Map<UUID, String> people) {
        var undone = batch.undoneAt();
        item.put("id", batch.id().toString())
                .put("kind", batch.kind())
                .put("object", batch.object())
                .put("createdAt", batch.createdAt().toString())
                .put("undoneAt", undone == null ? null : undone.toString());
        item.set("actor", ChangeJson.link(batch.actor().value(), people));
        var counts = item.putObject("counts");
        kinds.forEach(counts::put);
        item.put("more", kinds.values().stream().mapToInt(n -> n).sum() >= MOST_COUNTED);
    }

    /** One batch with a page of its entries, the newest first. @throws Refusal 404 if it is not the actor's to see */
    public ObjectNode one(Actor actor, RecordId id, @Nullable String after) {
        long before = Long.MAX_VALUE;
        if (after != null && after.matches("\\d{1,18}")) before = Long.parseLong(after);
        long from = before;
        return database.read(tx -> {
            var batch = batches.find(tx, id)
                    .filter(found -> found.actor().equals(actor.id()) || caresForAll(actor))
                    .filter(found ->
                            access.catalogue(actor).object(found.object()).isPresent())
                    .orElseThrow(Refusal::notFound);
            var entries = history.ofBatch(tx, id, from, PAGE + 1);
            var shown = entries.subList(0, Math.min(PAGE, entries.size()));
            var known = linked(tx, actor, batch, shown);
            var node = Json.object();
            describe(node, batch, history.kindsOfBatch(tx, id, MOST_COUNTED), known);
            var list = node.putArray("entries");
            for (var entry : visible(tx, actor, shown))
                access.catalogue(actor)
                        .object(entry.object())
                        .ifPresent(object -> write(list.addObject(), object, entry, known));
            node.put(
                    "next",
                    entries.size() > PAGE ? Long.toString(shown.getLast().id()) : null);
            return node;
        });
    }

    /** Entries of records that the actor sees now; of what is gone for good, those who see all records keep them. */
    private List<History.Entry> visible(Tx tx, Actor actor, List<History.Entry> entries) {
        var seen = new HashMap<String, Set<UUID>>();
        for (var entry : entries) {
            var object = access.catalogue(actor).object(entry.object()).orElse(null);
            if (object == null || access.seesAll(actor, object.definition())) continue;
            seen.computeIfAbsent(
                    entry.object(),
                    k -> store.within(tx, object.definition(), idsOf(entries, entry.object()), access.rows(actor)));
        }
        return entries.stream()
                .filter(entry -> !seen.containsKey(entry.object())
                        || seen.get(entry.object()).contains(entry.recordId().value()))
                .toList();
    }

    private static List<UUID> idsOf(List<History.Entry> entries, String object) {
        return entries.stream()
                .filter(entry -> entry.object().equals(object))
                .map(entry -> entry.recordId().value())
                .distinct()
                .toList();
    }

    private Map<UUID, String> linked(Tx tx, Actor actor, Batches.Batch batch, List<History.Entry> entries) {
        var wanted = new LinkNames.Wanted();
        wanted.add("user", batch.actor().value());
        for (var entry : entries) {
            var object = access.catalogue(actor).object(entry.object()).orElse(null);
            if (object == null) continue;
            wanted.add(entry.object(), entry.recordId().value());
            ChangeJson.collect(object, entry.changes(), wanted);
        }
        return new HashMap<>(names.all(tx, actor, wanted));
    }

    private static void write(ObjectNode item, ObjectView object, History.Entry entry, Map<UUID, String> names) {
        item.put("object", entry.object())
                .put("id", entry.recordId().toString())
                .put("name", names.get(entry.recordId().value()))
                .put("kind", entry.kind());
        ChangeJson.write(item.putArray("changes"), object, entry.changes(), names);
    }
}
