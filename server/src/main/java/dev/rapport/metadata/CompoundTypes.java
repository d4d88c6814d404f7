package dev.rapport.metadata;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.PersonName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Types of several parts: the address of a place, the name of a person. */
public final class CompoundTypes {
    private CompoundTypes() {}

    /** A postal address; each part is filtered as {@code field.city}. A written address is split where it can be. */
    public static final class PostalAddress extends BaseType<Address> {
        private static final List<String> NAMES =
                List.of("country", "province", "city", "district", "street", "postcode");

        public PostalAddress() {
            super("address", partsInOrder());
        }

        private static List<Part> partsInOrder() {
            var order = new ArrayList<Part>();
            order.add(new Part("city", "city", ColumnType.WORDS, new TextTypes.Text()));
            for (var name : NAMES)
                if (!name.equals("city")) order.add(new Part(name, name, ColumnType.WORDS, new TextTypes.Text()));
            return List.copyOf(order);
        }

        @Override
        public Address read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isObject()) throw InvalidValue.of("type", "expected", code());
            for (var name : json.propertyNames())
                if (!NAMES.contains(name)) throw InvalidValue.at(name, "unknown-field");
            return new Address(
                    country(part(json, "country")),
                    part(json, "province"),
                    part(json, "city"),
                    part(json, "district"),
                    part(json, "street"),
                    part(json, "postcode"));
        }

        private static String part(JsonNode json, String name) throws InvalidValue {
            var value = json.get(name);
            if (value == null || value.isNull()) return "";
            if (!value.isString()) throw InvalidValue.at(name, "type");
            return clean(value.stringValue());
        }

        /** One part of an address as a file gives it. */
        public static String clean(String text) throws InvalidValue {
            return WrittenText.limited(WrittenText.storable(text.strip().replaceAll("\\s+", " ")), 255);
        }

        /** A country as a file gives it: its code, or its name in English or Chinese. */
        public static String country(String text) throws InvalidValue {
            if (text.isEmpty()) return "";
            return Countries.code(text).orElseThrow(() -> InvalidValue.at("country", "country"));
        }

        @Override
        public Address parse(String text, ReadContext context) throws InvalidValue {
            return WrittenAddresses.parse(clean(text));
        }

        @Override
        public void write(JsonGenerator json, Address value) {
            json.writeStartObject();
            write(json, "country", value.country());
            write(json, "province", value.province());
            write(json, "city", value.city());
            write(json, "district", value.district());
            write(json, "street", value.street());
            write(json, "postcode", value.postcode());
            json.writeEndObject();
        }

        private static void write(JsonGenerator json, String name, String part) {
            if (!part.isEmpty()) json.writeStringProperty(name, part);
        }

        @Override
        public String text(Address value) {
            boolean chinese =
                    value.country().equals("CN") || value.city().codePoints().anyMatch(Character::isIdeographic);
            var parts = chinese
                    ? List.of(value.province(), value.city(), value.district(), value.street())
                    : List.of(
                            value.street(),
                            value.district(),
                            value.city(),
                            value.province(),
                            value.postcode(),
                            value.country());
            return String.join(
                    chinese ? "" : ", ",
                    parts.stream().distinct().filter(part -> !part.isEmpty()).toList());
        }

        @Override
        public @Nullable Object[] toColumns(Address value) {
            return new Object[] {
                empty(value.city()),
                empty(value.country()),
                empty(value.province()),
                empty(value.district()),
                empty(value.street()),
                empty(value.postcode())
            };
        }

        private static @Nullable String empty(String part) {
            return part.isEmpty() ? null : part;
        }

        @Override
        public @Nullable Address fromColumns(@Nullable Object[] columns) {
            if (Arrays.stream(columns).allMatch(Objects::isNull)) return null;
            return new Address(
                    orEmpty(columns[1]),
                    orEmpty(columns[2]),
                    orEmpty(columns[0]),
                    orEmpty(columns[3]),
                    orEmpty(columns[4]),
                    orEmpty(columns[5]));
        }

        private static String orEmpty(@Nullable Object column) {
            return column == null ? "" : (String) column;
        }
    }

    /** A person's name, filtered and sorted by its full form. */
    public static final class FullName extends BaseType<PersonName> {
        public FullName() {
            super(
                    "personName",
                    List.of(
                            new Part("full", "full", ColumnType.WORDS, new TextTypes.Text()),
                            new Part("family", "family", ColumnType.WORDS, new TextTypes.Text()),
                            new Part("given", "given", ColumnType.WORDS, new TextTypes.Text())));
        }

        @Override
        public PersonName read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isObject()) throw InvalidValue.of("type", "expected", code());
            for (var name : json.propertyNames())
                if (!List.of("family", "given", "full").contains(name)) throw InvalidValue.at(name, "unknown-field");
            var full = part(json, "full");
            boolean onlyFull = !json.has("family") && !json.has("given") && !full.isBlank();
            return onlyFull ? parse(full, context) : checked(part(json, "family"), part(json, "given"));
        }

        private static String part(JsonNode json, String name) throws InvalidValue {
            var value = json.get(name);
            if (value == null || value.isNull()) return "";
            if (!value.isString()) throw InvalidValue.at(name, "type");
            return value.stringValue();
        }

        /** A name from its parts as a file gives them. @throws InvalidValue if both are empty */
        public static PersonName checked(String family, String given) throws InvalidValue {
            var name = new PersonName(clean(family), clean(given));
            if (name.full().isEmpty()) throw InvalidValue.of("required");
            return name;
        }

        private static String clean(String text) throws InvalidValue {
            return WrittenText.limited(WrittenText.storable(text.strip().replaceAll("\\s+", " ")), 120);
        }

        @Override
        public PersonName parse(String text, ReadContext context) throws InvalidValue {
            var name = PersonName.parse(WrittenText.storable(text.replaceAll("\\s+", " ")));
            return checked(name.family(), name.given());
        }

        @Override
        public void write(JsonGenerator json, PersonName value) {
            json.writeStartObject();
            json.writeStringProperty("family", value.family());
            json.writeStringProperty("given", value.given());
            json.writeStringProperty("full", value.full());
            json.writeEndObject();
        }

        @Override
        public String text(PersonName value) {
            return value.full();
        }

        @Override
        public @Nullable Object[] toColumns(PersonName value) {
            return new Object[] {value.full(), value.family(), value.given()};
        }

        @Override
        public @Nullable PersonName fromColumns(@Nullable Object[] columns) {
            if (columns[0] == null) return null;
            return new PersonName(
                    Objects.requireNonNullElse((String) columns[1], ""),
                    Objects.requireNonNullElse((String) columns[2], ""));
        }
    }
}
