package dev.rapport.privacy;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.ColumnType;
import dev.rapport.record.Acts;
import dev.rapport.record.MassChange;
import dev.rapport.record.QueryReader;
import dev.rapport.record.RecordNames;
import dev.rapport.record.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.SQLDataType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries retention rules out, every night from three o'clock in the zone of the first administrator, and says beforehand
 * what they would do. What goes to the recycle bin is a batch that can be undone; what is erased is gone.
 */
@Component
public class Retention implements JobHandler {
    private static final LocalTime FROM = LocalTime.of(3, 0);
    private static final String OBJECT = "retentionRule";
    private static final int SHOWN = 100;
    private static final int ERASED_AT_ONCE = 20;
    /** So many that cannot be erased end a run; the next night tries again. */
    private static final int MOST_REFUSED = 400;

    private final Access access;
    private final Database database;
    private final Records records;
    private final QueryReader queries;
    private final Parts parts;
    private final Clock clock;

    /** How rules are read and carried out. */
    @Component
    record Parts(
            Acts acts,
            MassChange changes,
            Erasures erasures,
            ObjectProvider<Jobs> jobs,
            RecordNames names,
            Audit audit,
            Users users) {}

    Retention(Access access, Database database, Records records, QueryReader queries, Parts parts, Clock clock) {
        this.access = access;
        this.database = database;
        this.records = records;
        this.queries = queries;
        this.parts = parts;
        this.clock = clock;
    }

    /** One rule. */
    private record Rule(
            RecordId id, boolean active, String object, long days, String since, String filter, String action) {}

    private Rule rule(Actor actor, RecordId id) {
        access.requireFunction(actor, "privacy");
        return parts.acts().read(actor, act -> {
            var item = act.require(OBJECT, id);
            return new Rule(
                    id,
                    Boolean.TRUE.equals(item.get(RetentionRule.ACTIVE)),
                    Objects.requireNonNull(item.get(RetentionRule.OBJECT)),
                    Objects.requireNonNull(item.get(RetentionRule.DAYS)),
                    Objects.requireNonNullElse(item.get(RetentionRule.SINCE), "updatedAt"),
                    Objects.requireNonNullElse(item.get(RetentionRule.FILTER), ""),
                    Objects.requireNonNull(item.get(RetentionRule.ACTION)));
        });
    }

    /** The records that the rule is for now, as a filter. */
    private ObjectNode filter(Actor actor, Rule rule) {
        var before = clock.instant().minus(Duration.ofDays(rule.days()));
        var type = access.object(actor, rule.object())
                .definition()
                .require(rule.since())
                .type()
                .mainPart()
                .type();
        var moment = type == ColumnType.DATE
                ? LocalDate.ofInstant(before, actor.zone()).toString()
                : before.toString();
        var filter = Json.object();
        var all = filter.putArray("and");
        all.addObject().put("field", rule.since()).put("op", "lt").put("value", moment);
        if (!rule.filter().isBlank()) all.add(Json.parse(rule.filter()));
        return filter;
    }

    /** What the rule would do now: to how many records, and the first of them. */
    public ObjectNode simulate(Actor actor, RecordId id) {
        var rule = rule(actor, id);
        var eye = parts.users().anyAdministrator().orElseThrow();
        var body = Json.object().put("limit", SHOWN).put("sort", rule.since()).put("count", "exact");
        body.putArray("fields").add(rule.since());
        body.set("filter", filter(eye, rule));
        var page = records.find(eye, queries.read(eye, access.object(eye, rule.object()), body));
        var count = Objects.requireNonNull(page.count());
        var answer = Json.object()
                .put("object", rule.object())
                .put("action", rule.action())
                .put("count", count.value())
                .put("exact", count.exact());
        var ids = new HashSet<UUID>();
        for (var row : page.rows()) ids.add((UUID) Objects.requireNonNull(row[0]));
        var names = parts.names().live(actor, Map.of(rule.object(), ids));
        var list = answer.putArray("records");
        for (var row : page.rows()) {
            var record = (UUID) Objects.requireNonNull(row[0]);
            list.addObject()
                    .put("id", record.toString())
                    .put("name", names.get(record))
                    .put("since", String.valueOf(row[2]));
        }
        return answer;
    }

