package dev.rapport.metadata;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the server computes a field that nobody writes. Its value is stored and follows what it is made of. */
public sealed interface Computation {
    /** Paths from the field's own object that the value is made of; whoever may not read one of them may not read it. */
    Set<String> reads();

    /** A formula over the record's own fields and those of records it looks up. */
    record Formula(String text, Set<String> reads) implements Computation {}

    /**
     * A figure over the records of {@code child} that look this one up by {@code via}.
     *
     * @param childField what is summed or compared; null for a count
     * @param filter which children count, as a query writes it; null for all
     */
    record RollUp(
            Function function,
            String child,
            String via,
            @Nullable String childField,
            @Nullable JsonNode filter) implements Computation {
        @Override
        public Set<String> reads() {
            return Set.of();
        }

        /** Fields of the child whose values make the figure: what is summed, and what the filter asks. */
        public Set<String> fields() {
            var fields = new TreeSet<String>();
            if (childField != null) fields.add(childField);
            if (filter != null) collect(filter, fields);
            return fields;
        }

        private static void collect(JsonNode node, Set<String> fields) {
            if (node.path("field").isString()) fields.add(node.get("field").stringValue());
            node.values().forEach(part -> collect(part, fields));
        }
    }

    /** What a roll-up makes of the children's values. Empty values do not count; money of several currencies has no sum. */
    enum Function {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG
    }
}
