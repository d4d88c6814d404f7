package dev.rapport.metadata;

import java.util.Locale;

/** How a value, or one part of it, lies in PostgreSQL. The literal is the type's DDL text. */
public enum ColumnType {
    /** Codes, e-mail addresses, phones: compared by code point. */
    CODE("text COLLATE \"C\"", "text"),
    /** Names and other words people sort by: Chinese by pinyin, then Latin letters regardless of case (CLDR, zh). */
    WORDS("text COLLATE \"zh-x-icu\"", "text"),
    LONG_TEXT("text", "text"),
    BIGINT("bigint", "bigint"),
    NUMERIC("numeric(24,6)", "numeric"),
    BOOLEAN("boolean", "boolean"),
    DATE("date", "date"),
    TIMESTAMP("timestamp with time zone", "timestamptz"),
    UUID("uuid", "uuid"),
    CODES("text[] COLLATE \"C\"", "text[]"),
    UUIDS("uuid[]", "uuid[]");

    private final String ddl;
    private final String cast;

    ColumnType(String ddl, String cast) {
        this.ddl = ddl;
        this.cast = cast;
    }

    public String ddl() {
        return ddl;
    }

    /** The bare type name, for casts of bound values. */
    public String cast() {
        return cast;
    }

    public boolean isArray() {
        return this == CODES || this == UUIDS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
