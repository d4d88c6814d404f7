package dev.rapport.query;

import dev.rapport.metadata.ObjectDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes two requests for a list ask PostgreSQL the same. Paths stand for themselves as text: within one object the
 * same text is the same field for everybody who may see it.
 *
 * @param scope compared by identity: {@code access} gives the same one as long as the rights are the same
 */
record ListKey(
        ObjectDef object,
        List<String> fields,
        @Nullable Predicate filter,
        String sort,
        int limit,
        boolean deleted,
        RowScope scope) {
    /** The first page of a list. */
    static ListKey ofPage(RecordQuery query, RowScope scope) {
        return new ListKey(
                query.object(),
                texts(query.fields()),
                query.filter(),
                ListReader.sortText(query.sort()),
                query.limit(),
                query.deleted(),
                scope);
    }

    /** The records of a list, whatever is shown of them and in which order. */
    static ListKey ofRecords(RecordQuery query, RowScope scope) {
        return new ListKey(query.object(), List.of(), query.filter(), "", 0, query.deleted(), scope);
    }

    /** The records of a list in their order. */
    static ListKey ofOrder(RecordQuery query, RowScope scope) {
        return new ListKey(
                query.object(),
                List.of(),
                query.filter(),
                ListReader.sortText(query.sort()),
                0,
                query.deleted(),
                scope);
    }

    /** One record by its id. */
    static ListKey ofRecord(ObjectDef object, List<FieldPath> fields, RowScope scope) {
        return new ListKey(object, texts(fields), null, "id", 1, false, scope);
    }

    /** Some records by what people type. @param kind of the search */
    static ListKey ofSearch(String kind, ObjectDef object, List<FieldPath> fields, int limit, RowScope scope) {
        return new ListKey(object, texts(fields), null, kind, limit, false, scope);
    }

    private static List<String> texts(List<FieldPath> fields) {
        return fields.stream().map(FieldPath::text).toList();
    }
}
