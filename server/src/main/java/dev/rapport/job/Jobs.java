package dev.rapport.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.rapport.database.Database;
import dev.rapport.database.NodeBus;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Runs background work that survives restarts. When and on which node a job runs is db-scheduler's business (leases,
 * heartbeats, revival of dead executions); what it does and how far it got is kept in our own table, and every write of
 * an attempt is fenced by its lease number.
 */
@Component
public class Jobs implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MAX_ATTEMPTS = 6;
    private static final String TOPIC = "job";
    private static final Duration MEND_EVERY = Duration.ofSeconds(20);

    private final Database database;
    private final JobStore store;
    private final ActorSource actors;
    private final ApplicationEventPublisher events;
    private final NodeBus nodes;
    private final ObjectProvider<JobHandler> handlers;
    private final OneTimeTask<Void> task;
    private final List<Recurring> recurring;
    private final Map<String, Duration> pauses;
    private volatile Scheduler scheduler;
    private volatile boolean running;
    private @Nullable ScheduledExecutorService clockWatch;

    Jobs(
            Database database,
            JobStore store,
            ActorSource actors,
            ApplicationEventPublisher events,
            NodeBus nodes,
            ObjectProvider<JobHandler> handlers,
            ObjectProvider<Recurring> recurring) {
        this.database = database;
        this.store = store;
        this.actors = actors;
        this.events = events;
        this.nodes = nodes;
        this.handlers = handlers;
        this.task = Tasks.oneTime("job")
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(1)))
                .execute((instance, context) -> attempt(new RecordId(java.util.UUID.fromString(instance.getId()))));
        this.recurring = recurring.stream().toList();
        this.pauses = this.recurring.stream().collect(Collectors.toMap(Jobs::taskName, Recurring::every));
        this.scheduler = scheduler();
    }

    private Scheduler scheduler() {
        var sweep = Tasks.recurring("job-sweep", FixedDelay.ofSeconds(20)).execute((instance, context) -> sweep());
        return Scheduler.create(database.dataSource(), task)
                .startTasks(recurring(sweep))
                .threads(3)
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(Duration.ofSeconds(3))
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(8))
                .serializer(new JsonSerializer())
                .enableImmediateExecution()
                .build();
    }

    private List<RecurringTask<Void>> recurring(RecurringTask<Void> sweep) {
        var tasks = new ArrayList<RecurringTask<Void>>();
        tasks.add(sweep);
        recurring.forEach(one -> tasks.add(Tasks.recurring(taskName(one), FixedDelay.of(one.every()))
                .execute((instance, context) -> attempt(one))));
        return tasks;
    }

    private static String taskName(Recurring work) {
        return "recurring-" + work.name();
    }

    private static void attempt(Recurring work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("The recurring work {} failed and is tried again after {}", work.name(), work.every(), e);
        }
    }

    /** No Java serialization anywhere near the database. */
    private static final class JsonSerializer implements Serializer {
        @Override
        public byte[] serialize(@Nullable Object data) {
            return Json.MAPPER.writeValueAsBytes(data);
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
            return bytes == null ? null : Json.MAPPER.readValue(bytes, type);
        }
    }

    /** Queues work in the caller's transaction; it starts once that is committed. */
    public RecordId start(Tx tx, String kind, Actor actor, @Nullable RecordId subject, JsonNode payload) {
        var id = RecordId.next();
        store.insert(tx, id, kind, actor, subject, payload);
        tx.afterCommit(() -> schedule(id));
        return id;
    }

    private void schedule(RecordId id) {
        scheduler.scheduleIfNotExists(task.instance(id.toString()), Instant.now());
    }

    /** Jobs whose node died between commit and schedule are scheduled late rather than never. */
    private void sweep() {
        database.read(store::unfinished).forEach(this::schedule);
    }

    /**
     * A clock that is set back by hours would stop the scheduler for hours: its threads wait for a moment by that clock, and
     * so do the times in its table.
     */
    private void watchClock(ClockStep step) {
        if (step.back().compareTo(ScheduledTasks.TOLERANCE) <= 0) return;
        log.warn("The clock was set back; the scheduler begins anew");
        try {
            renewScheduler();
        } catch (RuntimeException e) {
            log.error("The scheduler could not begin anew", e);
        }
        mendSchedule();
    }

    /** What a clock set back while no node ran has left in the table. */
    private void mendSchedule() {
        try {
            int mended = database.transact(tx -> ScheduledTasks.mend(tx, Instant.now(), pauses));
            if (mended > 0) log.warn("The clock was set back: {} executions that were scheduled late are due", mended);
        } catch (RuntimeException e) {
            log.warn("The schedule could not be looked at; it is tried again", e);
        }
    }

    private void renewScheduler() {
        var before = scheduler;
        synchronized (this) {
            if (!running) return;
            scheduler = scheduler();
            scheduler.start();
        }
        before.stop();
    }

    /** @throws Refusal 404 if the job is not the actor's own */
    public Job get(Actor actor, RecordId id) {
        return find(id).filter(job -> job.actor().equals(actor.id())).orElseThrow(Refusal::notFound);
    }

    public Optional<Job> find(RecordId id) {
        return database.read(tx -> store.find(tx, id));
    }

    public List<Job> newest(Actor actor, int limit) {
        return database.read(tx -> store.newest(tx, actor.id(), limit));
    }

    /** @throws Refusal 409 if the job is over already */
    public void cancel(Actor actor, RecordId id) {
        get(actor, id);
        if (!database.transact(tx -> store.requestCancel(tx, id))) throw Refusal.of(Refusal.Kind.CONFLICT, "job-over");
    }

    private void attempt(RecordId id) {
        var claim = database.transact(tx -> store.claim(tx, id)).orElse(null);
        if (claim == null) return;
        var actor = actors.find(claim.actor()).orElse(null);
        var handler = byKind().get(claim.kind());
        var run = actor == null || handler == null ? null : new Attempt(id, claim, actor);
        if (run == null || handler == null) {
            end(id, claim.leaseNo(), "failed", null, "not-permitted");
            return;
        }
        attempt(run, handler);
    }

    private Map<String, JobHandler> byKind() {
        return handlers.stream().collect(Collectors.toMap(JobHandler::kind, handler -> handler));
    }

    private void attempt(Attempt run, JobHandler handler) {
        try {
            handler.run(run);
            end(run.id, run.claim.leaseNo(), run.isCancelled() && run.stopped ? "cancelled" : "done", run.result, null);
        } catch (JobRun.Superseded e) {
            log.info("Job {} was taken over by another node", run.id);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.UNAVAILABLE) retry(run, refusal);
            else end(run.id, run.claim.leaseNo(), run.stopped ? "cancelled" : "failed", run.result, refusal.code());
        } catch (RuntimeException e) {
            log.error("Job {} failed in attempt {}", run.id, run.claim.attempts(), e);
            retry(run, e);
        }
    }

    private void retry(Attempt run, RuntimeException cause) {
        if (run.claim.attempts() >= MAX_ATTEMPTS) {
            end(run.id, run.claim.leaseNo(), "failed", run.result, "failed");
            return;
        }
        database.run(tx -> store.requeue(tx, run.id, run.claim.leaseNo()));
        throw cause;
    }

    private void end(RecordId id, int leaseNo, String state, @Nullable JsonNode result, @Nullable String error) {
        database.run(tx -> store.finish(tx, id, leaseNo, state, result, error));
        publish(id);
    }

    private void publish(RecordId id) {
        find(id).ifPresent(job -> events.publishEvent(new JobProgress(job)));
        nodes.tell(TOPIC, id.toString());
    }

    /** A job moved on that runs on another node. */
    @EventListener
    void heard(NodeBus.Heard message) {
        if (message.topic().equals(TOPIC))
            RecordId.parse(message.body())
                    .flatMap(this::find)
                    .ifPresent(job -> events.publishEvent(new JobProgress(job)));
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
        var watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("clock-watch").factory());
        var step = new ClockStep();
        watch.scheduleWithFixedDelay(() -> watchClock(step), 1, 1, TimeUnit.SECONDS);
        watch.scheduleWithFixedDelay(this::mendSchedule, 0, MEND_EVERY.toSeconds(), TimeUnit.SECONDS);
        clockWatch = watch;
    }

    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        if (clockWatch != null) clockWatch.shutdownNow();
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private final class Attempt implements JobRun {
        private final RecordId id;
        private final JobStore.Claim claim;
        private final Actor actor;
        private volatile @Nullable JsonNode result;
        private volatile boolean stopped;

        Attempt(RecordId id, JobStore.Claim claim, Actor actor) {
            this.id = id;
            this.claim = claim;
            this.actor = actor;
        }

        @Override
        public RecordId id() {
            return id;
        }

        @Override
        public Actor actor() {
            return actor;
        }

        @Override
        public JsonNode payload() {
            return claim.payload();
        }

        @Override
        public Optional<JsonNode> checkpoint() {
            return Optional.ofNullable(claim.checkpoint());
        }

        @Override
        public boolean isCancelled() {
            boolean cancelled = database.read(tx -> store.isCancelRequested(tx, id));
            stopped |= cancelled;
            return cancelled || !running;
        }

        @Override
        public void checkpoint(Tx tx, long done, @Nullable Long total, JsonNode checkpoint) {
            if (!store.progress(tx, id, claim.leaseNo(), done, total, checkpoint)) throw new Superseded();
            tx.afterCommit(() -> publish(id));
        }

        @Override
        public void result(JsonNode value) {
            result = value;
        }
    }
}
