package dev.rapport.record;

import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a caller wants a record to be. Every wrong or unknown member is found at once; from here on values are typed. */
final class DraftReader {
    private final CatalogueView catalogue;
    private final ReadContext context;
    private final boolean written;

    DraftReader(CatalogueView catalogue, ReadContext context) {
        this(catalogue, context, false);
    }

    /** @param written whether texts are read as people write them in files and sheets, and links by names */
    DraftReader(CatalogueView catalogue, ReadContext context, boolean written) {
        this.catalogue = catalogue;
        this.context = context;
        this.written = written;
    }

    /** @param skipped members that are not fields, such as {@code id} and {@code version} of a bulk item */
    Patch read(ObjectView object, JsonNode body, Set<String> skipped, List<Violation> violations) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        if (!body.isObject()) {
            violations.add(Violation.of("", "object-expected"));
            return new Patch(values);
        }
        for (var member : body.properties()) {
            if (!skipped.contains(member.getKey())) read(object, member, values, violations);
        }
        return new Patch(values);
    }

    private void read(
            ObjectView object,
            Map.Entry<String, JsonNode> member,
            Map<Field<?>, @Nullable Object> values,
            List<Violation> violations) {
        var field = object.readable(member.getKey()).orElse(null);
        if (field == null) {
            violations.add(Violation.of(member.getKey(), "unknown-field"));
            return;
        }
        if (!object.canWrite(field)) {
            violations.add(Violation.of(member.getKey(), "read-only"));
            return;
        }
        try {
            values.put(field, value(field, member.getValue()));
        } catch (InvalidValue e) {
            violations.add(e.violation().under(field.name()));
        }
    }

    private @Nullable Object value(Field<?> field, JsonNode json) throws InvalidValue {
        if (json.isNull()) return null;
        if (json.isObject() && field.type() instanceof LinkTypes.Lookup lookup) return match(lookup, json);
        boolean blank = json.isString() && json.stringValue().isBlank() || json.isArray() && json.isEmpty();
        if (blank && !(field.type() instanceof NumberTypes.Flag)) return null;
        if (written && json.isString())
            return written(field.type(), json.stringValue().strip());
        var value = field.type().read(json, context);
        return value instanceof dev.rapport.kernel.Address address && address.isEmpty() ? null : value;
    }

    private Object written(FieldType<?> type, String text) throws InvalidValue {
        if (!(type instanceof LinkTypes.Lookup lookup)) return type.parse(text, context);
        var target = catalogue.object(lookup.target()).orElseThrow(() -> InvalidValue.of("unknown-field"));
        var name = target.readable(target.definition().nameField()).orElseThrow(() -> InvalidValue.of("lookup-form"));
        if (!isKey(name)) throw InvalidValue.of("lookup-form");
        return new Patch.Match(name, key(name.type(), text));
    }

    private <T> String key(FieldType<T> type, String text) throws InvalidValue {
        return type.text(type.parse(text, context));
    }

    private static boolean isKey(Field<?> field) {
        return (field.is(Trait.UNIQUE) || field.is(Trait.FILTERABLE)) && !(field.type() instanceof EncryptedText);
    }

    private Patch.Match match(LinkTypes.Lookup lookup, JsonNode json) throws InvalidValue {
        var target = catalogue.object(lookup.target()).orElseThrow(() -> InvalidValue.of("unknown-field"));
        if (json.size() == 1 && json.path("externalId").isString())
            return match(target, "externalId", json.get("externalId"));
        if (json.size() == 1
                && json.path("match").isObject()
                && json.get("match").size() == 1) {
            var entry = json.get("match").properties().iterator().next();
            return match(target, entry.getKey(), entry.getValue());
        }
        throw InvalidValue.of("lookup-form");
    }

    private Patch.Match match(ObjectView target, String fieldName, JsonNode key) throws InvalidValue {
        var field = target.readable(fieldName).orElseThrow(() -> InvalidValue.at(fieldName, "unknown-field"));
        if (!isKey(field) || !key.isString()) throw InvalidValue.at(fieldName, "lookup-form");
        return new Patch.Match(field, field.type().mainPart().scalar() == null ? text(field, key) : key.stringValue());
    }

    private <T> String text(Field<T> field, JsonNode key) throws InvalidValue {
        return field.type().text(field.type().read(key, context));
    }
}
