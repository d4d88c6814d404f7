package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Takes a JSON object apart member by member. Whatever was missing, wrong or not asked for is refused together by
 * {@link #done}.
 */
public final class Members {
    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    private Members(JsonNode object) {
        this.object = object;
    }

    /** @throws Refusal 400 if {@code body} is no object */
    public static Members of(JsonNode body) {
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        return new Members(body);
    }

    public List<Violation> violations() {
        return violations;
    }

    public String text(String name) {
        var value = optionalText(name);
        if (value.isEmpty() && !object.has(name)) violations.add(Violation.of(name, "required"));
        if (value.isPresent() && value.get().isBlank()) violations.add(Violation.of(name, "required"));
        return value.orElse("");
    }

    public Optional<String> optionalText(String name) {
        var value = member(name);
        if (value.isEmpty()) return Optional.empty();
        if (value.get().isString() && value.get().stringValue().indexOf('\0') < 0)
            return Optional.of(value.get().stringValue());
        violations.add(Violation.of(name, "type", "expected", "text"));
        return Optional.empty();
    }

    public String oneOf(String name, String fallback, Set<String> allowed) {
        var value = optionalText(name).orElse(fallback);
        if (!allowed.contains(value))
            violations.add(Violation.of(
                    name,
                    "choice",
                    "allowed",
                    String.join(", ", allowed.stream().sorted().toList())));
        return value;
    }

    public boolean flag(String name) {
        var value = member(name);
        if (value.isEmpty()) return false;
        if (!value.get().isBoolean()) violations.add(Violation.of(name, "type", "expected", "flag"));
        return value.get().isBoolean() && value.get().booleanValue();
    }

    public int whole(String name, int fallback, int min, int max) {
        var value = member(name);
        if (value.isEmpty()) return fallback;
        if (!value.get().isInt()) violations.add(Violation.of(name, "type", "expected", "whole"));
        int number = value.get().isInt() ? value.get().intValue() : fallback;
        if (number < min || number > max)
            violations.add(new Violation(name, "range", java.util.Map.of("min", min, "max", max)));
        return Math.clamp(number, min, max);
    }

    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (var item : list(name)) {
            if (item.isString() && item.stringValue().indexOf('\0') < 0) texts.add(item.stringValue());
            else violations.add(Violation.of(name, "type", "expected", "text"));
        }
        return texts;
    }

    public List<JsonNode> list(String name) {
        var value = member(name);
        if (value.isEmpty()) return List.of();
        if (!value.get().isArray()) {
            violations.add(Violation.of(name, "type", "expected", "list"));
            return List.of();
        }
        return List.copyOf(value.get().values());
    }

    /** The member if it is there and not null. */
    public Optional<JsonNode> member(String name) {
        asked.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    public boolean has(String name) {
        return object.has(name);
    }

    /** @throws Refusal 422 naming everything that was wrong, unknown members included */
    public void done() {
        for (var name : object.propertyNames())
            if (!asked.contains(name)) violations.add(Violation.of(name, "unknown-member"));
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
    }
}
