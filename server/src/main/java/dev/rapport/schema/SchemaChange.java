package dev.rapport.schema;

import dev.rapport.database.Database;
import dev.rapport.database.NodeBus;
import dev.rapport.database.Tx;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Since;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Customization;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldDefinition;
import dev.rapport.metadata.ObjectDef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes what exists while people work: definitions and DDL commit together, every node follows, and nobody waits. A
 * table is locked only for the moment that adding a column takes; if the lock is not to be had at once, those who wait
 * behind it are let through and it is tried again.
 */
@Component
public class SchemaChange {
    private static final Logger log = LoggerFactory.getLogger(SchemaChange.class);
    private static final String TOPIC = "catalogue";
    private static final int TRIES = 60;
    /** So long deleted objects and fields can be restored. */
    private static final Duration RECYCLED = Duration.ofDays(30);

    private static final Duration CONVERSION_LIMIT = Duration.ofHours(1);
    /** So long an answer waits for nodes that do not follow. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long INDEX_LOCK = 0x5261_7070_6f72_75L;

    private final Database database;
    private final Catalogue catalogue;
    private final NodeBus nodes;
    private final ApplicationEventPublisher events;
    private final UUID node = UUID.randomUUID();
    private volatile boolean closing;
    private volatile @Nullable Thread indexBuilder;

    /** @param migrated makes sure that the tables are there */
    SchemaChange(
            Database database,
            Catalogue catalogue,
            NodeBus nodes,
            ApplicationEventPublisher events,
            SchemaMigration migrated) {
        this.database = database;
        this.catalogue = catalogue;
        this.nodes = nodes;
        this.events = events;
    }

    /** What exists has changed: whoever shows it reads it again. */
    public record CatalogueChanged(long version) {}

    /** One state that an object's definition was in. */
    public record State(long version, Instant at, UUID actor, JsonNode definition) {}

    /** Alters definitions in place and looks at what would come of them. */
    public interface Edit {
        void change(Map<String, JsonNode> definitions);

        /** @throws Refusal if the catalogue that would follow is not sound */
        void check(Catalogue next);
    }

    /**
     * Carries out one change of what exists.
     *
     * @param inside more to do in the same transaction, given the catalogue as it will be
     * @throws Refusal 422 with every mistake, 409 if the table is held by others for too long
     */
    public void apply(Actor actor, Edit edit, BiConsumer<Tx, Catalogue> inside) {
        for (int attempt = 1; ; attempt++) {
            try {
                once(actor, edit, inside);
                break;
            } catch (Refusal refusal) {
                if (!refusal.code().equals("locked") || attempt == TRIES) throw refusal;
                pause(200, 600);
            }
        }
        awaitNodes();
        startBuildingIndexes();
    }

    /** Waits until every node works by what has been changed here: a caller who goes on at another one must find it there. */
    private void awaitNodes() {
        long version = catalogue.version();
        database.run(tx -> NodeVersions.tell(tx, node, version));
        var begun = Since.now();
        while (database.read(tx -> NodeVersions.isAnyBehind(tx, version)) && !begun.isOlderThan(PATIENCE))
            pause(20, 40);
    }

    private void once(Actor actor, Edit edit, BiConsumer<Tx, Catalogue> inside) {
        database.run(tx -> {
            SchemaMigration.lock(tx);
            var before = CustomizationStore.all(tx);
            catalogue.install(CustomizationStore.version(tx), before);
            var after = new TreeMap<>(before);
            edit.change(after);
            if (after.equals(before)) return;
            var next = catalogue.with(after);
            edit.check(next);
            var plan = new SchemaPlanner(DatabaseShape.read(tx)).plan(next);
            if (!plan.conflicts().isEmpty())
                throw Refusal.invalid(new Violation("", "schema-conflict", Map.of("conflicts", plan.conflicts())));
            SchemaMigration.execute(tx, "SET LOCAL lock_timeout = '150ms'");
            plan.statements().forEach(statement -> SchemaMigration.execute(tx, statement));
            inside.accept(tx, next);
            keep(tx, actor, before, after);
        });
    }

