package dev.rapport.metadata;

import dev.rapport.kernel.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record: everything the engine, the API and the screens know about it.
 *
 * @param name lowerCamelCase, as the API writes it
 * @param labels what one record is called
 * @param plural what many are called
 * @param icon name of its icon in the UI's set
 * @param fields all fields in order, the system ones (id, version, owner, moments) last
 * @param nameField the field that stands for the record where only its name is shown
 * @param chineseNameField the field that does so for people who read Chinese, where it is filled; null for none
 * @param listColumns field paths that a list shows at first
 * @param defaultSort sort of a list for which none was asked, such as {@code -updatedAt}
 * @param form sections of the form, in order
 * @param relatedLists lists on the record page, each {@code object.lookupField}
 * @param timeline how its records stand in the timelines of records they look up; null if they do not
 * @param rules what administrators forbid
 * @param matching how its records are compared to find duplicates
 * @param summaries sums that are kept of its records
 * @param coverings fields that questions over many records read together
 * @param group where the navigation shows it
 * @param sharing how it is decided which of its records somebody sees
 * @param governedBy function that one needs to change its records, because rights follow from them; null for none
 */
public record ObjectDef(
        String name,
        Labels labels,
        Labels plural,
        String icon,
        List<Field<?>> fields,
        String nameField,
        @Nullable String chineseNameField,
        List<String> listColumns,
        String defaultSort,
        List<Section> form,
        List<String> relatedLists,
        @Nullable TimelineEntry timeline,
        List<ValidationRule> rules,
        MatchRules matching,
        List<Summary> summaries,
        List<Covering> coverings,
        Group group,
        Sharing sharing,
        @Nullable String governedBy,
        Map<String, Field<?>> byName,
        Map<String, Integer> positions) {

    /** Where the navigation shows an object. */
    public enum Group {
        RECORDS,
        SALES,
        ACTIVITIES,
        /** Reached from other records or settings, not from the navigation. */
        HIDDEN
    }

    /**
     * Fields that questions over many records read together: they get an index that answers without the records.
     *
     * @param keys narrow the question, the most telling first
     * @param read only read
     */
    public record Covering(List<String> keys, List<String> read) {
        public static Covering by(Field<?> first, Field<?> second, Field<?>... read) {
            return new Covering(
                    List.of(first.name(), second.name()),
                    List.of(read).stream().map(Field::name).toList());
        }
    }

    /** A part of the form with its own heading. */
    public record Section(Labels labels, List<String> fields) {}

    /** Which fields of a record tell its moment, title and text in a timeline. */
    public record TimelineEntry(
            String at, String title, @Nullable String body) {}

    /**
     * Refuses records for which a condition holds.
     *
     * @param name stable key, unique within the object
     * @param when condition in the formula language
     * @param field the field beside which the message is shown; null for the record as a whole
     */
    public record ValidationRule(
            String name, String when, @Nullable String field, Labels message) {}

    public ObjectDef {
        fields = List.copyOf(fields);
        summaries = List.copyOf(summaries);
        byName = Map.copyOf(byName);
        positions = Map.copyOf(positions);
    }

    public Optional<Field<?>> field(String fieldName) {
        return Optional.ofNullable(byName.get(fieldName));
    }

    public Field<?> require(String fieldName) {
        return Objects.requireNonNull(byName.get(fieldName), () -> name + " has no field " + fieldName);
    }

    public Field<?> naming() {
        return require(nameField);
    }

    /** The field that names records to people who read {@code locale}, if that is not always {@link #naming}. */
    public Optional<Field<?>> namingIn(java.util.Locale locale) {
        return chineseNameField != null && "zh".equals(locale.getLanguage())
                ? Optional.of(require(chineseNameField))
                : Optional.empty();
    }

    /** The table that holds its records. */
    public String table() {
        return table(name);
    }

    /** The table of the object with this name. */
    public static String table(String object) {
        return "o_" + object.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    /** Position of {@code field} in {@link #fields()}; values of a record are kept in this order. */
    public int indexOf(Field<?> field) {
        return Objects.requireNonNull(positions.get(field.name()), () -> name + " has no field " + field.name());
    }

    public static Builder object(String name, Labels labels, Labels plural) {
        return new Builder(name, labels, plural);
    }

    /** Collects an object's definition; {@link #build} adds the fields every object has. */
    public static final class Builder {
        private final String name;
        private final Labels labels;
        private final Labels plural;
        private final List<Field<?>> fields = new ArrayList<>();
        private String icon = "box";
        private String nameField = "name";
        private @Nullable String chineseNameField;
        private List<String> listColumns = List.of();
        private String defaultSort = "-updatedAt";
        private final List<Section> form = new ArrayList<>();
        private List<String> relatedLists = List.of();
        private @Nullable TimelineEntry timeline;
        private List<ValidationRule> rules = List.of();
        private MatchRules matching = MatchRules.USUAL;
        private List<Summary> summaries = List.of();
        private List<Covering> coverings = List.of();
        private Group group = Group.RECORDS;
        private @Nullable Sharing sharing;
        private @Nullable String governedBy;

        private Builder(String name, Labels labels, Labels plural) {
            this.name = name;
            this.labels = labels;
            this.plural = plural;
        }

        public Builder icon(String value) {
            icon = value;
            return this;
        }

        public Builder group(Group value) {
            group = value;
            return this;
        }

        /** Without it, objects of the navigation are owned and others common. */
        public Builder sharing(Sharing value) {
            sharing = value;
            return this;
        }

        /** @param function that one needs to change records, such as {@code users} */
        public Builder governedBy(String function) {
            governedBy = function;
            return this;
        }

        public Builder fields(Field<?>... values) {
            fields.addAll(List.of(values));
            return this;
        }

        public Builder namedBy(Field<?> field) {
            nameField = field.name();
            return this;
        }

        /** @param field names the record to people who read Chinese, where it is filled */
        public Builder namedInChineseBy(Field<?> field) {
            chineseNameField = field.name();
            return this;
        }

        public Builder listing(String... paths) {
            listColumns = List.of(paths);
            return this;
        }

        public Builder sortedBy(String sort) {
            defaultSort = sort;
            return this;
        }

        public Builder section(String en, String zh, Field<?>... sectionFields) {
            form.add(new Section(
                    new Labels(en, zh),
                    List.of(sectionFields).stream().map(Field::name).toList()));
            return this;
        }

        public Builder related(String... lists) {
            relatedLists = List.of(lists);
            return this;
        }

        public Builder inTimeline(Field<?> at, Field<?> title, @Nullable Field<?> body) {
            timeline = new TimelineEntry(at.name(), title.name(), body == null ? null : body.name());
            return this;
        }

        public Builder rules(List<ValidationRule> values) {
            rules = List.copyOf(values);
            return this;
        }

        public Builder summarized(Summary... values) {
            summaries = List.of(values);
            return this;
        }

        public Builder covered(Covering... values) {
            coverings = List.of(values);
            return this;
        }

        public Builder matching(MatchRules value) {
            matching = value;
            return this;
        }

        Builder replaceFields(List<Field<?>> values) {
            fields.clear();
            values.stream()
                    .filter(field -> !SystemFields.NAMES.contains(field.name()))
                    .forEach(fields::add);
            return this;
        }

        Builder sections(List<Section> sections) {
            form.clear();
            form.addAll(sections);
            return this;
        }

        private Sharing usual() {
            return group == Group.HIDDEN ? Sharing.COMMON : Sharing.owned();
        }

        public ObjectDef build() {
            var all = new ArrayList<>(fields);
            all.addAll(SystemFields.ALL);
            var byName = new HashMap<String, Field<?>>();
            for (var field : all)
                if (byName.put(field.name(), field) != null)
                    throw new IllegalArgumentException(name + " defines " + field.name() + " twice");
            var positions = new HashMap<String, Integer>();
            for (int i = 0; i < all.size(); i++) positions.put(all.get(i).name(), i);
            return new ObjectDef(
                    name,
                    labels,
                    plural,
                    icon,
                    all,
                    nameField,
                    chineseNameField,
                    listColumns,
                    defaultSort,
                    List.copyOf(form),
                    relatedLists,
                    timeline,
                    rules,
                    matching,
                    summaries,
                    coverings,
                    group,
                    sharing == null ? usual() : sharing,
                    governedBy,
                    byName,
                    positions);
        }
    }

    /** A builder that would build this object again. */
    Builder toBuilder() {
        var builder = new Builder(name, labels, plural);
        builder.icon = icon;
        fields.stream()
                .filter(field -> !SystemFields.NAMES.contains(field.name()))
                .forEach(builder.fields::add);
        builder.nameField = nameField;
        builder.chineseNameField = chineseNameField;
        builder.listColumns = listColumns;
        builder.defaultSort = defaultSort;
        builder.form.addAll(form);
        builder.relatedLists = relatedLists;
        builder.timeline = timeline;
        builder.rules = rules;
        builder.matching = matching;
        builder.summaries = summaries;
        builder.coverings = coverings;
        builder.group = group;
        builder.sharing = sharing;
        builder.governedBy = governedBy;
        return builder;
    }

    /** The same object with what another module adds to it. */
    ObjectDef extendedBy(ObjectExtension extension) {
        var builder = toBuilder();
        builder.fields.addAll(extension.fields());
        builder.form.addAll(extension.sections());
        var lists = new ArrayList<>(extension.relatedLists());
        lists.addAll(relatedLists);
        builder.relatedLists = List.copyOf(lists);
        if (sharing.mode() == Sharing.Mode.OWNED && !extension.parents().isEmpty()) {
            var parents = new ArrayList<>(sharing.parents());
            parents.addAll(extension.parents());
            builder.sharing = new Sharing(Sharing.Mode.OWNED, parents);
        }
        return builder.build();
    }

    /** The same table with only some of its fields, for reading them alone; its layouts are not for use. */
    public ObjectDef withOnly(Predicate<Field<?>> wanted) {
        return toBuilder()
                .summarized()
                .covered()
                .replaceFields(fields.stream().filter(wanted).toList())
                .build();
    }

    /** Whether an administrator of this company added it. */
    public boolean isCustom() {
        return name.endsWith(Field.CUSTOM_SUFFIX);
    }

    /** Fields that are text for the search of lists. */
    public List<Field<?>> searchable() {
        return fields.stream().filter(field -> field.is(Trait.SEARCHABLE)).toList();
    }

    /** The lookups of this object to {@code target}. */
    public List<Field<?>> lookupsTo(String target) {
        return fields.stream()
                .filter(field -> field.type() instanceof LinkTypes.Lookup lookup
                        && lookup.target().equals(target))
                .toList();
    }

    /** Names of the fields every object has. */
    public static Set<String> systemFieldNames() {
        return SystemFields.NAMES;
    }
}
