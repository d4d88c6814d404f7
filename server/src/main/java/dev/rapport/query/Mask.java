package dev.rapport.query;

import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.left;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.right;
import static org.jooq.impl.DSL.when;

import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.TextTypes;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What is shown of a value that is hidden: enough to see that there is one, and to recognise one's own. */
final class Mask {
    private static final String STARS = "****";

    private Mask() {}

    static Field<Object> of(FieldType<?> type, Field<Object> column) {
        var text = column.coerce(String.class);
        Field<String> shown = switch (type) {
            // +86138****5678
            case TextTypes.Phone phone ->
                when(
                                length(text).gt(inline(8)),
                                concat(
                                        left(text, length(text).minus(inline(8))),
                                        inline(STARS),
                                        right(text, inline(4))))
                        .otherwise(inline(STARS));
            // z****@example.com
            case TextTypes.Email email ->
                concat(left(text, inline(1)), inline(STARS), DSL.substring(text, DSL.position(text, inline("@"))));
            case TextTypes.TextLike words -> concat(left(text, inline(1)), inline(STARS));
            default -> inline(null, SQLDataType.VARCHAR);
        };
        if (type instanceof EncryptedText) return column;
        if (type instanceof TextTypes.TextLike)
            return when(column.isNotNull(), shown).coerce(Object.class);
        return DSL.castNull(column.getDataType());
    }
}
