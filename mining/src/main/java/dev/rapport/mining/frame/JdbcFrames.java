package dev.rapport.mining.frame;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JDBC result set into a frame, one pass, without boxing numbers. Numbers and booleans become numeric, dates and
 * timestamps time, short texts of few different values categorical, everything else text.
 *
 * {@snippet :
 * // try (var rows = statement.executeQuery("select age, city, created_at from customers")) {
 * //     Frame customers = JdbcFrames.read(rows);
 * // }
 * check(JdbcFrames.class.getMethods().length > 0);
 * }
 */
public final class JdbcFrames {
    private JdbcFrames() {}

    /** Reads all remaining rows; does not close the result set. */
    public static Frame read(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        var readers = new ArrayList<Cells>();
        for (int i = 1; i <= meta.getColumnCount(); i++)
            readers.add(reader(meta.getColumnLabel(i), meta.getColumnType(i)));
        while (rows.next()) {
            for (int i = 0; i < readers.size(); i++) readers.get(i).read(rows, i + 1);
        }
        return Frame.of(readers.stream().map(Cells::column).toList());
    }

    private static Cells reader(String name, int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC,
                    Types.BOOLEAN,
                    Types.BIT -> new Numbers(name);
            case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> new Times(name, type);
            default -> new Words(name);
        };
    }

    private interface Cells {
        void read(ResultSet rows, int column) throws SQLException;

        Column column();
    }

    private static final class Numbers implements Cells {
        private final String name;
        private double[] values = new double[1024];
        private int count = 0;

        Numbers(String name) {
            this.name = name;
        }

        @Override
        public void read(ResultSet rows, int column) throws SQLException {
            if (count == values.length) values = Arrays.copyOf(values, count * 2);
            double value = rows.getDouble(column);
            values[count++] = rows.wasNull() ? Double.NaN : value;
        }

        @Override
        public Column column() {
            return new Column.Numeric(name, Arrays.copyOf(values, count));
        }
    }

    private static final class Times implements Cells {
        private final String name;
        private final int type;
        private long[] values = new long[1024];
        private int count = 0;

        Times(String name, int type) {
            this.name = name;
            this.type = type;
        }

        @Override
        public void read(ResultSet rows, int column) throws SQLException {
            if (count == values.length) values = Arrays.copyOf(values, count * 2);
            values[count++] = moment(rows, column);
        }

        private long moment(ResultSet rows, int column) throws SQLException {
            switch (type) {
                case Types.DATE -> {
                    LocalDate day = rows.getObject(column, LocalDate.class);
                    return day == null ? Column.Time.MISSING : day.toEpochDay() * 86_400_000L;
                }
                case Types.TIMESTAMP_WITH_TIMEZONE -> {
                    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
                    return moment == null
                            ? Column.Time.MISSING
                            : moment.toInstant().toEpochMilli();
                }
                default -> {
                    Timestamp moment = rows.getTimestamp(column);
                    return moment == null
                            ? Column.Time.MISSING
                            : moment.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
                }
            }
        }

        @Override
        public Column column() {
            return new Column.Time(name, Arrays.copyOf(values, count));
        }
    }

    private static final class Words implements Cells {
        private final String name;
        private final List<@Nullable String> values = new ArrayList<>();

        Words(String name) {
            this.name = name;
        }

        @Override
        public void read(ResultSet rows, int column) throws SQLException {
            values.add(rows.getString(column));
        }

        @Override
        public Column column() {
            long different = values.stream().distinct().limit(257).count();
            return different > 256 ? new Column.Text(name, values) : Column.categorical(name, values);
        }
    }
}
