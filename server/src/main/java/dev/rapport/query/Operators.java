package dev.rapport.query;

import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.FieldType.Part;
import java.util.List;

/** Which filter operators each type of field understands. */
public final class Operators {
    private static final List<String> TEXT = List.of(
            "eq", "ne", "in", "notIn", "contains", "startsWith", "isEmpty", "lt", "lte", "gt", "gte", "between");
    private static final List<String> NUMBER =
            List.of("eq", "ne", "lt", "lte", "gt", "gte", "between", "in", "notIn", "isEmpty");
    private static final List<String> TIME =
            List.of("on", "before", "after", "between", "eq", "ne", "lt", "lte", "gt", "gte", "isEmpty");
    private static final List<String> FLAG = List.of("eq", "ne", "isEmpty");
    private static final List<String> LINK = List.of("eq", "ne", "in", "notIn", "isEmpty");
    private static final List<String> ENCRYPTED = List.of("eq", "ne", "in", "notIn", "isEmpty");
    private static final List<String> LIST = List.of("contains", "in", "notIn", "isEmpty");

    private Operators() {}

    /** Operators for a field named alone, the likeliest first. */
    public static List<String> of(FieldType<?> type) {
        return type instanceof EncryptedText ? ENCRYPTED : of(type.mainPart());
    }

    static List<String> of(FieldPath path) {
        return path.field().type() instanceof EncryptedText ? ENCRYPTED : of(path.mainPart());
    }

    private static List<String> of(Part part) {
        return switch (part.type()) {
            case CODE, WORDS, LONG_TEXT -> TEXT;
            case BIGINT, NUMERIC -> NUMBER;
            case DATE, TIMESTAMP -> TIME;
            case BOOLEAN -> FLAG;
            case UUID -> LINK;
            case CODES, UUIDS -> LIST;
        };
    }
}
