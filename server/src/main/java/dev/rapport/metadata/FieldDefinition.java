package dev.rapport.metadata;

import dev.rapport.http.Members;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Violation;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A custom field as the API takes it and the database keeps it: one JSON object. */
public final class FieldDefinition {
    /** Longest column a field may ask for; with the longest table's name before it, a sequence's name still fits. */
    private static final int LONGEST_COLUMN = 32;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*_c");
    private static final Set<String> FUNCTIONS = Set.of("count", "sum", "min", "max", "avg");
    private static final ReadContext NOWHERE =
            new ReadContext("CN", Currency.getInstance("CNY"), java.time.ZoneOffset.UTC);

    private FieldDefinition() {}

    /** Reads one field; every mistake is added to the members' violations. */
    public static Field<?> read(Members members) {
        var name = members.text("name");
        var labels = FieldTypes.labels(members, "labels");
        var type = FieldTypes.read(members);
        var computation = computation(members);
        var traits = traits(members, type, computation);
        var help =
                members.has("help") && members.member("help").isPresent() ? FieldTypes.labels(members, "help") : null;
        var field = new Field<>(
                name, type, labels, traits, defaultValue(members, type), help, computation, dependence(members, type));
        if (!name.isBlank()) checkName(members, field);
        return field;
    }

    private static void checkName(Members members, Field<?> field) {
        if (!NAME.matcher(field.name()).matches()) members.violations().add(Violation.of("name", "custom-name"));
        else if (field.columnName("").length() > LONGEST_COLUMN)
            members.violations().add(Violation.of("name", "too-long", "max", LONGEST_COLUMN));
    }

    private static Set<Trait> traits(Members members, FieldType<?> type, @Nullable Computation computation) {
        var traits = EnumSet.noneOf(Trait.class);
        for (var trait : List.of(Trait.REQUIRED, Trait.UNIQUE, Trait.SEARCHABLE, Trait.FILTERABLE, Trait.SENSITIVE)) {
            var name = trait.name().toLowerCase(Locale.ROOT);
            if (!members.flag(name)) continue;
            traits.add(trait);
            if (!fits(trait, type, computation)) members.violations().add(Violation.of(name, "trait-type"));
        }
        if (computation != null) traits.addAll(List.of(Trait.READ_ONLY, Trait.NO_HISTORY));
        if (type instanceof TextTypes.AutoNumber) traits.add(Trait.READ_ONLY);
        return traits;
    }

    /** Whether fields of this type can have the trait at all. */
    private static boolean fits(Trait trait, FieldType<?> type, @Nullable Computation computation) {
        boolean list = type.mainPart().type().isArray();
        return switch (trait) {
            case REQUIRED -> computation == null && !(type instanceof TextTypes.AutoNumber);
            case UNIQUE ->
                computation == null
                        && !list
                        && (isText(type) && !(type instanceof TextTypes.Choices) || type instanceof EncryptedText);
            case SEARCHABLE -> computation == null && (isText(type) || type instanceof CompoundTypes.FullName);
            case FILTERABLE ->
                !(type instanceof LinkTypes.Attachment) && type.mainPart().type() != ColumnType.LONG_TEXT;
            default -> true;
        };
    }

    private static boolean isText(FieldType<?> type) {
        return type instanceof TextTypes.TextLike;
    }

    private static @Nullable String defaultValue(Members members, FieldType<?> type) {
        var written = members.optionalText("default").orElse("");
        if (written.isBlank()) return null;
        try {
            if (type instanceof LinkTypes.Reference || type instanceof EncryptedText)
                throw InvalidValue.of("no-default");
            type.parse(written, NOWHERE);
        } catch (InvalidValue e) {
            members.violations().add(e.violation().under("default"));
        }
        return written;
    }

    private static @Nullable Computation computation(Members members) {
        var formula = members.optionalText("formula").orElse(null);
        // kept beside a formula by the server
        var reads = formula == null ? Set.<String>of() : Set.copyOf(members.texts("reads"));
        var rollUp = members.member("rollUp").orElse(null);
        if (formula != null && rollUp != null) members.violations().add(Violation.of("rollUp", "set-or-delete"));
        if (formula != null) return new Computation.Formula(formula, reads);
        return rollUp == null ? null : rollUp(members, rollUp);
    }

    private static @Nullable Computation rollUp(Members owner, JsonNode node) {
        if (!node.isObject()) {
            owner.violations().add(Violation.of("rollUp", "object-expected"));
            return null;
        }
        var members = Members.of(node);
        var function = members.oneOf("function", "", FUNCTIONS);
        var child = members.text("child");
        var via = members.text("via");
        var field = members.optionalText("field").orElse(null);
        var filter = members.member("filter").orElse(null);
        if (!function.equals("count") && field == null) members.violations().add(Violation.of("field", "required"));
        if (FieldTypes.refused(owner, members, "rollUp")) return null;
        return new Computation.RollUp(
                Computation.Function.valueOf(function.toUpperCase(Locale.ROOT)),
                child,
                via,
                function.equals("count") ? null : field,
                filter);
    }

    private static Field.@Nullable Dependence dependence(Members owner, FieldType<?> type) {
        var node = owner.member("dependsOn").orElse(null);
        if (node == null) return null;
        if (!node.isObject() || !(type instanceof TextTypes.Choices choices)) {
            owner.violations().add(Violation.of("dependsOn", "trait-type"));
            return null;
        }
        var members = Members.of(node);
        var field = members.text("field");
        var allowed = new HashMap<String, List<String>>();
        var codes = new TreeSet<>(choices.choices().stream().map(Choice::code).toList());
        members.member("allowed").ifPresent(map -> {
            for (var entry : map.properties()) allowed.put(entry.getKey(), codes(members, entry, codes));
        });
        return FieldTypes.refused(owner, members, "dependsOn")
                ? null
                : new Field.Dependence(field, Map.copyOf(allowed));
    }

    private static List<String> codes(Members members, Map.Entry<String, JsonNode> entry, Set<String> known) {
        var codes = new ArrayList<String>();
        entry.getValue().values().forEach(code -> {
            if (code.isString() && known.contains(code.stringValue())) codes.add(code.stringValue());
            else
                members.violations()
                        .add(Violation.of("allowed." + entry.getKey(), "choice", "allowed", String.join(", ", known)));
        });
        return List.copyOf(codes);
    }

    /** Labels of a built-in field that an administrator wants otherwise; the member is known to be an object. */
    static Labels labels(Members members, String name) {
        return FieldTypes.labels(members, name);
    }
}
