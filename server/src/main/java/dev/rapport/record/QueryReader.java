package dev.rapport.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.access.Access;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.BlindIndex;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TimeTypes;
import dev.rapport.query.AggregateReader;
import dev.rapport.query.AggregateReader.Bucket;
import dev.rapport.query.AggregateReader.GroupKey;
import dev.rapport.query.Cursor;
import dev.rapport.query.FieldPath;
import dev.rapport.query.FilterReader;
import dev.rapport.query.ListReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.Predicate;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.RecordQuery.CountMode;
import dev.rapport.query.RecordQuery.Function;
import dev.rapport.query.RecordQuery.Measure;
import dev.rapport.query.RecordQuery.Start;
import dev.rapport.query.SortKey;
import dev.rapport.text.SearchText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of queries and aggregates into typed ones, refusing all mistakes together. */
@Component
public class QueryReader {
    private static final Cache<ObjectView, List<FieldPath>> ALL_FIELDS =
            Caffeine.newBuilder().weakKeys().build();
    private static final int MAX_FIELDS = 100;
    private static final int MAX_SORTS = 5;

    private final Access access;
    private final Records records;
    private final Clock clock;
    private final BlindIndex tokens;

    QueryReader(Access access, Records records, Clock clock, BlindIndex tokens) {
        this.tokens = tokens;
        this.access = access;
        this.records = records;
        this.clock = clock;
    }

    /** @throws Refusal 422 with every violation, 400 for a cursor that is none */
    public RecordQuery read(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var paths = new PathResolver(access.catalogue(actor));
        var violations = members.violations();
        var fields = fields(object, paths, members.texts("fields"), violations);
        var filter = filter(actor, object, members, paths);
        var sort = sort(object, paths, members.optionalText("sort").orElse(""), violations);
        int limit = members.whole("limit", 50, 1, 500);
        var count = members.oneOf("count", "none", Set.of("none", "bounded", "exact"));
        boolean deleted = members.flag("deleted");
        var totals = measures(object, paths, members.list("totals"), "totals", violations);
        var start = start(members, sort);
        members.done();
        return new RecordQuery(
                object.definition(),
                fields,
                filter,
                sort,
                limit,
                start,
                CountMode.valueOf(count.toUpperCase(Locale.ROOT)),
                totals,
                deleted);
    }

    private static Start start(Members members, List<SortKey> sort) {
        var after = members.optionalText("after");
        var before = members.optionalText("before");
        var position = members.member("position");
        if (after.isPresent()) return new Start.After(Cursor.decode(after.get(), ListReader.sortText(sort)));
        if (before.isPresent()) return new Start.Before(Cursor.decode(before.get(), ListReader.sortText(sort)));
        if (position.isEmpty()) return new Start.First();
        if (!position.get().isNumber())
            members.violations().add(Violation.of("position", "type", "expected", "decimal"));
        double share = position.get().isNumber() ? position.get().doubleValue() : 0;
        if (share < 0 || share > 1)
            members.violations().add(new Violation("position", "range", java.util.Map.of("min", 0, "max", 1)));
        return new Start.Position(Math.clamp(share, 0, 1));
    }

    /** All fields the caller may see when none are named. */
    private static List<FieldPath> fields(
            ObjectView object, PathResolver paths, List<String> names, List<Violation> violations) {
        if (names.size() > MAX_FIELDS) violations.add(Violation.of("fields", "too-many", "max", MAX_FIELDS));
        if (names.isEmpty()) return allFields(object, paths);
        return names.stream()
                .distinct()
                .filter(name -> !name.equals("id") && !name.equals("version"))
                .flatMap(name -> paths.resolveShown(object, name, violations).stream())
                .toList();
    }

    /** Every field that the caller may read. {@code access} gives the same view as long as the rights are the same. */
    public static List<FieldPath> allFields(ObjectView object, PathResolver paths) {
        return ALL_FIELDS.get(object, k -> readable(object, paths));
    }

    private static List<FieldPath> readable(ObjectView object, PathResolver paths) {
        return object.definition().fields().stream()
                .flatMap(field -> object.shown(field.name()).stream())
                .flatMap(field -> paths.resolveShown(object, field.name(), new ArrayList<>()).stream())
                .toList();
    }

    /** The searched fields that the caller may read; null if that is all of them. */
    public static @Nullable List<FieldPath> searched(ObjectView object, PathResolver paths) {
        var searchable = object.definition().searchable();
        var readable = searchable.stream()
                .filter(field -> object.readable(field.name()).isPresent())
                .toList();
        if (readable.size() == searchable.size() && !object.hidesInSome()) return null;
        return readable.stream()
                .flatMap(field -> paths.resolve(object, field.name(), new ArrayList<>()).stream())
                .toList();
    }