    /** The column in which values of another type wait until they take the place of the old ones. */
    public static String waiting(String column) {
        return "zz_" + column;
    }

    /**
     * Gives a field a column of another type: it is added beside the old one, {@code copy} fills it while readers go on and
     * writers wait, then it takes the old one's place. Nothing is changed unless all of it is.
     *
     * @param conversion the catalogue as it will be; alters the definitions it is given
     */
    public void convert(
            Actor actor,
            Field<?> old,
            ObjectDef object,
            Function<Map<String, JsonNode>, Catalogue> conversion,
            BiConsumer<Tx, Catalogue> copy) {
        var wanted = conversion
                .apply(new TreeMap<>(definitions()))
                .require(object.name())
                .require(old.name());
        database.run(tx -> {
            SchemaMigration.lock(tx);
            for (var column : wanted.columns())
                SchemaMigration.execute(
                        tx,
                        alter(object, "DROP COLUMN IF EXISTS", waiting(column.name())) + ", ADD COLUMN "
                                + quoted(waiting(column.name())) + " "
                                + column.type().ddl());
        });
        database.transactLong(CONVERSION_LIMIT, tx -> {
            SchemaMigration.lock(tx);
            SchemaMigration.execute(tx, "SET LOCAL lock_timeout = '30s'");
            SchemaMigration.execute(tx, "LOCK TABLE " + quoted(object.table()) + " IN SHARE ROW EXCLUSIVE MODE");
            var before = CustomizationStore.all(tx);
            var after = new TreeMap<>(before);
            var next = conversion.apply(after);
            copy.accept(tx, next);
            replace(tx, object, old, wanted);
            new SchemaPlanner(DatabaseShape.read(tx))
                    .plan(next)
                    .statements()
                    .forEach(statement -> SchemaMigration.execute(tx, statement));
            return keep(tx, actor, before, after);
        });
        awaitNodes();
        startBuildingIndexes();
    }

    /** Keeps the definitions; this node and the others follow once that is committed. */
    private long keep(Tx tx, Actor actor, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        long version = CustomizationStore.write(tx, actor, before, after);
        tx.afterCommit(() -> installed(version, after));
        return version;
    }

    private void installed(long version, Map<String, JsonNode> definitions) {
        install(version, definitions);
        nodes.tell(TOPIC, Long.toString(version));
    }

    private static void replace(Tx tx, ObjectDef object, Field<?> old, Field<?> field) {
        for (var column : old.columns()) SchemaMigration.execute(tx, alter(object, "DROP COLUMN", column.name()));
        for (var column : field.columns())
            SchemaMigration.execute(
                    tx, alter(object, "RENAME COLUMN", waiting(column.name())) + " TO " + quoted(column.name()));
    }

    private static String alter(ObjectDef object, String what, String column) {
        return "ALTER TABLE " + quoted(object.table()) + " " + what + " " + quoted(column);
    }

    private static String quoted(String identifier) {
        return SchemaPlanner.quoted(identifier);
    }

