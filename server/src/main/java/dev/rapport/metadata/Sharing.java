package dev.rapport.metadata;

import java.util.List;

/**
 * How it is decided which records of an object somebody may see, beyond the question whether they may see any.
 *
 * @param parents lookups to records that the answer may come from
 */
public record Sharing(Mode mode, List<String> parents) {
    /** The ways there are. */
    public enum Mode {
        /** Who may see any may see all: products, stages, people. */
        COMMON,
        /** Roles say whose records one sees; records are shared one by one and by rules. */
        OWNED,
        /** Seen by whoever sees one of the parents, and changed by whoever may change it: lines, attachments. */
        CONTROLLED,
        /** Seen by its owner, and by all where its {@code audience} says so. */
        PERSONAL
    }

    public static final Sharing COMMON = new Sharing(Mode.COMMON, List.of());
    public static final Sharing PERSONAL = new Sharing(Mode.PERSONAL, List.of());

    public Sharing {
        parents = List.copyOf(parents);
    }

    /** @param parents lookups through which a role may let people see what belongs to records they see */
    public static Sharing owned(Field<?>... parents) {
        return new Sharing(Mode.OWNED, names(parents));
    }

    public static Sharing controlledBy(Field<?>... parents) {
        return new Sharing(Mode.CONTROLLED, names(parents));
    }

    private static List<String> names(Field<?>... fields) {
        return List.of(fields).stream().map(Field::name).toList();
    }
}