    /** The filter and the search words of {@code members} as one predicate; null when there are none. */
    public @Nullable Predicate filter(Actor actor, ObjectView object, Members members, PathResolver paths) {
        var parts = new ArrayList<Predicate>();
        members.member("filter")
                .flatMap(filter -> new FilterReader(
                                paths, records.context(actor), clock.instant(), members.violations(), tokens)
                        .read(object, filter))
                .ifPresent(parts::add);
        members.optionalText("q").map(SearchText::options).ifPresent(options -> {
            if (!options.isEmpty()) parts.add(new Predicate.Search(options, searched(object, paths)));
        });
        if (parts.isEmpty()) return null;
        return parts.size() == 1 ? parts.getFirst() : new Predicate.AllOf(parts);
    }

    /**
     * For filters that are kept, by a job or an export: what is encrypted must not stand there in the clear.
     *
     * @throws Refusal 422 if {@code filter} asks for an encrypted value
     */
    public void requireKeepable(Actor actor, ObjectView object, @Nullable JsonNode filter) {
        if (filter == null) return;
        var violations = new ArrayList<Violation>();
        new FilterReader(new PathResolver(access.catalogue(actor)), records.context(actor), clock.instant(), violations)
                .read(object, filter);
        var encrypted = violations.stream()
                .filter(violation -> violation.code().equals("encrypted"))
                .toList();
        if (!encrypted.isEmpty()) throw Refusal.invalid(encrypted);
    }

    /** The sort written in {@code text}, or the object's own. */
    public static List<SortKey> sort(ObjectView object, PathResolver paths, String text, List<Violation> violations) {
        var written = text.isBlank() ? object.definition().defaultSort() : text;
        var keys = new ArrayList<SortKey>();
        for (var name : written.split(",", -1)) {
            var clean = name.strip();
            boolean descending = clean.startsWith("-");
            paths.resolve(object, descending ? clean.substring(1) : clean, violations)
                    .ifPresent(path -> keys.add(new SortKey(path, descending)));
        }
        if (keys.size() > MAX_SORTS) violations.add(Violation.of("sort", "too-many", "max", MAX_SORTS));
        for (var key : keys)
            if (!isOrdered(key.path())) violations.add(Violation.of(key.path().text(), "not-sortable"));
        return List.copyOf(keys);
    }

    /** Tokens of encrypted values have an order of their own, and lists none. */
    private static boolean isOrdered(FieldPath path) {
        return !path.mainPart().type().isArray() && !(path.field().type() instanceof EncryptedText);
    }

    private static List<Measure> measures(
            ObjectView object, PathResolver paths, List<JsonNode> nodes, String at, List<Violation> violations) {
        var measures = new ArrayList<Measure>();
        for (int i = 0; i < nodes.size(); i++)
            measure(object, paths, nodes.get(i), at + "[" + i + "]", violations).ifPresent(measures::add);
        return measures;
    }

    private static Optional<Measure> measure(
            ObjectView object, PathResolver paths, JsonNode node, String at, List<Violation> violations) {
        if (!node.isObject()) {
            violations.add(Violation.of(at, "object-expected"));
            return Optional.empty();
        }
        var members = Members.of(node);
        var code = members.text("fn");
        var name = members.optionalText("field");
        members.violations().forEach(v -> violations.add(v.under(at)));
        for (var member : node.propertyNames())
            if (!member.equals("fn") && !member.equals("field"))
                violations.add(Violation.of(at + "." + member, "unknown-member"));
        var function = function(code);
        if (function.isEmpty()) {
            violations.add(
                    Violation.of(at + ".fn", "choice", "allowed", "count, countDistinct, sum, avg, min, max, median"));
            return Optional.empty();
        }
        if (name.isEmpty()) {
            if (function.get() != Function.COUNT) violations.add(Violation.of(at + ".field", "required"));
            return Optional.of(new Measure(Function.COUNT, null));
        }
        return paths.resolve(object, name.get(), violations)
                .flatMap(path -> checked(function.get(), path, at, violations));
    }

    private static Optional<Measure> checked(Function function, FieldPath path, String at, List<Violation> violations) {
        boolean fits = switch (function) {
            case COUNT, COUNT_DISTINCT -> isOrdered(path);
            case SUM, AVG, MEDIAN ->
                path.field().type() instanceof NumberTypes.NumberLike
                        || path.field().type() instanceof NumberTypes.Whole
                        || path.field().type() instanceof TimeTypes.Span
                        || path.field().type() instanceof NumberTypes.MoneyAmount
                                && path.mainPart().name().equals("amount");
            case MIN, MAX ->
                switch (path.mainPart().type()) {
                    case CODES, UUIDS, UUID, BOOLEAN -> false;
                    default -> isOrdered(path);
                };
        };
        if (!fits) violations.add(Violation.of(at + ".fn", "operator"));
        return fits ? Optional.of(new Measure(function, path)) : Optional.empty();
    }

