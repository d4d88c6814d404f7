package dev.rapport.activity;

import static dev.rapport.metadata.Field.field;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;

/** What keeps an activity at the top of the timelines it stands in. */
final class Pinning {
    static final Field<Boolean> PINNED = field("pinned", new NumberTypes.Flag(), "Pinned", "置顶");

    private Pinning() {}
}
