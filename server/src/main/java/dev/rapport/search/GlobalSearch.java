package dev.rapport.search;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.FieldPath;
import dev.rapport.query.ListReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.Predicate;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.RecordQuery.CountMode;
import dev.rapport.query.RecordQuery.Start;
import dev.rapport.query.RowPage;
import dev.rapport.query.Selection;
import dev.rapport.record.QueryReader;
import dev.rapport.search.Matching.Match;
import dev.rapport.text.SearchText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Finds records of all objects by what a person typed: some candidates of each object, then the best of them. Candidates are
 * looked for by whole words and starts of words; if there are few, within words; if there are none, as if mistyped.
 */
@Component
public class GlobalSearch {
    private static final int CANDIDATES = 80;
    private static final int FEW = 3;
    private static final int SHORTEST_MISTYPED = 4;

    private final Access access;
    private final Catalogue catalogue;
    private final Database database;
    private final ListReader lists;

    GlobalSearch(Access access, Catalogue catalogue, Database database, ListReader lists) {
        this.access = access;
        this.catalogue = catalogue;
        this.database = database;
        this.lists = lists;
    }

    /** One field's text with what was typed marked in it. */
    private record Marked(Field<?> field, String text, List<Match> marks) {}

    /** A candidate with the texts that the actor may read of it. */
    private record Found(ObjectView object, UUID id, Instant updatedAt, Map<Field<?>, String> texts) {}

    private record Hit(
            Found found,
            double score,
            Marked name,
            @Nullable Marked other) {}

    /**
     * @param objects names of the objects to look in; empty for all
     * @throws Refusal 422 if one of them is unknown
     */
    public JsonNode find(Actor actor, String typed, List<String> objects, int limit) {
        var options = SearchText.options(typed);
        var views = views(actor, objects);
        var hits = new ArrayList<Hit>();
        if (!options.isEmpty())
            database.read(tx -> {
                for (var view : views) hits.addAll(byWords(tx, actor, view, options));
                // what words hold wherever it stands is looked for otherwise only because keys may be of an older
                // format
                if (hits.isEmpty() || hits.size() < FEW && !isFoundAnywhere(options))
                    for (var view : views) hits.addAll(within(tx, actor, view, options, hits));
                if (hits.isEmpty()) for (var view : views) hits.addAll(mistyped(tx, actor, view, options));
                return true;
            });
        hits.sort(Comparator.comparingDouble(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.found().updatedAt(), Comparator.reverseOrder()));
        var answer = Json.object();
        var items = answer.putArray("items");
        hits.stream().limit(limit).forEach(hit -> write(items, hit));
        return answer;
    }

    private static boolean isFoundAnywhere(List<List<String>> options) {
        return options.stream().allMatch(words -> words.stream().allMatch(SearchText::isFoundAnywhere));
    }

    private List<ObjectView> views(Actor actor, List<String> names) {
        var visible = access.catalogue(actor);
        if (names.isEmpty())
            return catalogue.all().stream()
                    .filter(object -> object.group() != ObjectDef.Group.HIDDEN
                            && !object.searchable().isEmpty())
                    .flatMap(object -> visible.object(object.name()).stream())
                    .toList();
        var unknown = names.stream()
                .filter(name -> visible.object(name).isEmpty())
                .map(name -> Violation.of("objects", "unknown-object", "object", name))
                .toList();
        if (!unknown.isEmpty()) throw Refusal.invalid(unknown);
        return names.stream().flatMap(name -> visible.object(name).stream()).toList();
    }

    /** The index knows neither which fields the actor may read nor whether the parts of a word stand together. */
    private List<Hit> byWords(Tx tx, Actor actor, ObjectView view, List<List<String>> options) {
        var page = lists.byWords(tx, view.definition(), fields(actor, view), options, CANDIDATES, access.rows(actor));
        return hits(view, page, options, Matching::find).stream()
                .filter(hit -> hit.score() > 0)
                .toList();
    }

    private List<Hit> within(Tx tx, Actor actor, ObjectView view, List<List<String>> options, List<Hit> known) {
        var seen = known.stream().map(hit -> hit.found().id()).collect(Collectors.toSet());
        var hits = new ArrayList<Hit>();
        for (var words : options) {
            if (words.stream().noneMatch(SearchText::isIndexed)) continue;
            var page =
                    lists.anywhere(tx, view.definition(), fields(actor, view), words, CANDIDATES, access.rows(actor));
            for (var hit : hits(view, page, options, Matching::find))
                if (hit.score() > 0 && seen.add(hit.found().id())) hits.add(hit);
        }
        return hits;
    }

