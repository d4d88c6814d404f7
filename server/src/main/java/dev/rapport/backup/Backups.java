package dev.rapport.backup;

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
import dev.rapport.kernel.Settings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Backups made while the server runs: on demand or every day by the plan, which also says which are kept. They lie in
 * {@code backups} of the data folder, or where {@code RAPPORT_BACKUP_FOLDER} says; nobody can name a path from a screen.
 */
@Component
public class Backups implements JobHandler {
    private static final Logger log = LoggerFactory.getLogger(Backups.class);
    private static final String FUNCTION = "backup";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Database database;
    private final Access access;
    private final BackupStore store;
    private final ObjectProvider<Jobs> jobs;
    private final Audit audit;
    private final Settings settings;
    private final Clock clock;

    Backups(
            Database database,
            Access access,
            BackupStore store,
            ObjectProvider<Jobs> jobs,
            Audit audit,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.store = store;
        this.jobs = jobs;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    private Path folder() {
        return settings.path("RAPPORT_BACKUP_FOLDER", "backups");
    }

    private Path path(BackupStore.Made made) {
        return folder().resolve(made.file());
    }

    /** The plan, and what there is. */
    public ObjectNode describe(Actor actor) {
        access.requireFunction(actor, FUNCTION);
        var node = Json.object()
                .put("folder", folder().toString())
                .put("key", BackupTool.keyFile(settings).toString());
        var plan = database.read(store::plan);
        node.putObject("plan")
                .put("active", plan.active())
                .put("hour", plan.hour())
                .put("daily", plan.daily())
                .put("weekly", plan.weekly())
                .put("monthly", plan.monthly());
        var items = node.putArray("items");
        for (var made : database.read(store::newest)) {
            var item = items.addObject()
                    .put("id", made.id().toString())
                    .put("at", made.at().toString())
                    .put("by", made.by().toString())
                    .put("file", made.file())
                    .put("size", made.size())
                    .put("tables", made.tables())
                    .put("rows", made.rows())
                    .put("files", made.files())
                    .put("present", Files.exists(path(made)));
            if (made.verifiedAt() != null)
                item.put("verifiedAt", made.verifiedAt().toString())
                        .put("verified", made.verified())
                        .put("report", made.report());
        }
        return node;
    }

    public void plan(Actor actor, BackupPlan plan) {
        access.requireFunction(actor, FUNCTION);
        database.run(tx -> {
            store.keep(tx, plan);
            audit.write(tx, Audit.Event.of(actor, "backup.plan").with("active", String.valueOf(plan.active())));
        });
    }

    /** @return the job that makes a backup now */
    public Job start(Actor actor) {
        access.requireFunction(actor, FUNCTION);
        return startJob(actor, Json.object().put("do", "make"));
    }

    /** @return the job that restores a backup elsewhere and starts the server on it, to see that it is good */
    public Job verify(Actor actor, RecordId id) {
        require(actor, id);
        return startJob(actor, Json.object().put("do", "verify").put("backup", id.toString()));
    }

    private Job startJob(Actor actor, ObjectNode payload) {
        var id = database.transact(tx -> jobs.getObject().start(tx, kind(), actor, null, payload));
        return jobs.getObject().find(id).orElseThrow();
    }

    private BackupStore.Made require(Actor actor, RecordId id) {
        access.requireFunction(actor, FUNCTION);
        return database.read(tx -> store.find(tx, id))
                .filter(made -> Files.exists(path(made)))
                .orElseThrow(Refusal::notFound);
    }

    /** The encrypted file, for keeping it elsewhere. */
    public Path file(Actor actor, RecordId id) {
        var made = require(actor, id);
        audit.write(Audit.Event.of(actor, "backup.download").with("file", made.file()));
        return path(made);
    }

    public void delete(Actor actor, RecordId id) {
        access.requireFunction(actor, FUNCTION);
        var made = database.read(tx -> store.find(tx, id)).orElseThrow(Refusal::notFound);
        delete(made);
        audit.write(Audit.Event.of(actor, "backup.delete").with("file", made.file()));
    }

    private void delete(BackupStore.Made made) {
        try {
            Files.deleteIfExists(path(made));
        } catch (IOException e) {
            throw new UncheckedIOException("The backup cannot be deleted: " + path(made), e);
        }
        database.run(tx -> store.remove(tx, made.id()));
    }

    @Override
    public String kind() {
        return "backup";
    }

    @Override
    public void run(JobRun run) {
        try {
            if (run.payload().path("do").asString("").equals("verify")) verify(run);
            else make(run);
        } catch (IOException | SQLException e) {
            log.error("The backup failed", e);
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "backup-failed", java.util.Map.of("why", reason(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void make(JobRun run) throws IOException, SQLException {
        var key = BackupTool.key(settings);
        var file = "rapport-" + NAME.format(clock.instant()) + "-"
                + run.id().toString().substring(0, 8) + ".backup";
        var target = folder().resolve(file);
        var partial = folder().resolve(file + ".partial");
        Files.createDirectories(folder());
        Files.deleteIfExists(partial);
        BackupArchive.Summary summary;
        try (var connection = database.dataSource().getConnection();
                var out = new BufferedOutputStream(BackupTool.ownerOnly(partial), 1 << 16)) {
            summary = BackupArchive.write(connection, settings.home().resolve("files"), out, key, (done, total) -> {
                if (run.isCancelled()) throw Refusal.of(Refusal.Kind.CONFLICT, "cancelled");
                database.run(tx -> run.checkpoint(tx, done, total, Json.object()));
            });
        } catch (RuntimeException | IOException | SQLException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        long size = Files.size(target);
        var id = RecordId.next();
        database.run(tx -> {
            store.add(tx, id, file, run.actor().id(), size, summary);
            audit.write(
                    tx,
                    Audit.Event.of(run.actor(), "backup.make")
                            .with("file", file)
                            .with("rows", summary.rows()));
        });
        thinOut(run.actor());
        run.result(Json.object().put("backup", id.toString()).put("rows", summary.rows()));
    }

    /** Deletes those that the plan does not keep, if there is a plan. */
    private void thinOut(Actor actor) {
        var plan = database.read(store::plan);
        if (!plan.active()) return;
        var made = database.read(store::newest);
        var kept = plan.kept(made.stream().map(BackupStore.Made::at).toList(), actor.zone());
        for (var one : made) if (!kept.contains(one.at())) delete(one);
    }

    private void verify(JobRun run) throws IOException, InterruptedException {
        var id = RecordId.parse(run.payload().path("backup").asString("")).orElseThrow();
        var made = require(run.actor(), id);
        var outcome = Drill.run(path(made), BackupTool.keyFile(settings), run::isCancelled);
        database.run(tx -> {
            store.verified(tx, id, outcome.good(), outcome.report());
            audit.write(
                    tx,
                    Audit.Event.of(run.actor(), "backup.verify")
                            .ended(outcome.good() ? Audit.Outcome.DONE : Audit.Outcome.FAILED)
                            .with("file", made.file()));
        });
        run.result(Json.object().put("good", outcome.good()));
    }

    /** Starts the backup of the day if its hour has come. */
    void startWhatIsDue(Optional<Actor> administrator) {
        administrator.ifPresent(actor -> {
            var plan = database.read(store::plan);
            var now = clock.instant().atZone(actor.zone());
            if (!plan.active() || now.getHour() < plan.hour()) return;
            if (database.transact(tx -> store.beginDay(tx, now.toLocalDate())))
                startJob(actor, Json.object().put("do", "make"));
        });
    }

    /** The clock of backups. */
    @Component
    static class Daily implements Recurring {
        private final ObjectProvider<Backups> backups;
        private final Users users;

        Daily(ObjectProvider<Backups> backups, Users users) {
            this.backups = backups;
            this.users = users;
        }

        @Override
        public String name() {
            return "backup";
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(5);
        }

        @Override
        public void run() {
            backups.getObject().startWhatIsDue(users.anyAdministrator());
        }
    }
}
