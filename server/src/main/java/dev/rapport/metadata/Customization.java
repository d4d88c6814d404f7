package dev.rapport.metadata;

import dev.rapport.http.Members;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.ObjectDef.Group;
import dev.rapport.metadata.ObjectDef.Section;
import dev.rapport.metadata.ObjectDef.ValidationRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What administrators made of one object: for a custom object all of it, for a built-in one the fields, layouts and rules
 * that they added. Kept as one JSON document per object:
 *
 * <pre>{"object": {labels, plural, icon, group, nameLabels, sharing: {mode, parents}}, "fields": [FieldDefinition + deletedAt?],
 *  "adjusted": {builtInField: {labels?, help?, required?}}, "layouts": {list?, form?, related?},
 *  "rules": [{name, when, field?, message}], "matching": {enabled, level, ignored}, "deletedAt": …}</pre>
 */
public final class Customization {
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z][A-Za-z0-9]*_c");
    private static final Pattern RULE_NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,59}");
    private static final Pattern ICON = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LONGEST_TABLE = 24;
    private static final int MAX_FIELDS = 500;
    private static final int LONGEST_FIELD_NAME = 63;

    private Customization() {}

    /**
     * The object as administrators want it.
     *
     * @param builtIn null for a custom object
     * @throws Refusal 422 with every mistake in {@code definition}
     */
    public static ObjectDef apply(String name, @Nullable ObjectDef builtIn, JsonNode definition) {
        var members = Members.of(definition);
        var fields = fields(members);
        var head = members.member("object").orElse(null);
        var adjusted = members.member("adjusted").orElse(null);
        var layouts = members.member("layouts").orElse(null);
        var rules = rules(members);
        var matching = matching(members);
        members.member("deletedAt");
        var builder = builtIn == null ? custom(members, name, head) : adjusted(members, builtIn, adjusted);
        builder.fields(fields.toArray(Field<?>[]::new));
        builder.rules(rules);
        builder.matching(matching);
        var whole = builder.build();
        requireParents(members, whole);
        members.done();
        return arranged(members, whole, fields, layouts);
    }

    /** Whether the definition or the field in it lies in the recycle bin. */
    public static boolean isDeleted(JsonNode node) {
        return node.path("deletedAt").isString();
    }

    private static List<Field<?>> fields(Members members) {
        var fields = new ArrayList<Field<?>>();
        var names = new HashSet<String>();
        var written = members.list("fields");
        if (written.size() > MAX_FIELDS)
            members.violations().add(Violation.of("fields", "too-many", "max", MAX_FIELDS));
        for (var node : written) {
            if (isDeleted(node)) continue;
            var nested = Members.of(node);
            var field = FieldDefinition.read(nested);
            var at = "fields." + field.name();
            if (!FieldTypes.refused(members, nested, at)) fields.add(field);
            if (!names.add(field.name())) members.violations().add(Violation.of(at, "repeated-code"));
        }
        return fields;
    }

    private static ObjectDef.Builder custom(Members owner, String name, @Nullable JsonNode head) {
        if (!OBJECT_NAME.matcher(name).matches()) owner.violations().add(Violation.of("name", "custom-name"));
        if (head == null || !head.isObject()) throw Refusal.invalid(Violation.of("object", "object-expected"));
        var members = Members.of(head);
        var labels = FieldTypes.labels(members, "labels");
        var plural = FieldTypes.labels(members, "plural");
        var icon = members.optionalText("icon").orElse("box");
        if (!ICON.matcher(icon).matches()) members.violations().add(Violation.of("icon", "choice-code"));
        var group = members.oneOf("group", "records", Set.of("records", "hidden"));
        var nameLabels =
                members.has("nameLabels") ? FieldTypes.labels(members, "nameLabels") : new Labels("Name", "名称");
        var sharing = sharing(members);
        FieldTypes.refused(owner, members, "");
        var nameField = Field.field(
                "name",
                new TextTypes.Text(),
                nameLabels.en(),
                nameLabels.zh(),
                Trait.REQUIRED,
                Trait.SEARCHABLE,
                Trait.FILTERABLE);
        var builder = ObjectDef.object(name, labels, plural)
                .icon(icon)
                .group(group.equals("hidden") ? Group.HIDDEN : Group.RECORDS)
                .fields(nameField);
        if (sharing != null) builder.sharing(sharing);
        if (OBJECT_NAME.matcher(name).matches() && builder.build().table().length() > LONGEST_TABLE + 2)
            owner.violations().add(Violation.of("name", "too-long", "max", LONGEST_TABLE));
        return builder;
    }

    /** Null for what objects usually have: each record belongs to its owner. */
    private static @Nullable Sharing sharing(Members owner) {
        var node = owner.member("sharing").orElse(null);
        if (node == null || node.isNull()) return null;
        if (!node.isObject()) throw Refusal.invalid(Violation.of("sharing", "object-expected"));
        var members = Members.of(node);
        var mode = members.oneOf("mode", "owned", Set.of("owned", "common", "controlled"));
        var parents = members.texts("parents").stream().distinct().toList();
        if (mode.equals("controlled") && parents.isEmpty())
            members.violations().add(Violation.of("parents", "sharing-parents-missing"));
        if (mode.equals("common") && !parents.isEmpty())
            members.violations().add(Violation.of("parents", "unknown-member"));
        if (FieldTypes.refused(owner, members, "sharing")) return null;
        return new Sharing(Sharing.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), parents);
    }

    /** The records that others belong to are those which their links lead to: such a link cannot be taken away. */
    private static void requireParents(Members owner, ObjectDef object) {
        if (!object.isCustom()) return;
        for (var parent : object.sharing().parents()) {
            var field = object.field(parent).orElse(null);
            boolean links = field != null && field.isCustom() && field.type() instanceof LinkTypes.Lookup;
            if (!links) owner.violations().add(Violation.of("sharing.parents", "sharing-parent", "parent", parent));
        }
    }

    private static ObjectDef.Builder adjusted(Members owner, ObjectDef builtIn, @Nullable JsonNode adjusted) {
        if (adjusted == null) return builtIn.toBuilder();
        var fields = new ArrayList<Field<?>>();
        for (var field : builtIn.fields()) {
            var node = adjusted.get(field.name());
            boolean own = !SystemFields.NAMES.contains(field.name());
            fields.add(node == null || !own ? field : adjusted(owner, field, node));
        }
        return builtIn.toBuilder().replaceFields(fields);
    }

    private static Field<?> adjusted(Members owner, Field<?> field, JsonNode node) {
        var members = Members.of(node);
        var labels = members.has("labels") ? FieldTypes.labels(members, "labels") : field.labels();
        var help = members.has("help") ? FieldTypes.labels(members, "help") : field.help();
        var traits = EnumSet.noneOf(Trait.class);
        traits.addAll(field.traits());
        if (members.flag("required")) {
            traits.add(Trait.REQUIRED);
            if (!field.isWritable()) members.violations().add(Violation.of("required", "trait-type"));
        }
        FieldTypes.refused(owner, members, "adjusted." + field.name());
        return field.adjusted(labels, traits, help);
    }

    private static List<ValidationRule> rules(Members owner) {
        var rules = new ArrayList<ValidationRule>();
        for (var node : owner.list("rules")) {
            if (!node.isObject()) throw Refusal.invalid(Violation.of("rules", "object-expected"));
            var members = Members.of(node);
            var name = members.text("name");
            if (!name.isBlank() && !RULE_NAME.matcher(name).matches())
                members.violations().add(Violation.of("name", "choice-code"));
            var rule = new ValidationRule(
                    name,
                    members.text("when"),
                    members.optionalText("field").orElse(null),
                    FieldTypes.labels(members, "message"));
            if (!FieldTypes.refused(owner, members, "rules." + rules.size())) rules.add(rule);
        }
        return List.copyOf(rules);
    }

    /** Fields that are ignored and no more there are passed over. */
    private static MatchRules matching(Members owner) {
        var node = owner.member("matching").orElse(null);
        if (node == null) return MatchRules.USUAL;
        if (!node.isObject()) throw Refusal.invalid(Violation.of("matching", "object-expected"));
        var members = Members.of(node);
        boolean enabled = !members.has("enabled") || members.flag("enabled");
        var level = members.oneOf("level", "usual", Set.of("strict", "usual", "loose"));
        var ignored = Set.copyOf(members.texts("ignored"));
        if (ignored.size() > MAX_FIELDS)
            members.violations().add(Violation.of("ignored", "too-many", "max", MAX_FIELDS));
        if (ignored.stream().anyMatch(name -> name.length() > LONGEST_FIELD_NAME))
            members.violations().add(Violation.of("ignored", "too-long", "max", LONGEST_FIELD_NAME));
        if (FieldTypes.refused(owner, members, "matching")) return MatchRules.USUAL;
        return new MatchRules(enabled, MatchRules.Level.valueOf(level.toUpperCase(Locale.ROOT)), ignored);
    }

    /** Lists, forms and related lists as the layout asks; what it names and is no more there is passed over. */
    private static ObjectDef arranged(
            Members owner, ObjectDef object, List<Field<?>> custom, @Nullable JsonNode layouts) {
        var builder = object.toBuilder();
        var list = texts(layouts, "list");
        if (!list.isEmpty()) builder.listing(list.toArray(String[]::new));
        else if (object.isCustom()) builder.listing(ownColumns(object));
        var form = layouts == null ? null : layouts.get("form");
        var sections = form == null ? object.form() : sections(owner, object, form);
        builder.sections(completed(object, custom, sections));
        var related = texts(layouts, "related");
        if (!related.isEmpty()) builder.related(related.toArray(String[]::new));
        return builder.build();
    }

    private static String[] ownColumns(ObjectDef object) {
        var columns = new ArrayList<String>();
        for (var field : object.fields()) {
            boolean own = field.isCustom() || field.name().equals(object.nameField());
            if (own && columns.size() < 7 && field.type().mainPart().type() != ColumnType.LONG_TEXT)
                columns.add(field.name());
        }
        columns.addAll(List.of("owner", "updatedAt"));
        return columns.toArray(String[]::new);
    }

    private static List<String> texts(@Nullable JsonNode layouts, String name) {
        var texts = new ArrayList<String>();
        if (layouts == null) return texts;
        layouts.path(name).values().forEach(text -> {
            if (text.isString()) texts.add(text.stringValue());
        });
        return texts;
    }

    private static List<Section> sections(Members owner, ObjectDef object, JsonNode form) {
        var sections = new ArrayList<Section>();
        for (var node : form.values()) {
            var members = Members.of(node);
            var labels = FieldTypes.labels(members, "labels");
            var fields = members.texts("fields").stream()
                    .filter(name -> object.field(name).isPresent())
                    .distinct()
                    .toList();
            FieldTypes.refused(owner, members, "layouts.form");
            sections.add(new Section(labels, fields));
        }
        return sections;
    }

    /** Every field that people may write has a place in the form, if only at its end. */
    private static List<Section> completed(ObjectDef object, List<Field<?>> custom, List<Section> sections) {
        var placed = new HashSet<String>();
        sections.forEach(section -> placed.addAll(section.fields()));
        var rest = new ArrayList<String>();
        if (object.isCustom() && !placed.contains(object.nameField())) rest.add(object.nameField());
        custom.stream().map(Field::name).filter(name -> !placed.contains(name)).forEach(rest::add);
        if (object.isCustom() && !placed.contains("owner")) rest.add("owner");
        if (rest.isEmpty()) return sections;
        var all = new ArrayList<>(sections);
        all.add(new Section(
                sections.isEmpty() ? new Labels("Details", "详细信息") : new Labels("More", "更多信息"), List.copyOf(rest)));
        return List.copyOf(all);
    }

    /** Records that look {@code object} up and whose lists its page shows although nobody named them: those of custom lookups. */
    static List<String> related(ObjectDef object, Iterable<ObjectDef> all) {
        var lists = new ArrayList<>(object.relatedLists());
        var found = new ArrayList<String>();
        for (var other : all)
            for (var lookup : other.lookupsTo(object.name()))
                if (lookup.isCustom() || other.isCustom() && !SystemFields.NAMES.contains(lookup.name()))
                    found.add(other.name() + "." + lookup.name());
        found.sort(Comparator.naturalOrder());
        found.stream().filter(list -> !lists.contains(list)).forEach(lists::add);
        lists.removeIf(list -> !exists(list, all));
        return List.copyOf(lists);
    }

    private static boolean exists(String list, Iterable<ObjectDef> all) {
        var parts = list.split("\\.");
        for (var other : all)
            if (parts.length == 2 && other.name().equals(parts[0]))
                return other.field(parts[1]).isPresent();
        return false;
    }

    static Optional<String> unknownTarget(ObjectDef object, Set<String> names) {
        return object.fields().stream()
                .flatMap(field -> switch (field.type()) {
                    case LinkTypes.Lookup lookup -> java.util.stream.Stream.of(lookup.target());
                    case LinkTypes.Lookups lookups -> java.util.stream.Stream.of(lookups.target());
                    default -> java.util.stream.Stream.<String>of();
                })
                .filter(target -> !names.contains(target))
                .findFirst();
    }
}
