package dev.rapport.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.match.MatchBlock;
import dev.rapport.match.MatchProfile;
import dev.rapport.match.MatchScore;
import dev.rapport.match.ProfileMemory;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.record.DuplicatePairs.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds records that mean the same: at each write by the keys they share, without reading the table; for everything that
 * is there by a job. What was found waits in a queue for people to decide.
 */
@Component
public class Duplicates implements JobHandler {
    private static final int BATCH = 2_000;
    /** Keys that are read in one transaction of a scan. */
    private static final int KEYS = 100_000;
    /** Nobody works through more; a scan that finds so many has met data that were loaded twice. */
    private static final int MOST_PAIRS = 500_000;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int PAGE = 50;
    private static final int MOST_COUNTED = 10_000;
    /** So many candidates are shown for a form. */
    private static final int SHOWN = 5;

    private final Database database;
    private final Access access;
    private final RecordStore store;
    private final Jobs jobs;
    private final Settings settings;
    private final Parts parts;
    private final Cache<ObjectDef, ObjectDef> compared =
            Caffeine.newBuilder().weakKeys().build();

    /** Where keys and pairs are kept. */
    @Component
    record Parts(MatchKeys keys, MatchKeyRebuild rebuild, DuplicatePairs pairs, Settings settings) {}

    Duplicates(Database database, Access access, RecordStore store, Jobs jobs, Parts parts) {
        this.database = database;
        this.access = access;
        this.store = store;
        this.jobs = jobs;
        this.settings = parts.settings();
        this.parts = parts;
    }

    @Override
    public String kind() {
        return "duplicates";
    }

    /** Compares what was written with what is there, and puts likely pairs into the queue. */
    void check(Tx tx, ObjectDef object, List<PendingChange> changes) {
        if (!MatchProfiles.isMatched(object)) return;
        var created = new LinkedHashMap<UUID, MatchProfile>();
        var changed = new LinkedHashMap<UUID, MatchProfile>();
        var removed = new LinkedHashMap<UUID, long[]>();
        for (var change : changes) {
            var id = change.id().value();
            if (change.kind() == PendingChange.Kind.UPDATE && !isTouched(object, change)) continue;
            if (change.kind() == PendingChange.Kind.UPDATE || change.kind() == PendingChange.Kind.DELETE)
                removed.put(
                        id,
                        MatchKeys.of(object.name(), MatchProfiles.of(object, Objects.requireNonNull(change.before()))));
            switch (change.kind()) {
                case CREATE -> created.put(id, MatchProfiles.of(object, change.after()));
                case UPDATE, RESTORE -> changed.put(id, MatchProfiles.of(object, change.after()));
                case DELETE -> {}
            }
        }
        parts.pairs().removeOpen(tx, removed.keySet());
        var keys = MatchKeys.of(object.name(), created);
        var meeting = new HashMap<>(keys.isEmpty() ? Map.of() : parts.keys().addAndMeet(tx, keys));
        replace(tx, object, removed, changed, meeting);
        created.putAll(changed);
        parts.pairs().add(tx, object.name(), pairs(tx, object, created, meeting));
    }

    /** Takes the keys that are no more out and puts the new ones in. */
    private void replace(
            Tx tx,
            ObjectDef object,
            Map<UUID, long[]> removed,
            Map<UUID, MatchProfile> changed,
            Map<UUID, Set<UUID>> meeting) {
        var keys = MatchKeys.of(object.name(), changed);
        var added = new LinkedHashMap<UUID, long[]>();
        keys.forEach((id, after) -> {
            var before = removed.getOrDefault(id, new long[0]);
            added.put(id, without(after, before));
            removed.put(id, without(before, after));
        });
        parts.keys().remove(tx, removed);
        parts.keys().add(tx, added);
        if (!keys.isEmpty()) meeting.putAll(parts.keys().meeting(tx, keys));
    }

    private static long[] without(long[] keys, long[] others) {
        return Arrays.stream(keys)
                .filter(key -> Arrays.stream(others).noneMatch(other -> other == key))
                .toArray();
    }

