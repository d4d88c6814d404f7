package dev.rapport.exchange;

import dev.rapport.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a file is read.
 *
 * @param kind csv, xlsx, xls or vcard
 * @param charset encoding of a text file, as {@link java.nio.charset.Charset} names it
 * @param delimiter of a CSV file
 * @param header whether the first row names the columns
 * @param sheet name of the sheet of a workbook; empty for the first
 */
record FileFormat(Kind kind, String charset, char delimiter, boolean header, String sheet) {
    enum Kind {
        CSV,
        XLSX,
        XLS,
        VCARD
    }

    static FileFormat read(JsonNode json) {
        return new FileFormat(
                Kind.valueOf(json.path("kind").asString().toUpperCase(java.util.Locale.ROOT)),
                json.path("encoding").asString(),
                json.path("delimiter").asString().charAt(0),
                json.path("header").asBoolean(),
                json.path("sheet").asString());
    }

    ObjectNode json() {
        return Json.object()
                .put("kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                .put("encoding", charset)
                .put("delimiter", String.valueOf(delimiter))
                .put("header", header)
                .put("sheet", sheet);
    }

    FileFormat withSheet(String name) {
        return new FileFormat(kind, charset, delimiter, header, name);
    }

    FileFormat withHeader(boolean present) {
        return new FileFormat(kind, charset, delimiter, present, sheet);
    }
}
