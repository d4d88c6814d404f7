package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TimeTypes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Everything that happened with a record, all channels, newest first: the records of every object that stands in timelines
 * and looks this one up. Each object is asked for its newest few by index, and the answers are merged.
 */
@Component
class Timeline {
    private final Database database;
    private final Catalogue catalogue;
    private final Access access;
    private final LinkNames linkNames;

    private record Entry(
            String object,
            UUID id,
            Instant at,
            @Nullable String title,
            @Nullable String body,
            @Nullable UUID by,
            boolean pinned) {}

    /**
     * Which part of a timeline is asked for.
     *
     * @param after where the last page ended; null for the first
     * @param objects only records of these; all if empty
     * @param q only entries whose title or text contains this; all if empty
     * @param pinned whether only what was pinned
     */
    record Part(@Nullable String after, int limit, Set<String> objects, String q, boolean pinned) {
        /** Reads the parameters of a request. */
        static Part of(Map<String, String> parameters, int limit) {
            var objects = Arrays.stream(parameters.getOrDefault("objects", "").split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
            // no stored text holds a NUL, and PostgreSQL takes none
            var q = parameters.getOrDefault("q", "").replace('\0', ' ').strip();
            return new Part(parameters.get("after"), limit, objects, q, "true".equals(parameters.get("pinned")));
        }
    }

    Timeline(Database database, Catalogue catalogue, Access access, LinkNames linkNames) {
        this.database = database;
        this.catalogue = catalogue;
        this.access = access;
        this.linkNames = linkNames;
    }

    byte[] of(Actor actor, ObjectView object, RecordId id, Part part) {
        int limit = part.limit();
        var entries = new ArrayList<Entry>();
        var names = database.read(tx -> {
            for (var source : catalogue.all()) collect(tx, actor, source, object.definition(), id, part, entries);
            entries.sort(
                    Comparator.comparing(Entry::at).thenComparing(Entry::id).reversed());
            var wanted = new LinkNames.Wanted();
            for (var entry : entries.subList(0, Math.min(limit, entries.size())))
                if (entry.by() != null) wanted.add("user", entry.by());
            return linkNames.all(tx, actor, wanted);
        });
        var node = Json.object();
        var items = node.putArray("items");
        for (var entry : entries.subList(0, Math.min(limit, entries.size()))) {
            var item = items.addObject();
            item.put("object", entry.object())
                    .put("id", entry.id().toString())
                    .put("at", entry.at().toString());
            item.put("title", entry.title()).put("body", entry.body()).put("pinned", entry.pinned());
            var by = entry.by();
            if (by != null) item.putObject("by").put("id", by.toString()).put("name", names.get(by));
        }
        node.put("next", entries.size() > limit ? cursor(entries.get(limit - 1)) : null);
        return Json.MAPPER.writeValueAsBytes(node);
    }

    private void collect(
            Tx tx, Actor actor, ObjectDef source, ObjectDef target, RecordId id, Part part, List<Entry> into) {
        if (!part.objects().isEmpty() && !part.objects().contains(source.name())) return;
        var timeline = source.timeline();
        var view = access.catalogue(actor).object(source.name()).orElse(null);
        if (timeline == null || view == null) return;
        for (var via : source.lookupsTo(target.name())) {
            if (view.readable(via.name()).isEmpty()) continue;
            into.addAll(read(tx, actor, view, via, id, part));
        }
    }

    private List<Entry> read(Tx tx, Actor actor, ObjectView view, Field<?> via, RecordId id, Part part) {
        var source = view.definition();
        var timeline = java.util.Objects.requireNonNull(source.timeline());
        var records = table(name(source.table())).as(name("s"));
        var recordId = field(name("s", "id"), SQLDataType.UUID);
        var dated = source.require(timeline.at());
        var at = dated.type() instanceof TimeTypes.Day
                ? field(name("s", dated.columnName("")), SQLDataType.LOCALDATE).cast(SQLDataType.INSTANT)
                : field(name("s", dated.columnName("")), SQLDataType.INSTANT);
        var pinned = view.readable("pinned").isPresent()
                ? DSL.coalesce(
                        field(name("s", source.require("pinned").columnName("")), SQLDataType.BOOLEAN), inline(false))
                : inline(false);
        var title = text(view, timeline.title());
        var body = text(view, timeline.body());
        return tx.dsl()
                .select(recordId, at, title, body, field(name("s", "created_by"), SQLDataType.UUID), pinned)
                .from(records)
                .where(field(name("s", via.columnName("")), SQLDataType.UUID).eq(id.value()))
                .and(field(name("s", "deleted_at")).isNull())
                .and(at.isNotNull())
                .and(access.rows(actor).visible(source, records))
                .and(part.pinned() ? DSL.condition(pinned) : DSL.noCondition())
                .and(
                        part.q().isEmpty()
                                ? DSL.noCondition()
                                : title.containsIgnoreCase(part.q()).or(body.containsIgnoreCase(part.q())))
                .and(before(at, recordId, part.after()))
                .orderBy(at.desc(), recordId.desc())
                .limit(part.limit() + 1)
                .fetch(r -> new Entry(
                        source.name(), r.value1(), r.value2(), r.value3(), r.value4(), r.value5(), r.value6()));
    }

    private static org.jooq.Field<String> text(ObjectView view, @Nullable String fieldName) {
        if (fieldName == null || view.readable(fieldName).isEmpty()) return inline(null, SQLDataType.VARCHAR);
        var shown = view.definition().require(fieldName);
        return field(name("s", shown.columnName(shown.type().mainPart().suffix())), SQLDataType.VARCHAR);
    }

    private static String cursor(Entry entry) {
        return entry.at() + "_" + entry.id();
    }

    private static Condition before(org.jooq.Field<Instant> at, org.jooq.Field<UUID> id, @Nullable String cursor) {
        if (cursor == null) return DSL.trueCondition();
        var parts = cursor.split("_", -1);
        try {
            var last = RecordId.parse(parts.length == 2 ? parts[1] : "").orElseThrow(() -> Refusal.malformed("cursor"));
            return row(at, id).lt(row(val(Instant.parse(parts[0])), val(last.value())));
        } catch (DateTimeException e) {
            throw Refusal.malformed("cursor");
        }
    }
}