    private static boolean isTouched(ObjectDef object, PendingChange change) {
        return change.touched().stream()
                .anyMatch(i -> MatchProfiles.counts(object, object.fields().get(i)));
    }

    private Collection<Pair> pairs(
            Tx tx, ObjectDef object, Map<UUID, MatchProfile> profiles, Map<UUID, Set<UUID>> meeting) {
        if (meeting.isEmpty()) return List.of();
        var others = new HashSet<UUID>();
        meeting.values().forEach(others::addAll);
        others.removeAll(profiles.keySet());
        var all = new HashMap<>(profiles);
        var compared = compared(object);
        live(tx, compared, others).forEach((id, record) -> all.put(id, MatchProfiles.of(compared, record.values())));
        var pairs = new LinkedHashMap<Set<UUID>, Pair>();
        meeting.forEach((id, candidates) -> {
            for (var other : candidates) {
                var profile = all.get(other);
                if (profile == null || pairs.containsKey(Set.of(id, other))) continue;
                var score = MatchScore.of(java.util.Objects.requireNonNull(all.get(id)), profile);
                if (score.points() >= least(object)) pairs.put(Set.of(id, other), Pair.of(id, other, score));
            }
        });
        return pairs.values();
    }

    private static double least(ObjectDef object) {
        return MatchScore.LIKELY + object.matching().level().points();
    }

    /** Made once for each state of an object, for its statements are kept by it. */
    private ObjectDef compared(ObjectDef object) {
        return compared.get(object, MatchProfiles::compared);
    }

    private Map<UUID, StoredRecord> live(Tx tx, ObjectDef object, Collection<UUID> ids) {
        var live = new HashMap<UUID, StoredRecord>();
        if (ids.isEmpty()) return live;
        store.loadForComparing(tx, object, ids).forEach((id, record) -> {
            if (!record.deleted()) live.put(id.value(), record);
        });
        return live;
    }

    /** Records that a draft looks like, the likeliest first: for a form, before anything is written. */
    public ObjectNode candidates(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var values = members.member("values").orElse(Json.object());
        var own = members.optionalText("id").flatMap(RecordId::parse).orElse(null);
        members.done();
        var definition = object.definition();
        var answer = Json.object();
        var items = answer.putArray("items");
        if (!MatchProfiles.isMatched(definition)) return answer;
        var draft = new Values(definition);
        // what is not yet a value, such as half an e-mail address, is not compared
        var reader = new DraftReader(access.catalogue(actor), contextOf(actor));
        reader.read(object, values, Set.of(), new ArrayList<>()).values().forEach((field, value) -> {
            if (!(value instanceof Patch.Match)) draft.set(field, value);
        });
        return database.read(tx -> {
            var profile = MatchProfiles.of(definition, draft);
            var self = own == null ? UUID.randomUUID() : own.value();
            var meeting = parts.keys().meeting(tx, Map.of(self, MatchKeys.of(definition.name(), profile)));
            var visible = store.load(
                    tx,
                    definition,
                    meeting.getOrDefault(self, Set.of()).stream()
                            .map(RecordId::new)
                            .toList(),
                    access.rows(actor),
                    false);
            visible.values().stream()
                    .filter(record -> !record.deleted())
                    .map(record -> Map.entry(record, MatchScore.of(profile, shownProfile(object, record))))
                    .filter(entry -> entry.getValue().points() >= least(definition))
                    .sorted((one, other) -> Double.compare(
                            other.getValue().points(), one.getValue().points()))
                    .limit(SHOWN)
                    .forEach(entry -> describe(items.addObject(), object, entry.getKey(), entry.getValue()));
            return answer;
        });
    }

    /** A record that a draft looks like. */
    public record Alike(RecordId id, @Nullable String name, double probability) {}

