package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.metadata.Catalogue;
import dev.rapport.query.AggregateReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Figures over the records that an actor may see, for the product's own reports: asked as the API asks, through the same gates. */
@Component
public class Figures {
    private final Database database;
    private final Access access;
    private final AggregateReader reader;
    private final QueryReader queries;
    private final Catalogue catalogue;

    Figures(Database database, Access access, AggregateReader reader, QueryReader queries, Catalogue catalogue) {
        this.database = database;
        this.access = access;
        this.reader = reader;
        this.queries = queries;
        this.catalogue = catalogue;
    }

    /** One group: its keys in order, and its figures by the name of their measure, such as {@code sum(value)}. */
    public record Group(List<@Nullable Object> keys, Map<String, @Nullable Object> figures) {
        /** A count; nought where there is none. */
        public long count(String measure) {
            return figures.get(measure) instanceof Number number ? number.longValue() : 0;
        }

        /** An exact number; null where there were no values. */
        public @Nullable BigDecimal number(String measure) {
            return switch (figures.get(measure)) {
                case BigDecimal number -> number;
                case Number number -> BigDecimal.valueOf(number.longValue());
                case Money money -> money.amount();
                case null, default -> null;
            };
        }

        /** The id of a group that is a linked record, else the key as text; empty for no value. */
        public String key(int at) {
            return switch (keys.get(at)) {
                case null -> "";
                case AggregateReader.NamedKey named -> named.id();
                case Object other -> other.toString();
            };
        }

        /** What people call the group: the linked record's name, else the key itself. */
        public @Nullable String name(int at) {
            return switch (keys.get(at)) {
                case null -> null;
                case AggregateReader.NamedKey named -> named.name();
                case Object other -> other.toString();
            };
        }
    }

    /**
     * Groups over {@code object}.
     *
     * @param request as {@code POST /api/records/{object}/aggregate} takes it
     * @throws dev.rapport.kernel.Refusal as that route, 404 for an object that the actor may not read
     */
    public List<Group> groups(Actor actor, String object, JsonNode request) {
        var view = access.object(actor, object);
        access.require(actor, Operation.READ, view.definition());
        var read = queries.readAggregate(actor, view, request);
        var rows = database.read(tx -> reader.read(tx, read, access.rows(actor), actor.zone(), catalogue::require));
        var groups = new ArrayList<Group>();
        for (var row : rows) {
            var figures = new LinkedHashMap<String, @Nullable Object>();
            for (int i = 0; i < read.measures().size(); i++)
                figures.put(
                        QueryReader.measureName(read.measures().get(i)),
                        row.figures().get(i));
            groups.add(new Group(row.keys(), figures));
        }
        return groups;
    }
}
