package dev.rapport.query;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ColumnType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
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

    /** Binds {@code value}, which is of the type that its column's jOOQ type names. */
    public static void bind(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case String text -> statement.setString(at, text);
            case Instant moment -> statement.setObject(at, moment.atOffset(ZoneOffset.UTC));
            case UUID[] ids -> statement.setArray(at, statement.getConnection().createArrayOf("uuid", ids));
            case Long[] numbers ->
                statement.setArray(at, statement.getConnection().createArrayOf("int8", numbers));
            case BigDecimal[] numbers ->
                statement.setArray(at, statement.getConnection().createArrayOf("numeric", numbers));
            case LocalDate[] days ->
                statement.setArray(at, statement.getConnection().createArrayOf("date", days));
            case Instant[] moments ->
                statement.setArray(
                        at,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "timestamptz",
                                        Arrays.stream(moments)
                                                .map(m -> m.atOffset(ZoneOffset.UTC))
                                                .toArray()));
            case Boolean[] flags ->
                statement.setArray(at, statement.getConnection().createArrayOf("bool", flags));
            case String[] texts ->
                statement.setArray(at, statement.getConnection().createArrayOf("text", texts));
            case null, default -> statement.setObject(at, value);
        }
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

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSx").withZone(ZoneOffset.UTC);

    /** A column's value as text that PostgreSQL reads back to the same value. */
    static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant moment -> MOMENT.format(moment);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private static @Nullable Instant moment(ResultSet row, int at) throws SQLException {
        var value = row.getObject(at, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
