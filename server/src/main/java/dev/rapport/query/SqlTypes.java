package dev.rapport.query;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** How column values pass between Java and PostgreSQL. */
public final class SqlTypes {
    private SqlTypes() {}

    public static DataType<?> of(ColumnType type) {
        return switch (type) {
            case CODE, WORDS, LONG_TEXT -> SQLDataType.VARCHAR;
            case BIGINT -> SQLDataType.BIGINT;
            case NUMERIC -> SQLDataType.NUMERIC;
            case BOOLEAN -> SQLDataType.BOOLEAN;
            case DATE -> SQLDataType.LOCALDATE;
            case TIMESTAMP -> SQLDataType.INSTANT;
            case UUID -> SQLDataType.UUID;
            case CODES -> SQLDataType.VARCHAR.array();
            case UUIDS -> SQLDataType.UUID.array();
        };
    }

    /** The value as its column holds it: ids as UUIDs, lengths of time in seconds. */
    public static Object plain(Object value) {
        return switch (value) {
            case RecordId id -> id.value();
            case Duration duration -> duration.toSeconds();
            default -> value;
        };
    }

    /** Reads one column of the current row. */
    public static @Nullable Object read(ResultSet row, int at, ColumnType type) throws SQLException {
        return switch (type) {
            case CODE, WORDS, LONG_TEXT -> row.getString(at);
            case BIGINT -> {
                long value = row.getLong(at);
                yield row.wasNull() ? null : value;
            }
            case NUMERIC -> row.getBigDecimal(at);
            case BOOLEAN -> {
                boolean value = row.getBoolean(at);
                yield row.wasNull() ? null : value;
            }
            case DATE -> row.getObject(at, LocalDate.class);
            case TIMESTAMP -> moment(row, at);
            case UUID -> row.getObject(at, UUID.class);
            case CODES, UUIDS -> {
                var array = row.getArray(at);
                yield array == null ? null : array.getArray();
            }
        };
    }

    private static @Nullable Instant moment(ResultSet row, int at) throws SQLException {
        var value = row.getObject(at, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
