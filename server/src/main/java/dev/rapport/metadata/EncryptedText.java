package dev.rapport.metadata;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * One line of words that is kept encrypted, such as the number of an identity card. Answers, files and histories show
 * {@link #MASK} in its place; whoever may read it asks for it by itself, and that is written down. It can be compared for
 * equality, and nothing else.
 */
public final class EncryptedText extends BaseType<Sealed> {
    public static final String MASK = "••••••";
    private static final int LONGEST = 500;
    private static final String TOKEN = "token";

    public EncryptedText() {
        super("encrypted", ColumnType.CODE);
    }

    @Override
    public Sealed parse(String text, ReadContext context) throws InvalidValue {
        var clean = WrittenText.storable(text.strip());
        if (clean.codePoints().anyMatch(c -> c == '\n' || c == '\r')) throw InvalidValue.of("one-line");
        if (!clean.isEmpty() && clean.chars().allMatch(c -> c == '•' || c == '*')) throw InvalidValue.of("mask");
        return Sealed.written(WrittenText.limited(clean, LONGEST));
    }

    @Override
    public String text(Sealed value) {
        return MASK;
    }

    @Override
    public String searchText(Sealed value) {
        return "";
    }

    @Override
    public void writeKept(JsonGenerator json, Sealed value) {
        json.writeStartObject();
        json.writeStringProperty(TOKEN, value.token());
        json.writeEndObject();
    }

    @Override
    public Sealed readKept(JsonNode json, ReadContext context) throws InvalidValue {
        if (!json.path(TOKEN).isString()) throw InvalidValue.of("type", "expected", code());
        return Sealed.stored(json.get(TOKEN).stringValue());
    }

    @Override
    public @Nullable Object[] toColumns(Sealed value) {
        return new Object[] {value.token()};
    }

    @Override
    public @Nullable Sealed fromColumns(@Nullable Object[] columns) {
        return columns[0] == null ? null : Sealed.stored((String) columns[0]);
    }
}