    private static void pause(int least, int most) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(least, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the definitions again if another node has changed them. */
    public void refresh(Tx tx) {
        long version = CustomizationStore.version(tx);
        if (version > catalogue.version()) install(version, CustomizationStore.all(tx));
    }

    private void install(long version, Map<String, JsonNode> definitions) {
        catalogue.install(version, definitions);
        events.publishEvent(new CatalogueChanged(version));
    }

    @EventListener
    void heard(NodeBus.Heard message) {
        if (message.topic().equals(TOPIC)) database.run(this::follow);
    }

    private void follow(Tx tx) {
        refresh(tx);
        NodeVersions.tell(tx, node, catalogue.version());
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        closing = true;
        try {
            database.run(tx -> NodeVersions.leave(tx, node));
        } catch (RuntimeException e) {
            log.debug("The other nodes were not told that this one leaves", e);
        }
        awaitIndexBuilder();
    }

    /** A start that is closed at once would otherwise take the connection away from under the first look at the indexes. */
    private void awaitIndexBuilder() {
        var builder = indexBuilder;
        if (builder == null) return;
        try {
            builder.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a message failed to tell is found out in some seconds. */
    private void beat() {
        try {
            while (!closing) {
                try {
                    database.run(this::follow);
                } catch (RuntimeException e) {
                    if (!closing) log.debug("Whether definitions have changed will be asked again", e);
                }
                Thread.sleep(NodeVersions.BEAT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Thread.ofVirtual().name("node-beat").start(this::beat);
        startBuildingIndexes();
        Thread.ofVirtual().name("definitions-purge").start(() -> {
            try {
                while (true) {
                    purge(Instant.now().minus(RECYCLED));
                    Thread.sleep(Duration.ofHours(12));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.warn("What lies in the recycle bin for too long was not removed; the next start tries again", e);
            }
        });
    }

    /** Removes objects and fields that were deleted before {@code limit}, with all their values. What they were stays in the history of definitions. */
    public void purge(Instant limit) {
        database.run(tx -> {
            SchemaMigration.lock(tx);
            var before = CustomizationStore.all(tx);
            var after = new TreeMap<String, JsonNode>();
            before.forEach((name, definition) -> {
                if (isOld(definition, limit)) {
                    SchemaMigration.execute(tx, "DROP TABLE IF EXISTS " + quoted(ObjectDef.table(name)));
                    return;
                }
                var kept = (ObjectNode) definition.deepCopy();
                var fields = kept.withArray("fields");
                for (int i = fields.size() - 1; i >= 0; i--)
                    if (isOld(fields.get(i), limit)) {
                        dropColumns(tx, name, fields.get(i));
                        fields.remove(i);
                    }
                after.put(name, kept.path("fields").isEmpty() && !definition.has("fields") ? definition : kept);
            });
            if (after.equals(before)) return;
            long version = CustomizationStore.replace(tx, before, after);
            tx.afterCommit(() -> installed(version, after));
        });
    }

    private static boolean isOld(JsonNode node, Instant limit) {
        return Customization.isDeleted(node)
                && Instant.parse(node.path("deletedAt").asString()).isBefore(limit);
    }

    private static void dropColumns(Tx tx, String object, JsonNode node) {
        var written = (ObjectNode) node.deepCopy();
        written.remove("deletedAt");
        for (var column : FieldDefinition.read(Members.of(written)).columns())
            SchemaMigration.execute(
                    tx,
                    "ALTER TABLE IF EXISTS " + quoted(ObjectDef.table(object)) + " DROP COLUMN IF EXISTS "
                            + quoted(column.name()));
    }

    /** States that the definition of {@code object} was in, the newest first. */
    public List<State> history(String object, int limit) {
        return database.read(tx -> CustomizationStore.history(tx, object, limit)).stream()
                .map(state -> new State(state.version(), state.at(), state.actor(), state.definition()))
                .toList();
    }

    /** What administrators made of every object they touched, deleted ones included. */
    public Map<String, JsonNode> definitions() {
        return database.read(CustomizationStore::all);
    }

    private void startBuildingIndexes() {
        indexBuilder = Thread.ofVirtual().name("custom-indexes").start(this::buildIndexes);
    }

    /** Builds what indexes of custom fields are missing. Until one is there its field is filtered more slowly. */
    private void buildIndexes() {
        try {
            database.exclusively(INDEX_LOCK, () -> {
                database.maintain(database.read(DatabaseShape::brokenIndexes).stream()
                        .map(name -> "DROP INDEX IF EXISTS \"" + name + "\"")
                        .toList());
                database.maintain(database.read(tx -> new SchemaPlanner(DatabaseShape.read(tx))
                        .plan(catalogue)
                        .later()));
            });
        } catch (RuntimeException e) {
            if (closing) log.info("Indexes of custom fields were not all built; the next start goes on with it");
            else log.warn("Indexes of custom fields were not all built; the next start goes on with it", e);
        }
    }
}
