package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.kernel.Labels;
import dev.rapport.metadata.Choice;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.TextTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a ready report answers: named columns, rows that each lead to the records behind them, and how to draw them. */
public final class ReportTable {
    /** How a column's figures are shown. */
    public enum Type {
        TEXT,
        COUNT,
        MONEY,
        PERCENT,
        DAYS,
        NUMBER,
        MONTH
    }

    /** A column. @param drawn whether the chart shows it */
    public record Column(String key, Labels labels, Type type, boolean drawn) {}

    /** One row. @param drill object and filter of the records behind it; null where there are none */
    public record Row(
            Map<String, @Nullable Object> cells, @Nullable Drill drill) {}

    /** Where a figure leads. */
    public record Drill(String object, JsonNode filter) {
        /** The records of {@code question} whose {@code field} is {@code key}. */
        static Drill into(Question question, String field, @Nullable Object key) {
            return new Drill(question.object(), question.filter(Question.is(field, key)));
        }

        /** The records of one month. */
        static Drill month(Question question, String field, LocalDate month) {
            return new Drill(
                    question.object(),
                    question.filter(
                            Question.condition(field, "gte", month),
                            Question.condition(field, "lt", month.plusMonths(1))));
        }
    }

    private final String chart;
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, @Nullable Object> totals = new LinkedHashMap<>();
    private final List<Labels> notes = new ArrayList<>();

    /** @param chart bar, line, pie, funnel, area or none */
    ReportTable(String chart) {
        this.chart = chart;
    }

    ReportTable column(String key, String en, String zh, Type type) {
        columns.add(new Column(key, new Labels(en, zh), type, false));
        return this;
    }

    /** A column that the chart shows too. */
    ReportTable drawn(String key, String en, String zh, Type type) {
        columns.add(new Column(key, new Labels(en, zh), type, true));
        return this;
    }

    /** Begins a row; its cells follow in the order of the columns. */
    ReportTable row(@Nullable Drill drill, @Nullable Object... cells) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < cells.length; i++) values.put(columns.get(i).key(), cells[i]);
        rows.add(new Row(values, drill));
        return this;
    }

    ReportTable total(String key, @Nullable Object figure) {
        totals.put(key, figure);
        return this;
    }

    /** Something that people should know when they read the figures. */
    ReportTable note(String en, String zh) {
        notes.add(new Labels(en, zh));
        return this;
    }

    List<Column> columns() {
        return columns;
    }

    /** The objects whose records are behind the rows. */
    Set<String> objects() {
        var objects = new TreeSet<String>();
        for (var row : rows) if (row.drill() != null) objects.add(row.drill().object());
        return objects;
    }

    List<Row> rows() {
        return rows;
    }

    Map<String, @Nullable Object> totals() {
        return totals;
    }

    ObjectNode json(Locale locale, String currency) {
        var node = Json.object().put("chart", chart).put("currency", currency);
        var heads = node.putArray("columns");
        for (var column : columns)
            heads.addObject()
                    .put("key", column.key())
                    .put("label", column.labels().in(locale))
                    .put("type", column.type().name().toLowerCase(Locale.ROOT))
                    .put("drawn", column.drawn());
        var list = node.putArray("rows");
        for (var row : rows) {
            var item = list.addObject();
            write(item.putObject("cells"), row.cells());
            var drill = row.drill();
            if (drill != null)
                item.putObject("drill").put("object", drill.object()).set("filter", drill.filter());
        }
        write(node.putObject("totals"), totals);
        var said = node.putArray("notes");
        notes.forEach(note -> said.add(note.in(locale)));
        return node;
    }

    /** Counts are numbers, exact figures strings, as everywhere in the API. */
    private static void write(ObjectNode node, Map<String, @Nullable Object> cells) {
        cells.forEach((key, value) -> {
            switch (value) {
                case null -> node.putNull(key);
                case BigDecimal number -> node.put(key, number.toPlainString());
                case Number number -> node.put(key, number.longValue());
                case Labels labels ->
                    node.set(key, Json.object().put("en", labels.en()).put("zh-CN", labels.zh()));
                default -> node.put(key, value.toString());
            }
        });
    }

    /** A share in percent with two decimals, half up; null of nothing. */
    static @Nullable BigDecimal percent(long part, long whole) {
        if (whole == 0) return null;
        return BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal share(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
        if (part == null || whole == null || whole.signum() == 0) return null;
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 2, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal rounded(@Nullable BigDecimal number) {
        return number == null ? null : number.setScale(1, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal growth(@Nullable BigDecimal now, @Nullable BigDecimal before) {
        if (now == null || before == null || before.signum() == 0) return null;
        return now.subtract(before).multiply(BigDecimal.valueOf(100)).divide(before, 1, RoundingMode.HALF_UP);
    }

    /** What a choice's code is called. */
    static @Nullable Object label(Field<String> field, String code) {
        if (!(field.type() instanceof TextTypes.Choices choices)) return code;
        return choices.choices().stream()
                .filter(choice -> choice.code().equals(code))
                .findFirst()
                .<Object>map(Choice::labels)
                .orElse(code.isEmpty() ? null : code);
    }
}