    /** Carries the rule out now. @return the job that does it */
    public Job run(Actor actor, RecordId id) {
        var rule = rule(actor, id);
        var eye = parts.users().anyAdministrator().orElseThrow();
        parts.audit()
                .write(Audit.Event.of(actor, "retention.run").on(OBJECT, id).with("object", rule.object()));
        return start(eye, rule);
    }

    private Job start(Actor actor, Rule rule) {
        if (rule.action().equals(RetentionRule.DELETE)) {
            var body = Json.object().put("delete", true);
            body.putObject("where").set("filter", filter(actor, rule));
            var outcome = parts.changes().run(actor, access.object(actor, rule.object()), body);
            return ((MassChange.Outcome.Started) outcome).job();
        }
        var id = database.transact(tx -> parts.jobs()
                .getObject()
                .start(
                        tx,
                        kind(),
                        actor,
                        rule.id(),
                        Json.object().put("rule", rule.id().toString())));
        return parts.jobs().getObject().find(id).orElseThrow();
    }

    /** Carries out the rules for which this has not been done today. */
    void runWhatIsDue() {
        parts.users().anyAdministrator().ifPresent(actor -> {
            var now = clock.instant().atZone(actor.zone());
            if (now.toLocalTime().isBefore(FROM)) return;
            for (var id : active(actor)) if (beginDay(id, now.toLocalDate())) start(actor, rule(actor, id));
        });
    }

    private List<RecordId> active(Actor actor) {
        return parts.acts()
                .read(
                        actor,
                        act -> act.where(OBJECT, RetentionRule.ACTIVE, true).stream()
                                .map(item -> item.id())
                                .toList());
    }

    private boolean beginDay(RecordId rule, LocalDate day) {
        var id = field(name("rule"), SQLDataType.UUID);
        var on = field(name("retention_day", "day"), SQLDataType.LOCALDATE);
        return database.transact(tx -> tx.dsl()
                        .insertInto(table(name("retention_day")))
                        .set(id, rule.value())
                        .set(field(name("day"), SQLDataType.LOCALDATE), day)
                        .onConflict(id)
                        .doUpdate()
                        .set(field(name("day"), SQLDataType.LOCALDATE), day)
                        .where(on.lt(day))
                        .execute()
                > 0);
    }

    @Override
    public String kind() {
        return "retention";
    }

    /** Erases people one after the other; after a crash it goes on with those who are left. */
    @Override
    public void run(JobRun run) {
        var actor = run.actor();
        var rule = rule(
                actor, RecordId.parse(run.payload().path("rule").asString()).orElseThrow());
        long done = run.checkpoint().map(place -> place.path("done").asLong()).orElse(0L);
        long refused = 0;
        var passed = new HashSet<UUID>();
        while (!run.isCancelled()) {
            var body =
                    Json.object().put("limit", ERASED_AT_ONCE + passed.size()).put("sort", rule.since());
            body.putArray("fields").add(rule.since());
            body.set("filter", filter(actor, rule));
            var page = records.find(actor, queries.read(actor, access.object(actor, rule.object()), body));
            var ids = page.rows().stream()
                    .map(row -> (UUID) Objects.requireNonNull(row[0]))
                    .filter(id -> !passed.contains(id))
                    .toList();
            if (ids.isEmpty()) break;
            for (var id : ids) {
                try {
                    parts.erasures().erase(actor, rule.object(), new RecordId(id), "retention", Set.of());
                    done++;
                } catch (Refusal refusal) {
                    passed.add(id);
                    refused++;
                }
            }
            long so = done;
            database.run(tx -> run.checkpoint(tx, so, null, Json.object().put("done", so)));
            if (passed.size() > MOST_REFUSED) break;
        }
        run.result(Json.object().put("erased", done).put("refused", refused));
    }

    /** The clock of retention. */
    @Component
    static class Nightly implements Recurring {
        private final ObjectProvider<Retention> retention;

        Nightly(ObjectProvider<Retention> retention) {
            this.retention = retention;
        }

        @Override
        public String name() {
            return "retention";
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(10);
        }

        @Override
        public void run() {
            retention.getObject().runWhatIsDue();
        }
    }
}
