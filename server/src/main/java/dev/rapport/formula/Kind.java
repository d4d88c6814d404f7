package dev.rapport.formula;

import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.util.Locale;
import java.util.Optional;

/** What a part of a formula stands for. */
public enum Kind {
    TEXT,
    /** A {@code BigDecimal}; percent fields count as fractions, 12.5 % as 0.125. */
    NUMBER,
    MONEY,
    DATE,
    MOMENT,
    FLAG,
    /** A link to a record: can be compared and asked whether it is empty. */
    LINK,
    /** Several words: can be asked what they include and whether there are any. */
    LIST,
    /** The literal {@code null}, which fits everywhere. */
    NOTHING;

    /** The kind of a field's values, if formulas can read them. */
    static Optional<Kind> of(FieldType<?> type) {
        return Optional.ofNullable(
                switch (type) {
                    case TextTypes.TextLike text -> TEXT;
                    case CompoundTypes.FullName name -> TEXT;
                    case NumberTypes.NumberLike number -> NUMBER;
                    case NumberTypes.Whole whole -> NUMBER;
                    case NumberTypes.MoneyAmount money -> MONEY;
                    case NumberTypes.Flag flag -> FLAG;
                    case TimeTypes.Day day -> DATE;
                    case TimeTypes.Moment moment -> MOMENT;
                    case LinkTypes.Reference link -> LINK;
                    case TextTypes.WordList words -> LIST;
                    default -> null;
                });
    }

    /** Whether a value of this kind may stand where {@code wanted} is asked for. */
    boolean fits(Kind wanted) {
        return this == wanted || this == NOTHING;
    }

    /** Code of the field type that keeps values of this kind. */
    public String typeCode() {
        return switch (this) {
            case NUMBER -> "decimal";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
