package dev.rapport.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one role allows: operations per object ({@code *} stands for every object), for which records, fields that are
 * closed, masked or only readable, and functions that belong to no object.
 *
 * @param scopes by object and operation; what is not there is all records
 */
record Grants(
        Map<String, Set<String>> objects,
        Map<String, Map<Operation, Set<Branch>>> scopes,
        Map<String, String> fields,
        Set<String> functions) {
    static final String EVERY = "*";
    private static final Set<Branch> EVERY_RECORD = Set.of(Branch.ALL);

    static Grants read(JsonNode json) {
        var objects = new HashMap<String, Set<String>>();
        json.path("objects").properties().forEach(entry -> objects.put(entry.getKey(), texts(entry.getValue())));
        var scopes = new HashMap<String, Map<Operation, Set<Branch>>>();
        json.path("scopes").properties().forEach(entry -> scopes.put(entry.getKey(), scope(entry.getValue())));
        var fields = new HashMap<String, String>();
        json.path("fields")
                .properties()
                .forEach(entry -> fields.put(entry.getKey(), entry.getValue().asString()));
        return new Grants(Map.copyOf(objects), Map.copyOf(scopes), Map.copyOf(fields), texts(json.path("functions")));
    }

    private static Map<Operation, Set<Branch>> scope(JsonNode node) {
        var scope = new HashMap<Operation, Set<Branch>>();
        for (var operation : Set.of(Operation.READ, Operation.UPDATE, Operation.DELETE)) {
            if (!node.has(operation.code())) continue;
            var branches = EnumSet.noneOf(Branch.class);
            for (var code : texts(node.path(operation.code()))) {
                var branch = Branch.of(code);
                if (branch != null) branches.add(branch);
            }
            scope.put(operation, Set.copyOf(branches));
        }
        return Map.copyOf(scope);
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.values().forEach(item -> texts.add(item.asString()));
        return Set.copyOf(texts);
    }

    /**
     * What is left for a program with these limits: {@code read} reads all that the role reads, {@code read:contact} only
     * contacts, {@code write:contact} does all with contacts that the role does. No function is left.
     */
    Grants limitedTo(Set<String> limits) {
        var left = new HashMap<String, Set<String>>();
        if (limits.contains("read")) objects.forEach((object, operations) -> left.put(object, reading(operations)));
        for (var limit : limits) {
            int colon = limit.indexOf(':');
            if (colon < 0) continue;
            var object = limit.substring(colon + 1);
            var operations = objects.getOrDefault(object, objects.getOrDefault(EVERY, Set.of()));
            if (limit.startsWith("write:")) left.put(object, operations);
            else left.putIfAbsent(object, reading(operations));
        }
        return new Grants(Map.copyOf(left), scopes, fields, Set.of());
    }

    private static Set<String> reading(Set<String> operations) {
        var left = new HashSet<>(operations);
        left.removeIf(code -> {
            for (var operation : Operation.values()) if (operation.code().equals(code)) return !operation.reads();
            return true;
        });
        return Set.copyOf(left);
    }

    boolean allows(String object, Operation operation) {
        return objects.getOrDefault(object, objects.getOrDefault(EVERY, Set.of()))
                .contains(operation.code());
    }

    /** For which records it allows {@code operation}: what one may change is never more than was said for reading, if nothing else was. */
    Set<Branch> scope(String object, Operation operation) {
        var scope = scopes.getOrDefault(object, scopes.getOrDefault(EVERY, Map.of()));
        var said = said(scope, operation.scoped());
        return said == null ? EVERY_RECORD : said;
    }

    private static @Nullable Set<Branch> said(Map<Operation, Set<Branch>> scope, Operation operation) {
        var own = scope.get(operation);
        if (own != null) return own;
        return switch (operation) {
            case DELETE -> said(scope, Operation.UPDATE);
            case UPDATE -> scope.get(Operation.READ);
            default -> null;
        };
    }

    boolean reads(String object, String field) {
        return !"none".equals(fields.get(object + "." + field));
    }

    /** Whether the field's values are shown in full. */
    boolean unmasks(String object, String field) {
        var said = fields.get(object + "." + field);
        return said == null || said.equals("read");
    }

    boolean writes(String object, String field) {
        return !fields.containsKey(object + "." + field);
    }
}
