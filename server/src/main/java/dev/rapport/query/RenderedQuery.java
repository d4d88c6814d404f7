package dev.rapport.query;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A SELECT as text with its values: it can be run again without being put together again. */
final class RenderedQuery {
    /** Stands for the id that each run brings. */
    static final UUID ANY_ID = new UUID(0, 0);

    /** Stands for the text that each run brings. */
    static final String ANY_TEXT = "\u0001";

    /** Stands for the texts that each run brings. */
    static final String[] ANY_TEXTS = {ANY_TEXT};

    /** What one run puts into the places of {@link #ANY_ID}, {@link #ANY_TEXT} and {@link #ANY_TEXTS}. */
    record Given(@Nullable UUID id, @Nullable String text, String @Nullable [] texts) {
        static final Given NOTHING = new Given(null, null, null);

        private @Nullable Object instead(@Nullable Object value) {
            if (id != null && ANY_ID.equals(value)) return id;
            if (text != null && ANY_TEXT.equals(value)) return text;
            return texts != null && Arrays.equals(ANY_TEXTS, value instanceof String[] some ? some : null)
                    ? texts
                    : value;
        }
    }

    private final String sql;
    private final List<Object> values;
    private final Selection selection;
    private final List<SortKey> sort;
    private final String sortText;
    private final boolean planOnce;

    /**
     * @param sort as the rows come, which may be the list's reversed
     * @param listSort the list's own, which cursors are tied to
     * @param planOnce whether PostgreSQL may keep one plan for all values
     */
    RenderedQuery(Select<?> select, Selection selection, List<SortKey> sort, List<SortKey> listSort, boolean planOnce) {
        this.sql = select.getSQL();
        this.values = select.getBindValues();
        this.selection = selection;
        this.sort = sort;
        this.sortText = ListReader.sortText(listSort);
        this.planOnce = planOnce;
    }

    Selection selection() {
        return selection;
    }

    /**
     * Runs it and gives each row to {@code sink}: the selection's values, then the sort's.
     *
     * @param scope the caller's own, where the statement was made with its template
     */
    void run(Tx tx, RowScope scope, Given given, int fetchSize, Consumer<@Nullable Object[]> sink) {
        try (var statement = tx.connection().prepareStatement(sql)) {
            if (!planOnce) statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            if (fetchSize > 0) statement.setFetchSize(fetchSize);
            for (int i = 0; i < values.size(); i++)
                SqlTypes.bind(statement, i + 1, given.instead(scope.filled(values.get(i))));
            try (var result = statement.executeQuery()) {
                int width = selection.width();
                while (result.next()) {
                    var row = selection.read(result, sort.size());
                    for (int i = 0; i < sort.size(); i++)
                        row[width + i] = SqlTypes.read(
                                result,
                                width + i + 1,
                                sort.get(i).path().mainPart().type());
                    sink.accept(row);
                }
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    List<@Nullable Object[]> rows(Tx tx, RowScope scope) {
        var rows = new ArrayList<@Nullable Object[]>();
        run(tx, scope, Given.NOTHING, 0, rows::add);
        return rows;
    }

    /** The place of {@code row} in the list. */
    Cursor cursor(@Nullable Object[] row) {
        var places = new ArrayList<@Nullable String>();
        for (int i = 0; i < sort.size(); i++) places.add(SqlTypes.text(row[selection.width() + i]));
        places.add(String.valueOf(row[0]));
        return new Cursor(sortText, places);
    }

    RowPage page(List<@Nullable Object[]> rows, boolean more, boolean earlier) {
        var next = more && !rows.isEmpty() ? cursor(rows.getLast()).encode() : null;
        var previous = earlier && !rows.isEmpty() ? cursor(rows.getFirst()).encode() : null;
        return new RowPage(selection, rows, next, previous, null, Map.of());
    }

    @Override
    public String toString() {
        return sql + " " + Arrays.toString(values.toArray());
    }
}
