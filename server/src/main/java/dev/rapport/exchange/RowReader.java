package dev.rapport.exchange;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Trait;
import dev.rapport.text.SpreadsheetText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the cells of a row into typed values, following the mapping. Made once per import, used for every row. */
final class RowReader {
    private final List<Target> targets = new ArrayList<>();
    private final int columns;
    private final ReadContext context;

    /** Where a cell goes. @param part empty for the whole field */
    private record Target(
            int column,
            Field<?> field,
            String part,
            @Nullable LookupKey lookup) {}

    /** The key by which a cell names a record. */
    record LookupKey(ObjectDef target, Field<?> key) {}

    /** A cell that names a record, still to be found. */
    record Named(Field<?> field, LookupKey by, String key) {}

    /** What a row says: values, records it names, and what is wrong with it. */
    record Parsed(Map<Field<?>, @Nullable Object> values, List<Named> named, List<Violation> violations) {}

    /** @param violations where wrong fields and columns of the mapping are added */
    RowReader(
            CatalogueView catalogue,
            ObjectView object,
            List<String> header,
            Map<String, List<String>> mapping,
            ReadContext context,
            List<Violation> violations) {
        this.columns = header.size();
        this.context = context;
        var filled = new HashMap<String, String>();
        mapping.forEach((column, paths) -> {
            int at = header.indexOf(column);
            if (at < 0) violations.add(Violation.of("mapping." + column, "column"));
            for (var path : paths) {
                var target = target(catalogue, object, at, path);
                if (target == null) violations.add(Violation.of(path, "unknown-field"));
                else if (!object.canWrite(target.field())) violations.add(Violation.of(path, "read-only"));
                else if (filled.put(path, column) != null) violations.add(Violation.of(path, "mapped-twice"));
                else if (at >= 0) targets.add(target);
            }
        });
    }

    private static @Nullable Target target(CatalogueView catalogue, ObjectView object, int column, String path) {
        var names = path.split("\\.", -1);
        var field = object.readable(names[0]).orElse(null);
        if (field == null || names.length > 2) return null;
        if (field.type() instanceof LinkTypes.Lookup lookup) {
            var target = catalogue.object(lookup.target()).orElse(null);
            if (target == null) return null;
            if (names.length == 2 && names[1].equals("id")) return new Target(column, field, "", null);
            var key = target.readable(
                            names.length == 2 ? names[1] : target.definition().nameField())
                    .orElse(null);
            if (key == null) return null;
            boolean usable = key.is(Trait.UNIQUE) || key.is(Trait.FILTERABLE);
            return usable ? new Target(column, field, "", new LookupKey(target.definition(), key)) : null;
        }
        if (names.length == 1) return new Target(column, field, "", null);
        boolean known =
                field.type().parts().stream().anyMatch(part -> part.name().equals(names[1]));
        return known ? new Target(column, field, names[1], null) : null;
    }

    Parsed read(List<String> cells) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var named = new ArrayList<Named>();
        var violations = new ArrayList<Violation>();
        var parts = new LinkedHashMap<Field<?>, Map<String, String>>();
        if (cells.size() > columns
                && cells.subList(columns, cells.size()).stream().anyMatch(cell -> !cell.isBlank()))
            violations.add(new Violation("", "row-width", Map.of("cells", cells.size(), "columns", columns)));
        for (var target : targets) {
            var cell = target.column() < cells.size()
                    ? unguarded(cells.get(target.column()).strip())
                    : "";
            if (cell.isEmpty()) continue;
            if (!target.part().isEmpty())
                parts.computeIfAbsent(target.field(), k -> new HashMap<>()).put(target.part(), cell);
            else if (target.lookup() != null) name(target, cell, named, violations);
            else put(target.field(), cell, values, violations);
        }
        parts.forEach((field, texts) -> combine(field, texts, values, violations));
        return new Parsed(values, named, violations);
    }

    /** Exports put a quote before text that a spreadsheet would run; exactly that one is taken off. */
    private static String unguarded(String cell) {
        boolean guarded = cell.length() > 1 && cell.charAt(0) == '\'' && SpreadsheetText.isDangerous(cell.charAt(1));
        return guarded ? cell.substring(1) : cell;
    }

    private void name(Target target, String cell, List<Named> named, List<Violation> violations) {
        var lookup = java.util.Objects.requireNonNull(target.lookup());
        try {
            named.add(new Named(target.field(), lookup, key(lookup.key(), cell)));
        } catch (InvalidValue e) {
            violations.add(e.violation().under(target.field().name()));
        }
    }

    private <T> String key(Field<T> field, String cell) throws InvalidValue {
        return field.type().text(field.type().parse(cell, context));
    }

    private void put(Field<?> field, String cell, Map<Field<?>, @Nullable Object> values, List<Violation> violations) {
        try {
            values.put(field, field.type().parse(cell, context));
        } catch (InvalidValue e) {
            violations.add(e.violation().under(field.name()));
        }
    }

    private void combine(
            Field<?> field,
            Map<String, String> texts,
            Map<Field<?>, @Nullable Object> values,
            List<Violation> violations) {
        try {
            switch (field.type()) {
                case CompoundTypes.FullName name -> values.put(field, name(field, texts, values));
                case CompoundTypes.PostalAddress address -> values.put(field, address(field, texts, values));
                case NumberTypes.MoneyAmount money ->
                    values.put(
                            field,
                            money.parse(
                                    texts.getOrDefault("amount", "") + " " + texts.getOrDefault("currency", ""),
                                    context));
                default -> put(field, texts.values().iterator().next(), values, violations);
            }
        } catch (InvalidValue e) {
            violations.add(e.violation().under(field.name()));
        }
    }

    private static Object name(Field<?> field, Map<String, String> texts, Map<Field<?>, @Nullable Object> values)
            throws InvalidValue {
        var family = texts.getOrDefault("family", "");
        var given = texts.getOrDefault("given", "");
        if (family.isEmpty() && given.isEmpty() && values.get(field) != null) return values.get(field);
        return CompoundTypes.FullName.checked(family, given);
    }

    private static Address address(Field<?> field, Map<String, String> texts, Map<Field<?>, @Nullable Object> values)
            throws InvalidValue {
        var written = values.get(field) instanceof Address whole ? whole : new Address("", "", "", "", "", "");
        var country = texts.get("country");
        return new Address(
                country == null ? written.country() : CompoundTypes.PostalAddress.country(country),
                part(texts, "province", written.province()),
                part(texts, "city", written.city()),
                part(texts, "district", written.district()),
                part(texts, "street", written.street()),
                part(texts, "postcode", written.postcode()));
    }

    private static String part(Map<String, String> texts, String name, String fallback) throws InvalidValue {
        var text = texts.get(name);
        return text == null ? fallback : CompoundTypes.PostalAddress.clean(text);
    }
}
