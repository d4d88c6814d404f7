package dev.rapport.record;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.FieldType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Binds field values to the columns they fill. */
final class JdbcParameters {
    private JdbcParameters() {}

    /** Binds all parts of {@code value} from parameter {@code at} on, and returns the next parameter. */
    @SuppressWarnings("unchecked")
    static <T> int bind(PreparedStatement statement, int at, FieldType<T> type, @Nullable Object value)
            throws SQLException {
        var columns = value == null ? null : type.toColumns((T) value);
        int next = at;
        for (int part = 0; part < type.parts().size(); part++)
            bindColumn(statement, next++, type.parts().get(part).type(), columns == null ? null : columns[part]);
        return next;
    }

    private static void bindColumn(PreparedStatement statement, int at, ColumnType type, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(at, sqlType(type));
            return;
        }
        switch (type) {
            case CODE, WORDS, LONG_TEXT -> statement.setString(at, (String) value);
            case TIMESTAMP -> statement.setObject(at, ((Instant) value).atOffset(ZoneOffset.UTC));
            case CODES -> statement.setArray(at, statement.getConnection().createArrayOf("text", (Object[]) value));
            case UUIDS -> statement.setArray(at, statement.getConnection().createArrayOf("uuid", (Object[]) value));
            case BIGINT, NUMERIC, BOOLEAN, DATE, UUID -> statement.setObject(at, value);
        }
    }

    private static int sqlType(ColumnType type) {
        return switch (type) {
            case CODE, WORDS, LONG_TEXT -> Types.VARCHAR;
            case BIGINT -> Types.BIGINT;
            case NUMERIC -> Types.NUMERIC;
            case BOOLEAN -> Types.BOOLEAN;
            case DATE -> Types.DATE;
            case TIMESTAMP -> Types.TIMESTAMP_WITH_TIMEZONE;
            case UUID -> Types.OTHER;
            case CODES, UUIDS -> Types.ARRAY;
        };
    }
}
