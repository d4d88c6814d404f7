package dev.rapport.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Days and moments as people write them in files: {@code 2024-03-09}, {@code 2024/3/9}, {@code 2024年3月9日},
 * {@code 20240309}, {@code 9 Mar 2024}, {@code Mar 9, 2024}. With two numbers first ({@code 03/09/2024} or
 * {@code 03-09-2024}) a number above 12 tells which is the day; where both could be the month, slashes mean
 * month first (US) and dashes or dots mean day first.
 */
final class WrittenDates {
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})\\s?[-/.年]\\s?(\\d{1,2})\\s?[-/.月]\\s?(\\d{1,2})日?");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})");
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern TIME =
            Pattern.compile("(?i)(\\d{1,2})[:时](\\d{2})(?:[:分](\\d{2})(\\.\\d{1,9})?秒?)?分?\\s*(am|pm|上午|下午)?");
    private static final List<DateTimeFormatter> WORDED = List.of(
            worded("d MMM yyyy"),
            worded("MMM d, yyyy"),
            worded("d MMMM yyyy"),
            worded("MMMM d, yyyy"),
            worded("d-MMM-yyyy"));

    private WrittenDates() {}

    static Optional<LocalDate> date(String written) {
        var text = written.strip();
        int space = text.indexOf('T') > 0 ? text.indexOf('T') : text.indexOf(' ');
        if (space == 10
                && TIME.matcher(text.substring(11).replaceAll("(Z|[+-]\\d{2}:?\\d{2})$", ""))
                        .matches()) text = text.substring(0, space);
        return day(text);
    }

    static Optional<Instant> moment(String written, ZoneId zone) {
        var text = written.strip();
        try {
            return Optional.of(OffsetDateTime.parse(text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T"))
                    .toInstant());
        } catch (DateTimeException e) {
            return local(text).map(local -> local.atZone(zone).toInstant());
        }
    }

    private static Optional<LocalDateTime> local(String text) {
        var whole = day(text);
        if (whole.isPresent()) return whole.map(LocalDate::atStartOfDay);
        var time = Pattern.compile("[T ]\\s*(" + TIME.pattern() + ")$").matcher(text);
        if (!time.find()) return Optional.empty();
        var clock = time(time.group(1));
        return day(text.substring(0, time.start()).strip()).flatMap(date -> clock.map(date::atTime));
    }

    private static Optional<LocalTime> time(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) return Optional.empty();
        int hour = Integer.parseInt(match.group(1));
        var half = match.group(5) == null ? "" : match.group(5).toLowerCase(Locale.ROOT);
        if ((half.equals("pm") || half.equals("下午")) && hour < 12) hour += 12;
        if ((half.equals("am") || half.equals("上午")) && hour == 12) hour = 0;
        int second = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
        int nano = match.group(4) == null ? 0 : (int) (Double.parseDouble("0" + match.group(4)) * 1_000_000_000);
        try {
            return Optional.of(LocalTime.of(hour, Integer.parseInt(match.group(2)), second, nano));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> day(String text) {
        if (text.length() > 40) return Optional.empty();
        var yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) return of(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
        var compact = COMPACT.matcher(text);
        if (compact.matches()) return of(compact.group(1), compact.group(2), compact.group(3));
        var yearLast = YEAR_LAST.matcher(text);
        if (yearLast.matches()) {
            int first = Integer.parseInt(yearLast.group(1));
            int second = Integer.parseInt(yearLast.group(3));
            boolean monthFirst =
                    first <= 12 && (second > 12 || yearLast.group(2).equals("/"));
            return monthFirst
                    ? of(yearLast.group(4), yearLast.group(1), yearLast.group(3))
                    : of(yearLast.group(4), yearLast.group(3), yearLast.group(1));
        }
        return WORDED.stream()
                .flatMap(format -> tryParse(text, format).stream())
                .findFirst();
    }

    private static Optional<LocalDate> of(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> tryParse(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDate.parse(text, format));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter worded(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace("yyyy", "uuuu"))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
