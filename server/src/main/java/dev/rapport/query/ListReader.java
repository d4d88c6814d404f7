package dev.rapport.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.ListStatement.Form;
import dev.rapport.query.RecordQuery.CountMode;
import dev.rapport.query.RecordQuery.Start;
import dev.rapport.query.RenderedQuery.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads pages of records by keyset: a page costs the same wherever in the list it lies, because it starts at an index
 * entry instead of counting rows.
 */
@Component
public class ListReader {
    /** Counts stop here unless an exact one is asked for. */
    public static final int COUNT_BOUND = 10_000;

    private static final int ANCHORS = 20_000;
    private static final int STREAMED_AT_ONCE = 2_000;

    private final Catalogue catalogue;
    private final ListCounts counts;
    private final Cache<ListKey, List<Cursor>> anchors = Caffeine.newBuilder()
            .maximumSize(200)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();
    /** Statements that are asked for again and again: first pages, and single records. */
    private final Cache<ListKey, RenderedQuery> rendered =
            Caffeine.newBuilder().maximumSize(2_000).build();

    public ListReader(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.counts = new ListCounts(catalogue::require);
    }

    /** One page with what was asked about the whole list. */
    public RowPage read(Tx tx, RecordQuery query, RowScope scope) {
        var count = switch (query.count()) {
            case NONE -> null;
            case BOUNDED -> counts.bounded(tx, query, scope);
            case EXACT -> counts.exact(tx, query, scope);
        };
        var page = page(tx, query, scope);
        var totals = query.totals().isEmpty()
                ? Map.<RecordQuery.Measure, Object>of()
                : new AggregateReader().totals(tx, query, scope);
        return new RowPage(page.selection(), page.rows(), page.next(), page.previous(), count, totals);
    }

    /** The live record with this id as a page of one, or of none. */
    public RowPage one(Tx tx, ObjectDef object, List<FieldPath> fields, RecordId id, RowScope scope) {
        var statement = rendered.get(
                ListKey.ofRecord(object, fields, scope.template(object)),
                k -> byId(object, fields, scope.template(object)));
        var rows = new ArrayList<@Nullable Object[]>(1);
        statement.run(tx, scope, new Given(id.value(), null, null), 0, rows::add);
        return new RowPage(statement.selection(), rows, null, null, null, Map.of());
    }

    private RenderedQuery byId(ObjectDef object, List<FieldPath> fields, RowScope scope) {
        var query = RecordQuery.all(object, fields, null, List.of());
        var statement = new ListStatement(query, scope, Form.RECORD, catalogue::require);
        var id = DSL.field(DSL.name(ListStatement.ROOT, "id"), SQLDataType.UUID);
        return statement.rendered(statement.condition().and(id.eq(RenderedQuery.ANY_ID)), 1, 0);
    }

    private RowPage page(Tx tx, RecordQuery query, RowScope scope) {
        return switch (query.start()) {
            case Start.First first -> first(tx, query, scope);
            case Start.After(var cursor) -> forward(tx, query, scope, cursor);
            case Start.Before(var cursor) -> backward(tx, query, scope, cursor);
            case Start.Position(var share) -> at(tx, query, scope, share);
        };
    }

    private RowPage first(Tx tx, RecordQuery query, RowScope scope) {
        var statement = rendered.get(ListKey.ofPage(query, scope.template(query.object())), k -> {
            var made = new ListStatement(query, scope.template(query.object()), Form.PAGE, catalogue::require);
            return made.rendered(made.condition(), query.limit() + 1, 0);
        });
        var rows = statement.rows(tx, scope);
        return statement.page(rows, cut(rows, query.limit()), false);
    }

    private RowPage offset(Tx tx, RecordQuery query, RowScope scope, long offset) {
        if (offset == 0) return first(tx, query, scope);
        var made = new ListStatement(query, scope, Form.PAGE, catalogue::require);
        var statement = made.rendered(made.condition(), query.limit() + 1, offset);
        var rows = statement.rows(tx, scope);
        return statement.page(rows, cut(rows, query.limit()), true);
    }

    private RowPage forward(Tx tx, RecordQuery query, RowScope scope, Cursor cursor) {
        return phases(tx, query, scope, new ListStatement(query, scope, Form.PAGE, catalogue::require), cursor);
    }

    private RowPage backward(Tx tx, RecordQuery query, RowScope scope, Cursor cursor) {
        return phases(
                tx, query, scope, new ListStatement(query, scope, Form.REVERSED_PAGE, catalogue::require), cursor);
    }

    private static RowPage phases(Tx tx, RecordQuery query, RowScope scope, ListStatement made, Cursor cursor) {
        var rows = new ArrayList<@Nullable Object[]>();
        var phases = made.phasesAfter(cursor);
        var statement = made.rendered(phases.getFirst(), query.limit() + 1, 0);
        statement.run(tx, scope, Given.NOTHING, 0, rows::add);
        for (Condition phase : phases.subList(1, phases.size()))
            if (rows.size() <= query.limit())
                made.rendered(phase, query.limit() + 1 - rows.size(), 0).run(tx, scope, Given.NOTHING, 0, rows::add);
        boolean more = cut(rows, query.limit());
        if (!made.isReversed()) return statement.page(rows, more, true);
        Collections.reverse(rows);
        return statement.page(rows, true, more);
    }

    /** Takes the row that only shows that there are more out of {@code rows}, if it is there. */
    private static boolean cut(List<@Nullable Object[]> rows, int limit) {
        boolean more = rows.size() > limit;
        if (more) rows.removeLast();
        return more;
    }