    /** For each draft that looks like a record which the actor may see, the one it looks most like. Nothing is written. */
    Map<PendingChange, Alike> alike(Tx tx, Actor actor, ObjectDef object, List<PendingChange> drafts) {
        if (!MatchProfiles.isMatched(object) || drafts.isEmpty()) return Map.of();
        var view = access.object(actor, object.name());
        var profiles = new LinkedHashMap<UUID, MatchProfile>();
        for (var draft : drafts) profiles.put(draft.id().value(), MatchProfiles.of(object, draft.after()));
        var meeting = parts.keys().meeting(tx, MatchKeys.of(object.name(), profiles));
        var ids = new HashSet<RecordId>();
        meeting.values().forEach(candidates -> candidates.forEach(id -> ids.add(new RecordId(id))));
        var visible = store.load(tx, object, ids, access.rows(actor), false);
        var alike = new HashMap<PendingChange, Alike>();
        for (var draft : drafts) {
            var profile = Objects.requireNonNull(profiles.get(draft.id().value()));
            double best = least(object);
            for (var id : meeting.getOrDefault(draft.id().value(), Set.of())) {
                var record = visible.get(new RecordId(id));
                if (record == null || record.deleted()) continue;
                var score = MatchScore.of(profile, shownProfile(view, record));
                if (score.points() < best) continue;
                best = score.points();
                alike.put(draft, new Alike(record.id(), name(view, record), score.probability()));
            }
        }
        return alike;
    }

    /** Fields that are hidden from the caller take no part: a match would tell their values. */
    private static MatchProfile shownProfile(ObjectView object, StoredRecord record) {
        var values = record.values().copy();
        for (var field : object.definition().fields())
            if (object.readable(field.name()).isEmpty()) values.set(field, null);
        return MatchProfiles.of(object.definition(), values);
    }

    private ReadContext contextOf(Actor actor) {
        return new ReadContext(settings.region(), Currency.getInstance(settings.currency()), actor.zone());
    }

    private static void describe(ObjectNode item, ObjectView object, StoredRecord record, MatchScore score) {
        item.put("id", record.id().toString()).put("name", name(object, record));
        item.put("probability", score.probability());
        item.set(
                "reasons",
                Pair.of(record.id().value(), record.id().value(), score).reasons());
    }

    private static @Nullable String name(ObjectView object, StoredRecord record) {
        var naming = object.definition().naming();
        var value = object.readable(naming.name()).isEmpty()
                ? null
                : record.values().get(naming);
        return value == null ? null : text(naming, value);
    }

    @SuppressWarnings("unchecked")
    private static <T> String text(Field<T> field, Object value) {
        return field.type().text((T) value);
    }

    /** The queue of one object as far as the actor may see both records. @param after {@code points_a_b} of the last pair shown */
    public ObjectNode queue(Actor actor, ObjectView object, @Nullable String after) {
        var definition = object.definition();
        return database.read(tx -> {
            var answer = Json.object();
            var found = parts.pairs().open(tx, definition.name(), cursor(after), PAGE + 1);
            var shown = found.subList(0, Math.min(PAGE, found.size()));
            var ids = new HashSet<RecordId>();
            shown.forEach(pair -> ids.addAll(List.of(new RecordId(pair.a()), new RecordId(pair.b()))));
            var records = store.load(tx, definition, ids, access.rows(actor), false);
            var items = answer.putArray("items");
            for (var pair : shown) {
                var a = records.get(new RecordId(pair.a()));
                var b = records.get(new RecordId(pair.b()));
                if (a == null || b == null || a.deleted() || b.deleted()) continue;
                // judged by what the actor may see: a hidden value must not tell by its agreement
                var score = MatchScore.of(shownProfile(object, a), shownProfile(object, b));
                if (score.points() < least(definition)) continue;
                var item = items.addObject();
                item.putObject("a").put("id", pair.a().toString()).put("name", name(object, a));
                item.putObject("b").put("id", pair.b().toString()).put("name", name(object, b));
                item.put("points", score.points());
                item.put("probability", score.probability());
                item.set("reasons", Pair.of(pair.a(), pair.b(), score).reasons());
            }
            var last = found.size() > PAGE ? shown.getLast() : null;
            answer.put("next", last == null ? null : (float) last.points() + "_" + last.a() + "_" + last.b());
            // how many there are among all records is for those who see all
            if (access.seesAll(actor, definition))
                answer.put("count", parts.pairs().countOpen(tx, definition.name(), MOST_COUNTED));
            else answer.putNull("count");
            return answer;
        });
    }

