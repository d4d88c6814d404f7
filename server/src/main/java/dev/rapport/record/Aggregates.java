package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.query.AggregateReader;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Figures over the records that an actor may see, as the API shows them. */
@Component
public class Aggregates {
    private final Database database;
    private final Access access;
    private final AggregateReader reader;
    private final Catalogue catalogue;

    Aggregates(Database database, Access access, AggregateReader reader, Catalogue catalogue) {
        this.database = database;
        this.access = access;
        this.reader = reader;
        this.catalogue = catalogue;
    }

    public byte[] read(Actor actor, AggregateReader.Request request) {
        access.require(actor, Operation.READ, request.object());
        var groups =
                database.read(tx -> reader.read(tx, request, access.rows(actor), actor.zone(), catalogue::require));
        return Json.write(json -> {
            json.writeStartObject();
            json.writeName("groups");
            json.writeStartArray();
            groups.forEach(group -> write(json, request, group));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, AggregateReader.Request request, AggregateReader.Group group) {
        json.writeStartObject();
        for (int i = 0; i < request.groupBy().size(); i++) {
            json.writeName(request.groupBy().get(i).path().text());
            writeFigure(json, group.keys().get(i));
        }
        for (int i = 0; i < request.measures().size(); i++) {
            json.writeName(QueryReader.measureName(request.measures().get(i)));
            writeFigure(json, group.figures().get(i));
        }
        json.writeEndObject();
    }

    /** Writes one key or figure: counts as numbers, exact numbers as strings. */
    static void writeFigure(JsonGenerator json, @Nullable Object figure) {
        switch (figure) {
            case null -> json.writeNull();
            case Money money -> new NumberTypes.MoneyAmount().write(json, money);
            case Integer count -> json.writeNumber(count);
            case Long count -> json.writeNumber(count);
            case Boolean flag -> json.writeBoolean(flag);
            case BigDecimal number ->
                json.writeString(number.stripTrailingZeros().toPlainString());
            case AggregateReader.NamedKey(var id, var name) -> {
                json.writeStartObject();
                json.writeStringProperty("id", id);
                if (name == null) json.writeNullProperty("name");
                else json.writeStringProperty("name", name);
                json.writeEndObject();
            }
            default -> json.writeString(figure.toString());
        }
    }
}
