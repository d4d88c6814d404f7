package dev.rapport.exchange;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.exchange.ExportWriter.Cell;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TimeTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.ListReader;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.Selection;
import dev.rapport.record.QueryReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Exports lists as files. What is exported is decided when the file is fetched, by the rights of that moment. */
@Component
public class Exports {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Database database;
    private final Access access;
    private final QueryReader queries;
    private final ListReader lists;
    private final ExportQuota quota;
    private final Audit audit;

    Exports(Database database, Access access, QueryReader queries, ListReader lists, ExportQuota quota, Audit audit) {
        this.quota = quota;
        this.audit = audit;
        this.database = database;
        this.access = access;
        this.queries = queries;
        this.lists = lists;
    }

    /** An export that may be fetched. @param format csv or xlsx */
    public record Export(RecordId id, String object, String format, JsonNode query) {}

    /** @throws Refusal 422 with everything that is wrong with the request */
    public Export create(Actor actor, JsonNode body) {
        var members = Members.of(body);
        var object = members.text("object");
        var format = members.oneOf("format", "csv", Set.of("csv", "xlsx"));
        var query = Json.object();
        for (var name : List.of("fields", "filter", "q", "sort"))
            members.member(name).ifPresent(value -> query.set(name, value));
        members.done();
        var view = access.object(actor, object);
        access.require(actor, Operation.EXPORT, view.definition());
        queries.read(actor, view, query);
        queries.requireKeepable(actor, view, query.get("filter"));
        var export = new Export(RecordId.next(), object, format, query);
        database.run(tx -> tx.dsl()
                .insertInto(table(name("export")))
                .set(field(name("id"), SQLDataType.UUID), export.id().value())
                .set(field(name("object"), SQLDataType.VARCHAR), object)
                .set(field(name("actor"), SQLDataType.UUID), actor.id().value())
                .set(
                        field(name("request"), SQLDataType.JSONB),
                        JSONB.valueOf(((ObjectNode) query.deepCopy())
                                .put("format", format)
                                .toString()))
                .execute());
        audit.write(Audit.Event.of(actor, "export.run").on(object, null).with("format", format));
        return export;
    }

    /** @throws Refusal 404 if the export is not the actor's own */
    public Export get(Actor actor, RecordId id) {
        return database.read(tx -> tx.dsl()
                        .select(field(name("object"), SQLDataType.VARCHAR), field(name("request"), SQLDataType.JSONB))
                        .from(table(name("export")))
                        .where(field(name("id"), SQLDataType.UUID).eq(id.value()))
                        .and(field(name("actor"), SQLDataType.UUID)
                                .eq(actor.id().value()))
                        .fetchOptional()
                        .map(row -> {
                            var query = (ObjectNode) Json.stored(row.value2().data());
                            var format = query.remove("format").asString();
                            return new Export(id, row.value1(), format, query);
                        }))
                .orElseThrow(Refusal::notFound);
    }

    /**
     * The query behind an export, checked against the rights that the actor has now.
     *
     * @throws Refusal 429 if it has more rows than the actor may still take along today
     */
    public RecordQuery query(Actor actor, Export export) {
        var view = access.object(actor, export.object());
        access.require(actor, Operation.EXPORT, view.definition());
        var query = queries.read(actor, view, export.query());
        var counted =
                ((ObjectNode) export.query().deepCopy()).put("count", "exact").put("limit", 1);
        var count = database.transactLong(
                        LIMIT, tx -> lists.read(tx, queries.read(actor, view, counted), access.rows(actor)))
                .count();
        quota.take(actor, export.object(), count == null ? 0 : count.value());
        return query;
    }

    /** Writes the file while the rows come: memory does not grow with their number. */
    public void write(Actor actor, Export export, RecordQuery query, OutputStream out) {
        database.transactLong(LIMIT, tx -> {
            var scope = access.rows(actor);
            var selection = lists.selection(query, scope);
            try (var writer = ExportWriter.open(export.format(), out)) {
                writer.row(header(selection, actor.locale()));
                int[] rows = {0};
                lists.stream(tx, query, scope, row -> {
                    boolean full = export.format().equals("xlsx") && rows[0]++ >= ExportWriter.MAX_SHEET_ROWS;
                    if (!full) writer.row(cells(selection, row));
                });
            }
            return true;
        });
    }

    private static List<Cell> header(Selection selection, Locale locale) {
        var cells = new ArrayList<Cell>();
        cells.add(new Cell("id", false));
        for (var item : selection.items()) cells.add(new Cell(label(item.path(), locale), false));
        return cells;
    }

    /** What people call the field at {@code path}. */
    static String label(FieldPath path, Locale locale) {
        boolean plain = path.steps().isEmpty() && path.part() == null;
        return plain ? path.field().labels().in(locale) : path.text();
    }

    private static List<Cell> cells(Selection selection, @Nullable Object[] row) {
        var cells = new ArrayList<Cell>();
        cells.add(new Cell(String.valueOf(row[0]), false));
        for (var item : selection.items()) cells.add(cell(item, row));
        return cells;
    }

    private static Cell cell(Selection.Item item, @Nullable Object[] row) {
        var type = item.path().field().type();
        if (item.path().part() != null)
            return new Cell(row[item.at()] == null ? "" : String.valueOf(row[item.at()]), true);
        return switch (type) {
            case LinkTypes.Lookup lookup -> new Cell(orEmpty(row[item.at() + 1]), true);
            case LinkTypes.Attachment file when item.width() == 4 -> new Cell(orEmpty(row[item.at() + 1]), true);
            default ->
                new Cell(
                        text(
                                type,
                                Arrays.copyOfRange(
                                        row, item.at(), item.at() + type.parts().size())),
                        isWords(type));
        };
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static <T> String text(FieldType<T> type, @Nullable Object[] columns) {
        T value = type.fromColumns(columns);
        return value == null ? "" : type.text(value);
    }

    private static boolean isWords(FieldType<?> type) {
        return switch (type) {
            case NumberTypes.NumberLike number -> false;
            case NumberTypes.Whole whole -> false;
            case NumberTypes.MoneyAmount money -> false;
            case TimeTypes.Day day -> false;
            case TimeTypes.Moment moment -> false;
            case NumberTypes.Flag flag -> false;
            default -> true;
        };
    }
}
