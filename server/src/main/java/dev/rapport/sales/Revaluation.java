package dev.rapport.sales;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.RecordId;
import dev.rapport.query.RecordQuery;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import dev.rapport.record.QueryReader;
import dev.rapport.record.RecordChanged;
import dev.rapport.record.Records;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts all deals anew in the company's currency after that currency or a rate has changed. */
@Component
public class Revaluation implements JobHandler {
    private static final int PAGE = 500;

    private final Database database;
    private final Access access;
    private final Records records;
    private final QueryReader queries;
    private final Tools tools;

    /** What the work is done with and for whom. */
    @Component
    record Tools(Acts acts, Figures figures, Jobs jobs, Users users) {}

    Revaluation(Database database, Access access, Records records, QueryReader queries, Tools tools) {
        this.database = database;
        this.access = access;
        this.records = records;
        this.queries = queries;
        this.tools = tools;
    }

    @Override
    public String kind() {
        return "revalue";
    }

    /** What was changed on this node; the others hear of it too, so only whoever changed it begins the work. */
    @EventListener
    void changed(RecordChanged event) {
        boolean matters = event.object().equals("exchangeRate")
                || event.object().equals("company") && !event.kind().equals("create");
        if (!matters || event.isFromElsewhere()) return;
        tools.users()
                .anyAdministrator()
                .ifPresent(actor -> database.run(tx -> tools.jobs().start(tx, kind(), actor, null, Json.object())));
    }

    @Override
    public void run(JobRun run) {
        var actor = run.actor();
        var view = access.object(actor, "opportunity");
        long total = Question.about("opportunity")
                .count()
                .ask(actor, tools.figures())
                .getFirst()
                .count("count");
        var done = new AtomicLong(
                run.checkpoint().map(it -> it.path("done").asLong()).orElse(0L));
        var after = run.checkpoint().map(it -> it.path("after").asString(null)).orElse(null);
        while (!run.isCancelled()) {
            var request = Json.object().put("sort", "createdAt").put("limit", PAGE);
            request.putArray("fields").add("name");
            if (after != null) request.put("after", after);
            RecordQuery query = queries.read(actor, view, request);
            var page = records.find(actor, query);
            tools.acts().follow(actor, act -> {
                act.review(
                        "opportunity",
                        page.rows().stream()
                                .map(row -> new RecordId((UUID) Objects.requireNonNull(row[0])))
                                .toList());
                return true;
            });
            done.addAndGet(page.rows().size());
            after = page.next();
            var checkpoint = Json.object().put("done", done.get()).put("after", after);
            database.run(tx -> run.checkpoint(tx, done.get(), total, checkpoint));
            if (after == null) break;
        }
        run.result(Json.object().put("done", done.get()));
    }
}
