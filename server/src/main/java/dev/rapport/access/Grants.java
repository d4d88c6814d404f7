package dev.rapport.access;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What one role allows: operations per object ({@code *} stands for every object), fields that are closed or only
 * readable, and functions that belong to no object.
 */
record Grants(Map<String, Set<String>> objects, Map<String, String> fields, Set<String> functions) {
    static Grants read(JsonNode json) {
        var objects = new java.util.HashMap<String, Set<String>>();
        json.path("objects").properties().forEach(entry -> objects.put(entry.getKey(), texts(entry.getValue())));
        var fields = new java.util.HashMap<String, String>();
        json.path("fields")
                .properties()
                .forEach(entry -> fields.put(entry.getKey(), entry.getValue().asString()));
        return new Grants(Map.copyOf(objects), Map.copyOf(fields), texts(json.path("functions")));
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new java.util.HashSet<String>();
        list.values().forEach(item -> texts.add(item.asString()));
        return Set.copyOf(texts);
    }

    boolean allows(String object, Operation operation) {
        return objects.getOrDefault(object, objects.getOrDefault("*", Set.of())).contains(operation.code());
    }

    boolean reads(String object, String field) {
        return !"none".equals(fields.get(object + "." + field));
    }

    boolean writes(String object, String field) {
        return !fields.containsKey(object + "." + field);
    }
}
