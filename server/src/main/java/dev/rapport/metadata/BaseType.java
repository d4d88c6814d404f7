package dev.rapport.metadata;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What all types share. */
public abstract sealed class BaseType<T> implements FieldType<T>
        permits TextTypes.TextLike,
                TextTypes.WordList,
                NumberTypes.Flag,
                NumberTypes.Whole,
                NumberTypes.NumberLike,
                NumberTypes.MoneyAmount,
                TimeTypes.Day,
                TimeTypes.Moment,
                TimeTypes.Span,
                LinkTypes.Reference,
                LinkTypes.Lookups,
                CompoundTypes.PostalAddress,
                CompoundTypes.FullName,
                EncryptedText {
    private final String code;
    private final List<Part> parts;

    BaseType(String code, ColumnType type) {
        this(code, List.of(Part.whole(type)));
    }

    BaseType(String code, List<Part> parts) {
        this.code = code;
        this.parts = parts;
    }

    @Override
    public final String code() {
        return code;
    }

    @Override
    public final List<Part> parts() {
        return parts;
    }

    @Override
    public T read(JsonNode json, ReadContext context) throws InvalidValue {
        if (!json.isString()) throw InvalidValue.of("type", "expected", code);
        return parse(json.stringValue(), context);
    }

    @Override
    public void write(JsonGenerator json, T value) {
        json.writeString(text(value));
    }
}
