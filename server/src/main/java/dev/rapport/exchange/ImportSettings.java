package dev.rapport.exchange;

import dev.rapport.http.Json;
import dev.rapport.record.RecordImporter.OnMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the columns of a file become the fields of records.
 *
 * @param mapping for each column the field paths it fills; none leaves the column out
 * @param matchOn fields by which a row finds the record that is there already
 * @param currency currency of amounts that name none
 */
record ImportSettings(
        Map<String, List<String>> mapping,
        List<String> matchOn,
        OnMatch onMatch,
        OnMissingLookup onMissingLookup,
        String currency) {

    /** What to do when the record that a cell names is not there. */
    enum OnMissingLookup {
        CREATE,
        FAIL,
        EMPTY
    }

    static ImportSettings read(JsonNode json) {
        var matchOn = new ArrayList<String>();
        json.path("matchOn").values().forEach(field -> matchOn.add(field.asString()));
        return new ImportSettings(
                readMapping(json.path("mapping")),
                matchOn,
                OnMatch.valueOf(json.path("onMatch").asString("update").toUpperCase(Locale.ROOT)),
                OnMissingLookup.valueOf(
                        json.path("onMissingLookup").asString("fail").toUpperCase(Locale.ROOT)),
                json.path("currency").asString(""));
    }

    /** Reads {@code {column: field | [fields] | null}}, or a list of {@code {column, field}}. */
    static Map<String, List<String>> readMapping(JsonNode json) {
        var mapping = new LinkedHashMap<String, List<String>>();
        if (json.isArray()) {
            for (var item : json)
                mapping.computeIfAbsent(item.path("column").asString(""), k -> new ArrayList<>())
                        .addAll(fields(item.path("field")));
            return mapping;
        }
        json.properties().forEach(entry -> mapping.put(entry.getKey(), fields(entry.getValue())));
        return mapping;
    }

    private static List<String> fields(JsonNode json) {
        var fields = new ArrayList<String>();
        if (json.isString() && !json.stringValue().isBlank()) fields.add(json.stringValue());
        if (json.isArray()) json.values().forEach(field -> fields.add(field.asString("")));
        return fields;
    }

    ObjectNode json() {
        var json = Json.object();
        json.set("mapping", mappingJson());
        var list = json.putArray("matchOn");
        matchOn.forEach(list::add);
        json.put("onMatch", onMatch.name().toLowerCase(Locale.ROOT));
        json.put("onMissingLookup", onMissingLookup.name().toLowerCase(Locale.ROOT));
        json.put("currency", currency);
        return json;
    }

    private ObjectNode mappingJson() {
        var json = Json.object();
        mapping.forEach((column, fields) -> {
            if (fields.isEmpty()) json.putNull(column);
            else if (fields.size() == 1) json.put(column, fields.getFirst());
            else fields.forEach(json.putArray(column)::add);
        });
        return json;
    }
}
