package dev.rapport.demo;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.record.BatchUndo;
import dev.rapport.record.Batches;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A small generated company within a real one, to learn with: filled in by a job, and taken out again as one batch. */
@Component
public class SampleData implements JobHandler {
    private static final String KIND = "sample";
    private static final int CONTACTS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Access access;
    private final DemoCompany company;
    private final DemoSales sales;
    private final Undoing undoing;

    /** Jobs, and the batches that they make and undo. */
    @Component
    record Undoing(Jobs jobs, Batches batches, BatchUndo undo) {}

    SampleData(Database database, Access access, DemoCompany company, DemoSales sales, Undoing undoing) {
        this.database = database;
        this.access = access;
        this.company = company;
        this.sales = sales;
        this.undoing = undoing;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The batch of the sample that is there; empty without one. @throws Refusal 403 without the function customize */
    public Optional<RecordId> present(Actor actor) {
        access.requireFunction(actor, "customize");
        return database.read(tx -> undoing.batches().standing(tx, KIND)).map(Batches.Batch::id);
    }

    /** Starts to fill it in. @throws Refusal 403 without the function customize, 409 if there is one already */
    public Job start(Actor actor) {
        if (present(actor).isPresent()) throw Refusal.of(Refusal.Kind.CONFLICT, "sample-present");
        var id = database.transact(tx -> undoing.jobs().start(tx, KIND, actor, null, Json.object()));
        return undoing.jobs().find(id).orElseThrow();
    }

    /** Starts to take it out. @throws Refusal 403 without the function customize, 404 if there is none */
    public Job remove(Actor actor) {
        return undoing.undo().start(actor, present(actor).orElseThrow(Refusal::notFound));
    }

    /** There is a batch if and only if there is the sample: both come with the same transaction. */
    @Override
    public void run(JobRun run) {
        sales.prepare(run.actor());
        database.transactLong(LIMIT, tx -> {
            if (undoing.batches().standing(tx, KIND).isPresent()) return false;
            var batch = undoing.batches().open(tx, run.actor(), KIND, "contact");
            company.sample(tx, batch, run.actor(), CONTACTS);
            run.checkpoint(tx, CONTACTS, (long) CONTACTS, Json.object().put("batch", batch.toString()));
            return true;
        });
    }
}
