package dev.rapport.schema;

import dev.rapport.text.SearchText;

/**
 * The two expressions whose indexes a search by words uses, in parts around their column: PostgreSQL takes an index of an
 * expression only where a query has the very same one.
 */
public final class SearchWords {
    /** The words of a search key. */
    public static final String BEFORE_KEY = "array_to_tsvector(string_to_array(split_part(";

    public static final String BEHIND_KEY = ", '" + SearchText.WORDS_FROM + "', 2), ' '))";

    /** Whether a record is one of the sixteenth that has an index of its own: by the last byte of its id, which is random. */
    public static final String BEFORE_ID = "get_byte(uuid_send(";

    public static final String BEHIND_ID = "), 15) < 16";

    private SearchWords() {}
}
