package dev.rapport.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RowScope;
import dev.rapport.query.SqlTypes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;

/**
 * The SELECT of an object's records by their ids in one scope, put together once. A single id has a text of its own:
 * PostgreSQL keeps its plan, while it plans {@code = any(…)} anew each time because it cannot tell how many ids will come.
 */
final class ById {
    private static final String ALIAS = "r";
    private static final Field<UUID> ID = field(name(ALIAS, "id"), SQLDataType.UUID);
    private static final UUID[] ANY = {};
    private static final UUID ANY_ONE = new UUID(0, 0);

    private final String manyText;
    private final List<Object> manyValues;
    private final String oneText;
    private final List<Object> oneValues;

    /** What is read of the records. */
    enum Reading {
        /** the ids of those that are live */
        EXISTENCE,
        /** id, version, time of deletion, then the columns of every field; deleted ones too */
        WHOLE,
        /** the same, and nobody changes the rows until the end of the transaction */
        SHARED,
        /** the same, and the rows stay locked until the end of the transaction */
        LOCKED
    }

    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private ById(Select<?> many, Select<?> one) {
        manyText = many.getSQL();
        manyValues = many.getBindValues();
        oneText = one.getSQL();
        oneValues = one.getBindValues();
    }

    static ById of(ObjectDef object, RowScope scope, Reading reading) {
        return new ById(
                select(object, scope, reading, ID.eq(any(ANY))), select(object, scope, reading, ID.eq(ANY_ONE)));
    }

    private static Select<?> select(ObjectDef object, RowScope scope, Reading reading, Condition wanted) {
        var source = table(name(object.table())).as(name(ALIAS));
        var select = Tx.renderer()
                .select(reading == Reading.EXISTENCE ? List.of(ID) : columns(object))
                .from(source)
                .where(wanted)
                .and(scope.visible(object, source));
        return switch (reading) {
            case EXISTENCE -> select.and(field(name(ALIAS, "deleted_at")).isNull());
            case WHOLE -> select;
            case SHARED -> select.orderBy(ID).forShare();
            case LOCKED -> select.orderBy(ID).forUpdate();
        };
    }

    private static List<Field<?>> columns(ObjectDef object) {
        var columns = new ArrayList<Field<?>>();
        columns.add(ID);
        columns.add(field(name(ALIAS, "version"), SQLDataType.INTEGER));
        columns.add(field(name(ALIAS, "deleted_at"), SQLDataType.INSTANT));
        for (var f : object.fields())
            f.columns().forEach(column -> columns.add(field(name(ALIAS, column.name()), SqlTypes.of(column.type()))));
        return columns;
    }

    /** @param scope the caller's own, where the statement was made with its template */
    void run(Tx tx, RowScope scope, UUID[] ids, Row sink) {
        try (var statement = tx.connection().prepareStatement(ids.length == 1 ? oneText : manyText)) {
            bind(statement, scope, ids);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) sink.read(rows);
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private void bind(PreparedStatement statement, RowScope scope, UUID[] ids) throws SQLException {
        var values = ids.length == 1 ? oneValues : manyValues;
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value == ANY) SqlTypes.bind(statement, i + 1, ids);
            else SqlTypes.bind(statement, i + 1, ANY_ONE.equals(value) ? ids[0] : scope.filled(value));
        }
    }
}
