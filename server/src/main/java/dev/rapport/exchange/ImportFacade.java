package dev.rapport.exchange;

import dev.rapport.database.Database;
import dev.rapport.exchange.ExportWriter.Cell;
import dev.rapport.exchange.ImportStore.Import;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobView;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Imports as the API shows them. */
@Component
public class ImportFacade {
    private static final int PREVIEW_WAITS = 200;

    private final Imports imports;
    private final ImportStore store;
    private final Jobs jobs;
    private final Database database;
    private final RefusalReasons reasons;

    ImportFacade(Imports imports, ImportStore store, Jobs jobs, Database database, RefusalReasons reasons) {
        this.imports = imports;
        this.store = store;
        this.jobs = jobs;
        this.database = database;
        this.reasons = reasons;
    }

    /** An answer, and whether the work behind it is over. */
    public record Outcome(boolean over, JsonNode body) {}

    public JsonNode upload(Actor actor, String object, String fileName, InputStream content) {
        return describe(actor, imports.upload(actor, object, fileName, content));
    }

    public List<JsonNode> newest(Actor actor) {
        return imports.newest(actor).stream()
                .<JsonNode>map(it -> describe(actor, it))
                .toList();
    }

    public JsonNode get(Actor actor, RecordId id) {
        return describe(actor, imports.get(actor, id));
    }

    public JsonNode configure(Actor actor, RecordId id, JsonNode body) {
        return describe(actor, imports.configure(actor, id, body));
    }

    /** Waits a while for the dry run, which for most files takes a moment. */
    public Outcome preview(Actor actor, RecordId id) {
        var job = imports.preview(actor, id);
        for (int i = 0; i < PREVIEW_WAITS && !isOver(job); i++) pause();
        return new Outcome(isOver(job), get(actor, id));
    }

    private boolean isOver(Job job) {
        return jobs.find(job.id()).map(Job::isOver).orElse(true);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public JsonNode start(Actor actor, RecordId id) {
        imports.start(actor, id);
        return get(actor, id);
    }

    public JsonNode cancel(Actor actor, RecordId id) {
        return describe(actor, imports.cancel(actor, id));
    }

    public JsonNode undo(Actor actor, RecordId id) {
        var job = imports.undo(actor, id);
        var node = describe(actor, imports.get(actor, id));
        node.set("job", JobView.of(job));
        return node;
    }

    public void requireOwn(Actor actor, RecordId id) {
        imports.get(actor, id);
    }

    /** The refused rows under the file's own header, with the reasons in a last column, ready to be mended and sent again. */
    public void writeErrors(Actor actor, RecordId id, OutputStream out) {
        var it = imports.get(actor, id);
        var header = Imports.header(it.columns());
        try (var writer = ExportWriter.open("csv", out)) {
            var names = new ArrayList<Cell>();
            header.forEach(name -> names.add(new Cell(name, true)));
            names.add(new Cell("zh".equals(actor.locale().getLanguage()) ? "错误原因" : "Error", false));
            writer.row(names);
            database.transact(tx -> {
                store.errors(tx, id, (cells, why) -> {
                    var row = row(header.size(), cells);
                    row.add(new Cell(reasons.text(actor, it.object(), why), true));
                    writer.row(row);
                });
                return true;
            });
        }
    }

    private static List<Cell> row(int width, String[] cells) {
        var row = new ArrayList<Cell>();
        for (int i = 0; i < Math.max(width, cells.length); i++)
            row.add(new Cell(i < cells.length ? cells[i] : "", true));
        return row;
    }

    private ObjectNode describe(Actor actor, Import it) {
        var node = Json.object();
        node.put("id", it.id().toString());
        node.put("object", it.object());
        node.put("fileName", it.fileName());
        node.put("state", it.state());
        node.set("format", it.format().json());
        node.set("columns", it.columns().path("names"));
        node.set("sheets", it.columns().path("sheets"));
        node.set("sample", it.columns().path("sample"));
        it.settings().json().properties().forEach(entry -> node.set(entry.getKey(), entry.getValue()));
        node.set("counts", it.counts());
        var preview = it.preview();
        node.set("preview", preview == null ? null : reasons.told(actor, it.object(), preview));
        var batch = it.batch();
        node.put("batch", batch == null ? null : batch.toString());
        node.put("createdAt", it.createdAt().toString());
        var job = imports.job(it);
        node.set("job", job == null ? null : JobView.of(job));
        return node;
    }
}
