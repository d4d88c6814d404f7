package dev.rapport.record;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.match.MatchProfile;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import dev.rapport.metadata.Trait;
import java.time.LocalDate;

/** What of a record is compared with others follows from the types of its fields: custom objects are matched like contacts. */
public final class MatchProfiles {
    private MatchProfiles() {}

    static boolean isMatched(ObjectDef object) {
        return object.matching().enabled() && isComparable(object);
    }

    /** Whether records of this object can be told apart or together at all: a name alone is not enough. */
    public static boolean isComparable(ObjectDef object) {
        if (object.name().equals("user")) return false;
        boolean person = object.naming().type() instanceof CompoundTypes.FullName;
        boolean reachable = object.fields().stream().anyMatch(MatchProfiles::reaches);
        return reachable && (person || object.naming().type() instanceof TextTypes.Text);
    }

    private static boolean reaches(Field<?> field) {
        return switch (field.type()) {
            case TextTypes.Email email -> true;
            case TextTypes.Phone phone -> true;
            case CompoundTypes.PostalAddress address -> true;
            default -> false;
        };
    }

    /** Whether a change of this field may change whom the record is like. */
    static boolean counts(ObjectDef object, Field<?> field) {
        return isCompared(object, field) && !object.matching().ignores(field);
    }

    /** The same whatever administrators want to be ignored. */
    public static boolean isCompared(ObjectDef object, Field<?> field) {
        return field.name().equals(object.nameField())
                || reaches(field)
                || isBirthday(field)
                || isLink(field)
                || field.type() instanceof CompoundTypes.FullName;
    }

    private static boolean isBirthday(Field<?> field) {
        return field.type() instanceof TimeTypes.Day && field.is(Trait.SENSITIVE);
    }

    private static boolean isLink(Field<?> field) {
        return field.type() instanceof LinkTypes.Lookup lookup
                && lookup.target().equals("account");
    }

    /** The object with only those fields that are compared, so that a scan reads no others. */
    static ObjectDef compared(ObjectDef object) {
        return object.withOnly(field -> counts(object, field));
    }

    static MatchProfile of(ObjectDef object, Values values) {
        var profile = MatchProfile.builder();
        var fields = object.fields();
        for (int i = 0; i < fields.size(); i++) {
            var value = values.at(i);
            if (value != null && !object.matching().ignores(fields.get(i))) add(profile, object, fields.get(i), value);
        }
        return profile.build();
    }

    private static void add(MatchProfile.Builder profile, ObjectDef object, Field<?> field, Object value) {
        switch (value) {
            case PersonName name -> profile.person(name.family(), name.given());
            case Address address ->
                profile.street(address.street())
                        .city(address.city())
                        .province(address.province())
                        .postcode(address.postcode());
            case LocalDate day when isBirthday(field) -> profile.day(day);
            case RecordId id when isLink(field) -> profile.link(id.toString());
            case String text when field.name().equals(object.nameField()) -> profile.company(text);
            case String text when field.type() instanceof TextTypes.Email -> profile.email(text);
            case String text when field.type() instanceof TextTypes.Phone -> profile.phone(text);
            default -> {}
        }
    }
}
