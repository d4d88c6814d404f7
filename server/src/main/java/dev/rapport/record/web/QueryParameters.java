package dev.rapport.record.web;

import dev.rapport.http.Json;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a GET list as the JSON query they stand for. */
final class QueryParameters {
    private QueryParameters() {}

    static ObjectNode read(Map<String, String> parameters) {
        var query = Json.object();
        parameters.forEach((name, value) -> put(query, name, value));
        return query;
    }

    private static void put(ObjectNode query, String name, String value) {
        switch (name) {
            case "fields" -> {
                var fields = query.putArray("fields");
                for (var field : value.split(",")) if (!field.isBlank()) fields.add(field.strip());
            }
            case "filter", "totals" -> query.set(name, Json.parse(value));
            case "limit" -> query.put("limit", number(name, value));
            case "position" -> query.put("position", share(value));
            case "deleted" -> query.put("deleted", value.equals("true"));
            default -> query.put(name, value);
        }
    }

    static int whole(Map<String, String> parameters, String name, int fallback) {
        var value = parameters.get(name);
        return value == null ? fallback : number(name, value);
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Refusal.invalid(Violation.of(name, "type", "expected", "whole"));
        }
    }

    private static double share(String value) {
        try {
            double share = Double.parseDouble(value);
            if (Double.isFinite(share)) return share;
        } catch (NumberFormatException e) {
            throw Refusal.invalid(Violation.of("position", "type", "expected", "decimal"));
        }
        throw Refusal.invalid(Violation.of("position", "type", "expected", "decimal"));
    }
}
