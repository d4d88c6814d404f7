package dev.rapport.query;

import dev.rapport.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The place between two rows of a sorted list: the sort's values of the row, as PostgreSQL writes them, and its id.
 *
 * @param sort the sort it belongs to; a cursor used with another sort is refused
 */
public record Cursor(String sort, List<@Nullable String> values) {
    private static final JsonMapper JSON = new JsonMapper();

    public String encode() {
        var array = JsonNodeFactory.instance.arrayNode().add(sort);
        for (var value : values) {
            if (value == null) array.addNull();
            else array.add(value);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(array.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refusal 400 for anything that {@link #encode} did not make for this very sort */
    public static Cursor decode(String text, String sort) {
        try {
            JsonNode array = JSON.readTree(Base64.getUrlDecoder().decode(text));
            if (!array.isArray() || array.isEmpty() || !array.get(0).asString().equals(sort))
                throw Refusal.malformed("cursor");
            var values = new ArrayList<@Nullable String>();
            for (int i = 1; i < array.size(); i++)
                values.add(array.get(i).isNull() ? null : array.get(i).stringValue());
            return new Cursor(sort, values);
        } catch (IllegalArgumentException | JacksonException e) {
            throw Refusal.malformed("cursor");
        }
    }
}
