package dev.rapport.query;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.val;

import dev.rapport.database.Tx;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.schema.SearchWords;
import dev.rapport.text.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Some records by their search keys: by words and starts of words, or by what stands anywhere in them. The index of one
 * record in sixteen is asked first: of what is common it has enough, so that it costs no more to look for however many
 * records hold it. The whole index is read only if that gave too few.
 */
final class WordSearch {
    /** A search for a common word and the start of a rare one ends here. */
    private static final int MOST_LOOKED_AT = 500;

    private final Relation relation;
    private final Selection selection;
    private final boolean planOnce;

    WordSearch(ObjectDef object, List<FieldPath> fields, RowScope scope, Catalogue catalogue) {
        relation = Relation.root(object, ListStatement.ROOT, scope);
        planOnce = scope.visible(object, relation.source()).equals(DSL.trueCondition());
        selection = new Selection(relation, false).with(catalogue::require);
        fields.forEach(selection::select);
    }

    /** The statement by words, which runs for any {@link Words}. */
    RenderedQuery byWords(int limit) {
        return rendered(holdsWords(), MOST_LOOKED_AT, limit);
    }

    /** The statement by {@code parts} patterns of what stands anywhere in the key. */
    RenderedQuery anywhere(int parts, int limit) {
        Condition holds = DSL.trueCondition();
        for (int i = 1; i <= parts; i++) holds = holds.and(holdsPattern(i));
        return rendered(holds, limit, limit);
    }

    private RenderedQuery rendered(Condition holds, int most, int limit) {
        var columns = new ArrayList<SelectFieldOrAsterisk>(selection.columns());
        columns.add(relation.searchKey());
        var found = relation.live().and(holds);
        var sample = sampled();
        var names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
        var looked = select(columns, found.and(sample))
                .unionAll(select(columns, found.and(not(sample))))
                .limit(DSL.inline(most))
                .asTable("s", names);
        var select = Tx.renderer()
                .select(Arrays.stream(names)
                        .limit(names.length - 1L)
                        .map(column -> DSL.field(name("s", column)))
                        .toList())
                .from(looked)
                .where(holdsPatterns(DSL.field(name("s", names[names.length - 1]))))
                .limit(DSL.inline(limit));
        return new RenderedQuery(select, selection, List.of(), List.of(), planOnce);
    }

    private SelectConditionStep<Record> select(List<SelectFieldOrAsterisk> columns, Condition condition) {
        return Tx.renderer().select(columns).from(relation.from()).where(condition);
    }

    private static Condition holdsPatterns(Field<?> key) {
        return CustomCondition.of(context -> context.visit(key)
                .sql(" like all ((select ")
                .visit(val(RenderedQuery.ANY_TEXTS))
                .sql("::text[])::text[])"));
    }

    private Condition holdsPattern(int at) {
        return CustomCondition.of(context -> context.visit(relation.searchKey())
                .sql(" like (select (")
                .visit(val(RenderedQuery.ANY_TEXTS))
                .sql("::text[])[" + at + "])"));
    }

    /** The subselect hides the words from the planner: whatever they are, the index is the way. */
    private Condition holdsWords() {
        return CustomCondition.of(context -> context.sql(SearchWords.BEFORE_KEY)
                .visit(relation.searchKey())
                .sql(SearchWords.BEHIND_KEY + " @@ (select ")
                .visit(val(RenderedQuery.ANY_TEXT))
                .sql("::tsquery)"));
    }

    private Condition sampled() {
        return CustomCondition.of(context ->
                context.sql(SearchWords.BEFORE_ID).visit(relation.id()).sql(SearchWords.BEHIND_ID));
    }

    /** Patterns of words anywhere, short ones only where a word starts. */
    static String[] patterns(List<String> words) {
        return words.stream()
                .map(word -> (SearchText.isShort(word) ? "% " : "%") + PredicateRenderer.escaped(word) + "%")
                .toArray(String[]::new);
    }

    /**
     * What a person typed, as PostgreSQL is asked for it.
     *
     * @param query for the index of words
     * @param patterns that the key must match besides: starts of words that are so short that very many words start so
     */
    record Words(String query, String[] patterns) {
        /** @return null if some way to read what was typed has a word without letters and digits */
        static @Nullable Words of(List<List<String>> options) {
            var any = new LinkedHashSet<String>();
            var patterns = new ArrayList<String>();
            for (var words : options) {
                boolean selective = words.stream().anyMatch(word -> !SearchText.isShort(word));
                var all = new ArrayList<String>();
                for (var word : words) {
                    var terms = SearchText.terms(word);
                    if (terms.isEmpty()) return null;
                    // letters and digits only, so nothing in it has to be escaped
                    if (selective && SearchText.isShort(word) && !SearchText.isChinese(word))
                        patterns.add("% " + word + "%");
                    else terms.forEach(term -> all.add(quoted(term)));
                }
                any.add("(" + String.join(" & ", all) + ")");
            }
            return new Words(
                    String.join(" | ", any), options.size() > 1 ? new String[0] : patterns.toArray(String[]::new));
        }

        private static String quoted(String term) {
            boolean starts = term.endsWith("*");
            var word = starts ? term.substring(0, term.length() - 1) : term;
            return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'" + (starts ? ":*" : "");
        }
    }
}