    private static @Nullable Pair cursor(@Nullable String after) {
        if (after == null) return null;
        var cells = after.split("_");
        try {
            if (cells.length != 3) throw Refusal.malformed("cursor");
            return new Pair(
                    UUID.fromString(cells[1]), UUID.fromString(cells[2]), Float.parseFloat(cells[0]), Json.object());
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("cursor");
        }
    }

    /** Says that two records are two, or takes that back. */
    public void dismiss(Actor actor, ObjectView object, JsonNode body) {
        access.require(actor, Operation.UPDATE, object.definition());
        var members = Members.of(body);
        var a = RecordId.parse(members.text("a")).orElse(null);
        var b = RecordId.parse(members.text("b")).orElse(null);
        boolean open = members.flag("open");
        if (a == null || b == null) members.violations().add(Violation.of(a == null ? "a" : "b", "id"));
        members.done();
        if (a == null || b == null) return;
        database.run(tx -> {
            var visible = store.load(tx, object.definition(), List.of(a, b), access.rows(actor), false);
            boolean known = visible.size() == 2
                    && parts.pairs().dismiss(tx, object.definition().name(), a.value(), b.value(), !open);
            if (!known) throw Refusal.notFound();
        });
    }

    /** Starts a scan of everything that is there. */
    public Job scan(Actor actor, ObjectView object) {
        access.require(actor, Operation.MASS, object.definition());
        if (!MatchProfiles.isMatched(object.definition())) throw Refusal.of(Refusal.Kind.CONFLICT, "not-matched");
        var id = database.transact(tx -> jobs.start(
                tx,
                kind(),
                actor,
                null,
                Json.object().put("object", object.definition().name())));
        return jobs.find(id).orElseThrow();
    }

    @Override
    public void run(JobRun run) {
        var object = access.object(run.actor(), run.payload().path("object").asString())
                .definition();
        parts.rebuild().complete(object, run::isCancelled);
        try (var memory = new ProfileMemory()) {
            read(run, object, memory);
            long pairs = compare(run, object, memory);
            run.result(Json.object().put("records", memory.size()).put("pairs", pairs));
        }
    }

    private void read(JobRun run, ObjectDef object, ProfileMemory memory) {
        var compared = MatchProfiles.compared(object);
        UUID last = null;
        while (!run.isCancelled()) {
            var after = last;
            var ids = database.read(tx -> store.idsBy(tx, object, null, List.of(), after, BATCH));
            if (ids.isEmpty()) return;
            var records = database.read(tx -> live(tx, compared, ids));
            for (var id : ids) {
                var record = records.get(id);
                if (record != null) memory.add(id, MatchProfiles.of(compared, record.values()));
            }
            last = ids.getLast();
            database.run(tx -> run.checkpoint(tx, memory.size(), null, Json.object()));
        }
    }

    /** Compares within each key's block; a pair that meets under several keys is kept once. */
    private long compare(JobRun run, ObjectDef object, ProfileMemory memory) {
        var known = new HashSet<Long>();
        var from = Optional.of(Long.MIN_VALUE);
        while (from.isPresent() && !run.isCancelled() && known.size() < MOST_PAIRS) {
            long start = from.get();
            from = database.transactLong(LIMIT, tx -> {
                var found = new ArrayList<Pair>();
                var next = parts.keys().blocks(tx, start, KEYS, block -> {
                    var ids = new ArrayList<UUID>();
                    var members = new ArrayList<MatchProfile>();
                    for (var id : block)
                        memory.find(id).ifPresent(profile -> {
                            ids.add(id);
                            members.add(profile);
                        });
                    MatchBlock.compare(members, least(object), (i, j, score) -> {
                        var pair = Pair.of(ids.get(i), ids.get(j), score);
                        if (known.add(31L * pair.a().hashCode() + pair.b().hashCode()
                                ^ ((long) pair.a().hashCode() << 32))) found.add(pair);
                    });
                });
                parts.pairs().add(tx, object.name(), found);
                run.checkpoint(tx, memory.size(), memory.size(), Json.object().put("pairs", known.size()));
                return Optional.ofNullable(next);
            });
        }
        return known.size();
    }
}