    /** Short lists are counted and stepped into exactly; long ones are entered at an anchor sampled from the table. */
    private RowPage at(Tx tx, RecordQuery query, RowScope scope, double share) {
        var count = counts.bounded(tx, query, scope);
        if (count.exact()) {
            long offset = Math.min(Math.round(share * count.value()), Math.max(0, count.value() - query.limit()));
            return offset(tx, query, scope, offset);
        }
        if (share <= 0) return first(tx, query, scope);
        var places = anchors(tx, query, scope);
        if (places.isEmpty()) return offset(tx, query, scope, Math.round(share * COUNT_BOUND));
        if (share >= 1) return lastPage(tx, query, scope);
        return forward(tx, query, scope, places.get((int) Math.min(places.size() - 1, (long) (share * places.size()))));
    }

    private RowPage lastPage(Tx tx, RecordQuery query, RowScope scope) {
        var made = new ListStatement(query, scope, Form.REVERSED_PAGE, catalogue::require);
        var statement = made.rendered(made.condition(), query.limit() + 1, 0);
        var rows = statement.rows(tx, scope);
        boolean more = cut(rows, query.limit());
        Collections.reverse(rows);
        return statement.page(rows, false, more);
    }

    private List<Cursor> anchors(Tx tx, RecordQuery query, RowScope scope) {
        var key = ListKey.ofOrder(query, scope);
        var present = anchors.getIfPresent(key);
        if (present != null) return present;
        var sampled = sample(tx, query, scope);
        anchors.put(key, sampled);
        return sampled;
    }

    private List<Cursor> sample(Tx tx, RecordQuery query, RowScope scope) {
        double total = Math.max(1, rowEstimate(tx, query.object().table()));
        double percent = Math.clamp(100.0 * ANCHORS / total, 0.000_1, 100.0);
        var bare = new RecordQuery(
                query.object(),
                List.of(),
                query.filter(),
                query.sort(),
                ANCHORS * 2,
                new Start.First(),
                CountMode.NONE,
                List.of(),
                query.deleted());
        var made = new ListStatement(bare, scope, Form.PAGE, catalogue::require);
        made.readFrom(SampledTable.of(query.object(), percent, ListStatement.ROOT));
        var statement = made.rendered(made.condition(), ANCHORS * 2, 0);
        return statement.rows(tx, scope).stream().map(statement::cursor).toList();
    }

    private static long rowEstimate(Tx tx, String table) {
        var pages = tx.dsl()
                .select(DSL.field(DSL.name("reltuples"), SQLDataType.DOUBLE))
                .from(DSL.table(DSL.name("pg_catalog", "pg_class")))
                .where(DSL.field(DSL.name("relname"), SQLDataType.VARCHAR).eq(table))
                .fetchOne(r -> r.value1());
        return pages == null ? 0 : pages.longValue();
    }

    /** At most the query's limit of matching rows, whichever are found first; it costs no sorting. */
    public RowPage some(Tx tx, RecordQuery query, RowScope scope) {
        var statement = new ListStatement(query, scope, Form.PAGE, catalogue::require).some(query.limit());
        return new RowPage(statement.selection(), statement.rows(tx, scope), null, null, null, Map.of());
    }

    /**
     * Some records by words that a person typed, of very common words not all.
     *
     * @param options ways to read what was typed, each a list of words which must all be there; records that hold the parts
     *     of a Chinese word apart are among the answer
     */
    public RowPage byWords(
            Tx tx, ObjectDef object, List<FieldPath> fields, List<List<String>> options, int limit, RowScope scope) {
        var statement = rendered.get(
                ListKey.ofSearch("words", object, fields, limit, scope.template(object)),
                k -> new WordSearch(object, fields, scope.template(object), catalogue).byWords(limit));
        var rows = new ArrayList<@Nullable Object[]>();
        var words = WordSearch.Words.of(options);
        if (words != null) statement.run(tx, scope, new Given(null, words.query(), words.patterns()), 0, rows::add);
        return new RowPage(statement.selection(), rows, null, null, null, Map.of());
    }

    /** The same by what stands anywhere in their values. @param words must all be there */
    public RowPage anywhere(
            Tx tx, ObjectDef object, List<FieldPath> fields, List<String> words, int limit, RowScope scope) {
        var statement = rendered.get(
                ListKey.ofSearch("anywhere " + words.size(), object, fields, limit, scope.template(object)),
                k -> new WordSearch(object, fields, scope.template(object), catalogue).anywhere(words.size(), limit));
        var rows = new ArrayList<@Nullable Object[]>();
        statement.run(tx, scope, new Given(null, null, WordSearch.patterns(words)), 0, rows::add);
        return new RowPage(statement.selection(), rows, null, null, null, Map.of());
    }

    /** Streams all matching rows in order to {@code sink}; memory does not grow with their number. */
    public void stream(Tx tx, RecordQuery query, RowScope scope, Consumer<@Nullable Object[]> sink) {
        new ListStatement(query, scope, Form.STREAM, catalogue::require)
                .rendered()
                .run(tx, scope, Given.NOTHING, STREAMED_AT_ONCE, sink);
    }

    /** The columns that {@link #stream} will deliver. */
    public Selection selection(RecordQuery query, RowScope scope) {
        return new ListStatement(query, scope, Form.STREAM, catalogue::require).selection();
    }

    /** Canonical text of a sort, to tie cursors to it. */
    public static String sortText(List<SortKey> sort) {
        if (sort.size() == 1) return sortText(sort.getFirst());
        return String.join(",", sort.stream().map(ListReader::sortText).toList());
    }

    private static String sortText(SortKey key) {
        return (key.descending() ? "-" : "") + key.path().text();
    }
}
