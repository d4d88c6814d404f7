package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.record.Figures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A question about many records, in the API's own filter language, so that every answer can lead to the records behind it. */
final class Question {
    private final String object;
    private final List<ObjectNode> conditions = new ArrayList<>();
    private final ObjectNode request = Json.object();

    private Question(String object) {
        this.object = object;
    }

    static Question about(String object) {
        return new Question(object);
    }

    /** One condition of the filter language. */
    static ObjectNode condition(String field, String operator, @Nullable Object value) {
        var node = Json.object().put("field", field).put("op", operator);
        switch (value) {
            case null -> {}
            case JsonNode json -> node.set("value", json);
            case Number number -> node.put("value", number.longValue());
            case Boolean flag -> node.put("value", flag);
            case List<?> list -> {
                var array = node.putArray("value");
                list.forEach(item -> array.add(String.valueOf(item)));
            }
            default -> node.put("value", value.toString());
        }
        return node;
    }

    /** That {@code field} is {@code key} as a group of an answer names it; empty where the key is. */
    static ObjectNode is(String field, @Nullable Object key) {
        return key == null || key.equals("") ? condition(field, "isEmpty", null) : condition(field, "eq", key);
    }

    /** About the same records, with nothing asked yet. */
    Question copy() {
        return new Question(object).where(conditions);
    }

    Question where(String field, String operator, @Nullable Object value) {
        conditions.add(condition(field, operator, value));
        return this;
    }

    Question where(List<ObjectNode> more) {
        conditions.addAll(more);
        return this;
    }

    /** Days from the first to the last, both included; null for an open end. */
    Question during(String field, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null) where(field, "gte", from);
        if (to != null) where(field, "lt", to.plusDays(1));
        return this;
    }

    Question by(String field) {
        request.withArray("groupBy").addObject().put("field", field);
        return this;
    }

    /** @param bucket day, week, month, quarter or year */
    Question by(String field, String bucket) {
        request.withArray("groupBy").addObject().put("field", field).put("bucket", bucket);
        return this;
    }

    Question count() {
        request.withArray("measures").addObject().put("fn", "count");
        return this;
    }

    Question measure(String function, String field) {
        request.withArray("measures").addObject().put("fn", function).put("field", field);
        return this;
    }

    Question most(String measure, int limit) {
        request.put("sort", "-" + measure).put("limit", limit);
        return this;
    }

    /** The filter of this question with some more conditions. */
    ObjectNode filter(ObjectNode... more) {
        var all = new ArrayList<>(conditions);
        all.addAll(List.of(more));
        if (all.size() == 1) return all.getFirst().deepCopy();

        var node = Json.object();
        var and = node.putArray("and");
        all.forEach(and::add);
        return node;
    }

    String object() {
        return object;
    }

    List<Figures.Group> ask(Actor actor, Figures figures) {
        if (!conditions.isEmpty()) request.set("filter", filter());
        if (!request.has("limit")) request.put("limit", 5_000);
        return figures.groups(actor, object, request);
    }
}
