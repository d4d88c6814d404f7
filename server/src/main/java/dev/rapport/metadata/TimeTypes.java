package dev.rapport.metadata;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Types of time: a day, a moment, a length of time. */
public final class TimeTypes {
    private TimeTypes() {}

    /** A day on the calendar, without a time or a zone. */
    public static final class Day extends BaseType<LocalDate> {
        public Day() {
            super("date", ColumnType.DATE);
        }

        @Override
        public LocalDate read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code());
            try {
                return inRange(LocalDate.parse(json.stringValue()));
            } catch (DateTimeException e) {
                throw InvalidValue.of("date");
            }
        }

        @Override
        public LocalDate parse(String text, ReadContext context) throws InvalidValue {
            return inRange(WrittenDates.date(text).orElseThrow(() -> InvalidValue.of("date")));
        }

        private static LocalDate inRange(LocalDate date) throws InvalidValue {
            if (date.getYear() < 1 || date.getYear() > 9999) throw InvalidValue.of("out-of-range");
            return date;
        }

        @Override
        public String text(LocalDate value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(LocalDate value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable LocalDate fromColumns(@Nullable Object[] columns) {
            return (LocalDate) columns[0];
        }
    }

    /** A moment, kept to the microsecond. */
    public static final class Moment extends BaseType<Instant> {
        public Moment() {
            super("moment", ColumnType.TIMESTAMP);
        }

        @Override
        public Instant read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code());
            try {
                return inRange(OffsetDateTime.parse(json.stringValue()).toInstant());
            } catch (DateTimeException e) {
                throw InvalidValue.of("moment");
            }
        }

        @Override
        public Instant parse(String text, ReadContext context) throws InvalidValue {
            return inRange(WrittenDates.moment(text, context.zone()).orElseThrow(() -> InvalidValue.of("moment")));
        }

        private static Instant inRange(Instant moment) throws InvalidValue {
            int year = moment.atZone(java.time.ZoneOffset.UTC).getYear();
            if (year < 1 || year > 9999) throw InvalidValue.of("out-of-range");
            return moment.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        }

        @Override
        public String text(Instant value) {
            var time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
            boolean wholeMillis = time.getNano() % 1_000_000 == 0;
            boolean fourDigits = time.getYear() >= 0 && time.getYear() <= 9999;
            return wholeMillis || !fourDigits ? value.toString() : withMicros(time);
        }

        /** The same text as {@link Instant#toString}; lists write two of it a row, and this takes a third of the time. */
        private static String withMicros(LocalDateTime time) {
            var text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
            digits(text, 3, time.getYear());
            digits(text, 6, time.getMonthValue());
            digits(text, 9, time.getDayOfMonth());
            digits(text, 12, time.getHour());
            digits(text, 15, time.getMinute());
            digits(text, 18, time.getSecond());
            digits(text, 25, time.getNano() / 1_000);
            return new String(text, StandardCharsets.ISO_8859_1);
        }

        private static void digits(byte[] text, int last, int number) {
            for (int at = last, rest = number; rest > 0; at--, rest /= 10) text[at] = (byte) ('0' + rest % 10);
        }

        @Override
        public @Nullable Object[] toColumns(Instant value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable Instant fromColumns(@Nullable Object[] columns) {
            return (Instant) columns[0];
        }

        @Override
        public String searchText(Instant value) {
            return "";
        }
    }

    /** A length of time in whole seconds, ISO 8601 in JSON ({@code PT1H30M}); minutes may be written as a bare number. */
    public static final class Span extends BaseType<Duration> {
        public Span() {
            super("duration", ColumnType.BIGINT);
        }

        @Override
        public Duration parse(String text, ReadContext context) throws InvalidValue {
            var clean = text.strip();
            try {
                if (clean.matches("\\d{1,6}")) return Duration.ofMinutes(Long.parseLong(clean));
                var duration = Duration.parse(clean);
                if (duration.isNegative() || duration.toDays() > 36_500) throw InvalidValue.of("out-of-range");
                return duration.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            } catch (DateTimeException e) {
                throw InvalidValue.of("duration");
            }
        }

        @Override
        public String text(Duration value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(Duration value) {
            return new Object[] {value.toSeconds()};
        }

        @Override
        public @Nullable Duration fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : Duration.ofSeconds((Long) columns[0]);
        }
    }
}