    private static Optional<Function> function(String code) {
        return switch (code) {
            case "count" -> Optional.of(Function.COUNT);
            case "countDistinct" -> Optional.of(Function.COUNT_DISTINCT);
            case "sum" -> Optional.of(Function.SUM);
            case "avg" -> Optional.of(Function.AVG);
            case "median" -> Optional.of(Function.MEDIAN);
            case "min" -> Optional.of(Function.MIN);
            case "max" -> Optional.of(Function.MAX);
            default -> Optional.empty();
        };
    }

    /** @throws Refusal 422 with every violation */
    public AggregateReader.Request readAggregate(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var paths = new PathResolver(access.catalogue(actor));
        var filter = filter(actor, object, members, paths);
        var keys = new ArrayList<GroupKey>();
        var groupBy = members.list("groupBy");
        for (int i = 0; i < groupBy.size(); i++)
            groupKey(object, paths, groupBy.get(i), "groupBy[" + i + "]", members.violations())
                    .ifPresent(keys::add);
        if (keys.size() > 4) members.violations().add(Violation.of("groupBy", "too-many", "max", 4));
        var nodes = members.list("measures");
        var measures = nodes.isEmpty()
                ? List.of(new Measure(Function.COUNT, null))
                : measures(object, paths, nodes, "measures", members.violations());
        refuseRepeated("groupBy", keys.stream().map(key -> key.path().text()).toList(), members.violations());
        refuseRepeated(
                "measures", measures.stream().map(QueryReader::measureName).toList(), members.violations());
        int limit = members.whole("limit", 1000, 1, 5000);
        var sort = aggregateSort(members.optionalText("sort").orElse(""), keys, measures, members.violations());
        members.done();
        return new AggregateReader.Request(object.definition(), filter, keys, measures, sort, limit, actor.locale());
    }

    /** An answer has one member of a name. */
    private static void refuseRepeated(String member, List<String> names, List<Violation> violations) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++)
            if (!seen.add(names.get(i))) violations.add(Violation.of(member + "[" + i + "]", "repeated-code"));
    }

    private static Optional<GroupKey> groupKey(
            ObjectView object, PathResolver paths, JsonNode node, String at, List<Violation> violations) {
        if (!node.isObject() || !node.path("field").isString()) {
            violations.add(Violation.of(at, "object-expected"));
            return Optional.empty();
        }
        for (var member : node.propertyNames())
            if (!member.equals("bucket") && !member.equals("field"))
                violations.add(Violation.of(at + "." + member, "unknown-member"));
        var path = paths.resolve(object, node.get("field").stringValue(), violations);
        if (path.isEmpty()) return Optional.empty();
        var bucket = bucket(node.get("bucket"), path.get(), at, violations);
        if (!isOrdered(path.get())) violations.add(Violation.of(at + ".field", "operator"));
        return Optional.of(new GroupKey(path.get(), bucket));
    }

    private static @Nullable Bucket bucket(
            @Nullable JsonNode node, FieldPath path, String at, List<Violation> violations) {
        if (node == null || node.isNull()) return null;
        var type = path.mainPart().type();
        boolean time =
                type == dev.rapport.metadata.ColumnType.DATE || type == dev.rapport.metadata.ColumnType.TIMESTAMP;
        var known = Arrays.stream(Bucket.values())
                .filter(bucket -> node.isString()
                        && bucket.name().toLowerCase(Locale.ROOT).equals(node.stringValue()))
                .findFirst();
        if (!time || known.isEmpty())
            violations.add(Violation.of(at + ".bucket", "choice", "allowed", "day, week, month, quarter, year"));
        return known.orElse(null);
    }

    private static @Nullable Integer aggregateSort(
            String text, List<GroupKey> keys, List<Measure> measures, List<Violation> violations) {
        if (text.isBlank()) return null;
        boolean descending = text.startsWith("-");
        var name = descending ? text.substring(1) : text;
        for (int i = 0; i < keys.size(); i++)
            if (keys.get(i).path().text().equals(name)) return descending ? -1 - i : i;
        for (int i = 0; i < measures.size(); i++)
            if (measureName(measures.get(i)).equals(name)) return descending ? -1 - (keys.size() + i) : keys.size() + i;
        violations.add(Violation.of(
                "sort",
                "choice",
                "allowed",
                measures.stream().map(QueryReader::measureName).collect(Collectors.joining(", "))));
        return null;
    }

    /** How a measure is named in answers and sorts: {@code count}, {@code sum(total)}. */
    public static String measureName(Measure measure) {
        var words = measure.function().name().split("_");
        var code = words[0].toLowerCase(Locale.ROOT) + (words.length > 1 ? "Distinct" : "");
        return measure.path() == null ? code : code + "(" + measure.path().text() + ")";
    }

    /** @throws Refusal 404 if {@code text} is no id */
    public static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
