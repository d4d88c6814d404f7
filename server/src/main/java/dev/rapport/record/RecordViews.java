package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.query.PathResolver;
import dev.rapport.query.RowPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the API answers about records: pages, single records, their history and their timeline. */
@Component
public class RecordViews {
    private final Access access;
    private final Records records;
    private final RecordJson json;
    private final HistoryView histories;
    private final Timeline timelines;
    private final RecordSight sight;

    RecordViews(
            Access access,
            Records records,
            RecordJson json,
            HistoryView histories,
            Timeline timelines,
            RecordSight sight) {
        this.sight = sight;
        this.access = access;
        this.records = records;
        this.json = json;
        this.histories = histories;
        this.timelines = timelines;
    }

    /** A record as JSON, with its version for the ETag. */
    public record Found(long version, byte[] json) {}

    public byte[] page(Actor actor, RowPage page) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeName("items");
            json.writeItems(out, actor, page);
            writeText(out, "next", page.next());
            writeText(out, "previous", page.previous());
            var count = page.count();
            if (count != null) {
                out.writeName("count");
                out.writeStartObject();
                out.writeNumberProperty("value", count.value());
                out.writeBooleanProperty("exact", count.exact());
                out.writeNumberProperty("estimate", count.estimate());
                out.writeEndObject();
            }
            if (!page.totals().isEmpty()) {
                out.writeName("totals");
                out.writeStartObject();
                page.totals().forEach((measure, figure) -> {
                    out.writeName(QueryReader.measureName(measure));
                    Aggregates.writeFigure(out, figure);
                });
                out.writeEndObject();
            }
            out.writeEndObject();
        });
    }

    private static void writeText(tools.jackson.core.JsonGenerator out, String name, @Nullable String text) {
        if (text == null) out.writeNullProperty(name);
        else out.writeStringProperty(name, text);
    }

    /** The record if the actor may see it. @param fields names separated by commas, or null for all */
    public Optional<Found> record(Actor actor, ObjectView object, RecordId id, @Nullable String fields) {
        var paths = new PathResolver(access.catalogue(actor));
        var violations = new ArrayList<Violation>();
        var selected = fields == null
                ? QueryReader.allFields(object, paths)
                : List.of(fields.split(",")).stream()
                        .map(String::strip)
                        .filter(name -> !name.equals("id") && !name.equals("version") && !name.isEmpty())
                        .flatMap(name -> paths.resolveShown(object, name, violations).stream())
                        .toList();
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        var page = records.one(actor, object.definition(), selected, id);
        if (page.rows().isEmpty()) return Optional.empty();
        var row = page.rows().getFirst();
        var names = json.linkNames(actor, page);
        return Optional.of(new Found(
                (long) java.util.Objects.requireNonNull(row[1]),
                Json.write(out -> json.writeItem(out, page.selection(), row, names))));
    }

    public byte[] history(Actor actor, ObjectView object, RecordId id, int before, int limit) {
        requireVisible(actor, object, id);
        return histories.ofRecord(actor, sight.inRecord(actor, object, id), id, before, limit);
    }

    /** @param parameters of the request: {@code after}, {@code objects}, {@code q} and {@code pinned} */
    public byte[] timeline(Actor actor, ObjectView object, RecordId id, Map<String, String> parameters, int limit) {
        requireVisible(actor, object, id);
        return timelines.of(actor, object, id, Timeline.Part.of(parameters, limit));
    }

    private void requireVisible(Actor actor, ObjectView object, RecordId id) {
        if (record(actor, object, id, "").isEmpty()) throw Refusal.notFound();
    }
}
