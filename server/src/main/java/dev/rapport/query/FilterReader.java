package dev.rapport.query;

import dev.rapport.kernel.Violation;
import dev.rapport.metadata.BlindIndex;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import dev.rapport.query.Predicate.Comparison;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the one filter language of the API, finding every mistake in it at once. */
public final class FilterReader {
    private static final int MAX_DEPTH = 12;
    private static final int MAX_CONDITIONS = 200;
    private static final int MAX_VALUES = 10_000;
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "eq", Comparison.EQ,
            "ne", Comparison.NE,
            "lt", Comparison.LT,
            "lte", Comparison.LTE,
            "gt", Comparison.GT,
            "gte", Comparison.GTE,
            "before", Comparison.LT,
            "after", Comparison.GT);

    private final PathResolver paths;
    private final ReadContext context;
    private final Instant now;
    private final List<Violation> violations;
    private final @Nullable BlindIndex tokens;
    private int conditions;

    /** A reader of filters that may not ask for encrypted values. */
    public FilterReader(PathResolver paths, ReadContext context, Instant now, List<Violation> violations) {
        this(paths, context, now, violations, null);
    }

    /**
     * @param violations where mistakes are added, each named by its place in the filter
     * @param tokens what encrypted values are compared by; null refuses to compare them
     */
    public FilterReader(
            PathResolver paths,
            ReadContext context,
            Instant now,
            List<Violation> violations,
            @Nullable BlindIndex tokens) {
        this.tokens = tokens;
        this.paths = paths;
        this.context = context;
        this.now = now;
        this.violations = violations;
    }

    /** The predicate, or empty after adding at least one violation. */
    public Optional<Predicate> read(ObjectView object, JsonNode filter) {
        return Optional.ofNullable(read(object, filter, "filter", 0));
    }

    private @Nullable Predicate read(ObjectView object, JsonNode node, String at, int depth) {
        if (!node.isObject() || node.isEmpty()) return wrong(at, "filter-shape");
        if (depth > MAX_DEPTH || ++conditions > MAX_CONDITIONS) return wrong(at, "filter-too-large");
        if (node.has("field")) return readCondition(object, node, at);
        if (node.size() != 1) return wrong(at, "filter-shape");
        var name = node.propertyNames().iterator().next();
        var part = node.get(name);
        return switch (name) {
            case "and" -> all(object, part, at + ".and", depth);
            case "or" -> any(object, part, at + ".or", depth);
            case "not" -> {
                var inner = read(object, part, at + ".not", depth + 1);
                yield inner == null ? null : new Predicate.Not(inner);
            }
            case "exists" -> exists(part, object, at + ".exists", depth);
            default -> wrong(at + "." + name, "unknown-member");
        };
    }

    private @Nullable Predicate all(ObjectView object, JsonNode list, String at, int depth) {
        var parts = parts(object, list, at, depth);
        return parts == null ? null : new Predicate.AllOf(parts);
    }

    private @Nullable Predicate any(ObjectView object, JsonNode list, String at, int depth) {
        var parts = parts(object, list, at, depth);
        return parts == null ? null : new Predicate.AnyOf(parts);
    }

    private @Nullable List<Predicate> parts(ObjectView object, JsonNode list, String at, int depth) {
        if (!list.isArray()) return wrongList(at, "filter-shape");
        var parts = new ArrayList<Predicate>();
        boolean complete = true;
        for (int i = 0; i < list.size(); i++) {
            var part = read(object, list.get(i), at + "[" + i + "]", depth + 1);
            if (part == null) complete = false;
            else parts.add(part);
        }
        return complete ? parts : null;
    }

    private @Nullable Predicate exists(JsonNode node, ObjectView parent, String at, int depth) {
        if (!node.isObject() || !onlyMembers(node, Set.of("object", "via", "filter"), at))
            return wrong(at, "filter-shape");
        var child = paths.catalogue().object(text(node, "object")).orElse(null);
        var via = child == null ? null : child.readable(text(node, "via")).orElse(null);
        boolean linked = via != null
                && via.type() instanceof LinkTypes.Lookup lookup
                && lookup.target().equals(parent.definition().name());
        if (child == null || via == null || !linked) return wrong(at + ".via", "unknown-field");
        if (!node.has("filter")) return new Predicate.Exists(child.definition(), via, null);
        var inner = read(child, node.get("filter"), at + ".filter", depth + 1);
        return inner == null ? null : new Predicate.Exists(child.definition(), via, inner);
    }

    private @Nullable Predicate readCondition(ObjectView object, JsonNode node, String at) {
        if (!onlyMembers(node, Set.of("field", "op", "value"), at)) return null;
        var path = paths.resolve(object, text(node, "field"), violations).orElse(null);
        if (path == null) return null;
        var op = text(node, "op");
        if (!Operators.of(path).contains(op)) return wrong(at + ".op", "operator");
        if (op.equals("isEmpty")) return new Predicate.IsEmpty(path);
        var value = node.get("value");
        if (value == null) return wrong(at + ".value", "required");
        try {
            return path.field().type() instanceof EncryptedText type
                    ? encrypted(object, path, type, op, value)
                    : condition(path, op, value, at);
        } catch (InvalidValue e) {
            violations.add(e.violation().under(at + ".value"));
            return null;
        }
    }

    private @Nullable Predicate condition(FieldPath path, String op, JsonNode value, String at) throws InvalidValue {
        if (path.mainPart().type().isArray()) return listCondition(path, op, value, at);
        return switch (op) {
            case "in" -> new Predicate.In(path, values(path, value));
            case "notIn" -> new Predicate.Not(new Predicate.In(path, values(path, value)));
            case "contains", "startsWith" -> {
                if (!value.isString()) throw InvalidValue.of("type", "expected", "text");
                yield value.stringValue().indexOf('\0') >= 0
                        ? wrong(at + ".value", "nul-character")
                        : new Predicate.TextMatch(path, value.stringValue(), op.equals("startsWith"));
            }
            case "between" -> between(path, value);
            case "on" -> on(path, value);
            case "after" ->
                path.mainPart().type() == ColumnType.TIMESTAMP && isDay(value)
                        ? new Predicate.Compare(
                                path, Comparison.GTE, startOf(day(value).plusDays(1)))
                        : new Predicate.Compare(path, Comparison.GT, value(path, value));
            default ->
                new Predicate.Compare(path, java.util.Objects.requireNonNull(COMPARISONS.get(op)), value(path, value));
        };
    }

    private @Nullable Predicate listCondition(FieldPath path, String op, JsonNode value, String at)
            throws InvalidValue {
        boolean many = value.isArray();
        if ((op.equals("in") || op.equals("notIn")) != many) return wrong(at + ".value", "type");
        var list = many
                ? value
                : tools.jackson.databind.node.JsonNodeFactory.instance
                        .arrayNode()
                        .add(value);
        if (list.isEmpty()) {
            var none = new Predicate.In(path, List.of());
            return op.equals("notIn") ? new Predicate.Not(none) : none;
        }
        var values = (List<?>) path.field().type().read(list, context);
        return switch (op) {
            case "in" -> new Predicate.ListHolds(path, values, false);
            case "notIn" -> new Predicate.Not(new Predicate.ListHolds(path, values, false));
            default -> new Predicate.ListHolds(path, values, true);
        };
    }

    private Predicate between(FieldPath path, JsonNode value) throws InvalidValue {
        if (!value.isArray() || value.size() != 2) throw InvalidValue.of("between");
        return new Predicate.AllOf(List.of(
                new Predicate.Compare(path, Comparison.GTE, value(path, value.get(0))),
                new Predicate.Compare(path, Comparison.LTE, value(path, value.get(1)))));
    }

    private Predicate on(FieldPath path, JsonNode value) throws InvalidValue {
        var day = day(value);
        if (path.mainPart().type() == ColumnType.DATE) return new Predicate.Compare(path, Comparison.EQ, day);
        return new Predicate.AllOf(List.of(
                new Predicate.Compare(path, Comparison.GTE, startOf(day)),
                new Predicate.Compare(path, Comparison.LT, startOf(day.plusDays(1)))));
    }

    private List<Object> values(FieldPath path, JsonNode list) throws InvalidValue {
        if (!list.isArray()) throw InvalidValue.of("type", "expected", "list");
        if (list.size() > MAX_VALUES) throw InvalidValue.of("too-many", "max", MAX_VALUES);
        var values = new ArrayList<>();
        for (var item : list) values.add(value(path, item));
        return values;
    }

    private Object value(FieldPath path, JsonNode value) throws InvalidValue {
        var type = path.mainPart().type();
        if (type == ColumnType.DATE && (value.isObject() || isMoment(value))) return day(value);
        if (type == ColumnType.TIMESTAMP && value.isObject()) return relativeMoment(value);
        if (type == ColumnType.TIMESTAMP && isDay(value)) return startOf(day(value));
        if (path.field().type() instanceof CompoundTypes.FullName || value.isString() && isWords(path))
            return words(value);
        return path.comparedType().read(value, context);
    }

    /** Compares tokens: of an encrypted value nothing is known but whether it is a certain one. */
    private Predicate encrypted(ObjectView object, FieldPath path, EncryptedText type, String op, JsonNode value)
            throws InvalidValue {
        if (tokens == null) throw InvalidValue.of("encrypted");
        var owner = path.steps().isEmpty()
                ? object.definition()
                : path.steps().getLast().target();
        var wanted = new ArrayList<String>();
        boolean many = op.equals("in") || op.equals("notIn");
        if (many != value.isArray()) throw InvalidValue.of("type", "expected", many ? "list" : type.code());
        if (value.size() > MAX_VALUES) throw InvalidValue.of("too-many", "max", MAX_VALUES);
        for (var item : many ? value.values() : List.of(value)) {
            var words = type.read(item, context).words();
            wanted.add(tokens.token(owner.name(), path.field().name(), java.util.Objects.requireNonNull(words)));
        }
        return switch (op) {
            case "in" -> new Predicate.In(path, wanted);
            case "notIn" -> new Predicate.Not(new Predicate.In(path, wanted));
            default ->
                new Predicate.Compare(path, java.util.Objects.requireNonNull(COMPARISONS.get(op)), wanted.getFirst());
        };
    }

    /** Text compared as written: a filter may ask for what no record could hold. */
    private static Object words(JsonNode value) throws InvalidValue {
        if (!value.isString()) throw InvalidValue.of("type", "expected", "text");
        if (value.stringValue().indexOf('\0') >= 0) throw InvalidValue.of("nul-character");
        return value.stringValue();
    }

    private static boolean isWords(FieldPath path) {
        return switch (path.comparedType()) {
            case TextTypes.Text t -> true;
            case TextTypes.LongText t -> true;
            case TextTypes.AutoNumber t -> true;
            case TextTypes.Url t -> true;
            case TextTypes.Choices t -> true;
            case TextTypes.Email t -> true;
            case TextTypes.RichText t -> true;
            default -> false;
        };
    }

    private static boolean isDay(JsonNode value) {
        return value.isString() && value.stringValue().length() == 10;
    }

    private static boolean isMoment(JsonNode value) {
        return value.isString() && value.stringValue().length() > 10;
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(context.zone()).toInstant();
    }

    private LocalDate day(JsonNode value) throws InvalidValue {
        if (value.isObject())
            return relativeMoment(value).atZone(context.zone()).toLocalDate();
        return new TimeTypes.Day().read(value, context);
    }

    private Instant relativeMoment(JsonNode value) throws InvalidValue {
        var relative = value.get("relative");
        if (relative == null || !relative.isString() || value.size() != 1) throw InvalidValue.of("relative");
        var text = relative.stringValue();
        try {
            if (text.contains("T")) return now.plus(Duration.parse(text));
            return now.atZone(context.zone()).plus(Period.parse(text)).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw InvalidValue.of("relative");
        }
    }

    private boolean onlyMembers(JsonNode node, Set<String> allowed, String at) {
        boolean known = true;
        for (var name : node.propertyNames()) {
            if (allowed.contains(name)) continue;
            violations.add(Violation.of(at + "." + name, "unknown-member"));
            known = false;
        }
        return known;
    }

    private static String text(JsonNode node, String name) {
        var value = node.get(name);
        return value == null || !value.isString() ? "" : value.stringValue();
    }

    private @Nullable Predicate wrong(String at, String code) {
        violations.add(Violation.of(at, code));
        return null;
    }

    private @Nullable List<Predicate> wrongList(String at, String code) {
        violations.add(Violation.of(at, code));
        return null;
    }
}