    /** Only where the whole key may be read: that a hidden value resembles what was typed must not be told either. */
    private List<Hit> mistyped(Tx tx, Actor actor, ObjectView view, List<List<String>> options) {
        var words = options.getFirst();
        boolean long_ = words.stream()
                .allMatch(word ->
                        word.length() >= SHORTEST_MISTYPED && word.charAt(0) < 0x250 && SearchText.isIndexed(word));
        var paths = new PathResolver(access.catalogue(actor));
        if (!long_ || QueryReader.searched(view, paths) != null) return List.of();
        var query = new RecordQuery(
                view.definition(),
                fields(actor, view),
                new Predicate.Resembles(words),
                List.of(),
                CANDIDATES,
                new Start.First(),
                CountMode.NONE,
                List.of(),
                false);
        var page = lists.some(tx, query, access.rows(actor));
        return hits(view, page, List.of(words), Matching::resembling).stream()
                .filter(hit -> hit.score() > 0)
                .toList();
    }

    /** What is looked at of each candidate. */
    private List<FieldPath> fields(Actor actor, ObjectView view) {
        var paths = new PathResolver(access.catalogue(actor));
        var fields = new ArrayList<FieldPath>();
        for (var field : view.definition().searchable())
            if (view.readable(field.name()).isPresent())
                paths.resolve(view, field.name(), new ArrayList<>()).ifPresent(fields::add);
        paths.resolve(view, "updatedAt", new ArrayList<>()).ifPresent(fields::add);
        return fields;
    }

    private static List<Hit> hits(
            ObjectView view, RowPage page, List<List<String>> options, BiFunction<String, String, Match> matching) {
        return page.rows().stream()
                .map(row -> hit(view, page.selection(), row, options, matching))
                .toList();
    }

    private static Hit hit(
            ObjectView view,
            Selection selection,
            @Nullable Object[] row,
            List<List<String>> options,
            BiFunction<String, String, Match> matching) {
        var texts = new LinkedHashMap<Field<?>, String>();
        var updatedAt = Instant.EPOCH;
        for (var item : selection.items()) {
            var columns = Arrays.copyOfRange(row, item.at(), item.at() + item.width());
            if (columns[0] instanceof Instant moment) updatedAt = moment;
            else texts.put(item.path().field(), text(item.path().field().type(), columns));
        }
        var found = new Found(view, (UUID) Objects.requireNonNull(row[0]), updatedAt, texts);
        return options.stream()
                .map(words -> hit(found, words, matching))
                .max(Comparator.comparingDouble(Hit::score))
                .orElseThrow();
    }

    private static <T> String text(FieldType<T> type, @Nullable Object[] columns) {
        T value = type.fromColumns(columns);
        return value == null ? "" : type.searchText(value);
    }

    /** Each word counts where it matches best; in the name it counts more. */
    private static Hit hit(Found found, List<String> words, BiFunction<String, String, Match> matching) {
        var texts = found.texts();
        var naming = found.object().definition().naming();
        var marks = new LinkedHashMap<Field<?>, List<Match>>();
        double score = 0;
        boolean all = true;
        for (var word : words) {
            Field<?> where = null;
            var best = Match.NONE;
            double most = 0;
            for (var entry : texts.entrySet()) {
                var match = matching.apply(entry.getValue(), word);
                double counts = match.score() * (entry.getKey().equals(naming) ? 1.5 : 1);
                if (counts <= most) continue;
                most = counts;
                best = match;
                where = entry.getKey();
            }
            score += most;
            all &= most > 0;
            if (where != null)
                marks.computeIfAbsent(where, k -> new ArrayList<>()).add(best);
        }
        var name = new Marked(naming, texts.getOrDefault(naming, ""), marks.getOrDefault(naming, List.of()));
        var other = marks.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(naming))
                .findFirst()
                .map(entry -> new Marked(entry.getKey(), texts.getOrDefault(entry.getKey(), ""), entry.getValue()))
                .orElseGet(() -> distinction(naming, texts));
        return new Hit(found, all ? score / words.size() : 0, name, other);
    }

    /** What tells the record from others of its name. */
    private static @Nullable Marked distinction(Field<?> naming, Map<Field<?>, String> texts) {
        return texts.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(naming) && !entry.getValue().isEmpty())
                .findFirst()
                .map(entry -> new Marked(entry.getKey(), entry.getValue(), List.of()))
                .orElse(null);
    }

    private static void write(ArrayNode items, Hit hit) {
        var item = items.addObject();
        item.put("object", hit.found().object().definition().name());
        item.put("id", hit.found().id().toString());
        item.put("name", hit.name().text().isEmpty() ? null : hit.name().text());
        writeMarks(item.putArray("marks"), hit.name().marks(), 0, Integer.MAX_VALUE);
        var other = hit.other();
        if (other == null) {
            item.putNull("match");
            return;
        }
        var match = item.putObject("match");
        match.put("field", other.field().name());
        int first = other.marks().stream().mapToInt(Match::from).min().orElse(0);
        int from = Math.max(0, first - 40);
        int to = Math.min(other.text().length(), from + 160);
        match.put("text", other.text().substring(from, to));
        writeMarks(match.putArray("marks"), other.marks(), from, to);
    }

    private static void writeMarks(ArrayNode array, List<Match> marks, int from, int to) {
        for (var mark : Matching.joined(marks))
            if (mark.from() >= from && mark.to() <= to)
                array.addArray().add(mark.from() - from).add(mark.to() - from);
    }
}
