package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.encryption.SealedValues;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.Sealed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows values that answers hide: encrypted ones to whoever may read the field, masked ones to whoever may reveal. What was
 * shown to whom, and why, is in the audit log before it is shown; the value is not.
 */
@Component
public class Reveal {
    private final Access access;
    private final Database database;
    private final RecordStore store;
    private final RecordSight sight;
    private final SealedValues sealed;
    private final Audit audit;

    Reveal(Access access, Database database, RecordStore store, RecordSight sight, SealedValues sealed, Audit audit) {
        this.access = access;
        this.database = database;
        this.store = store;
        this.sight = sight;
        this.sealed = sealed;
        this.audit = audit;
    }

    /**
     * The values by field; null where there is none.
     *
     * @param reason why they are needed, in the actor's words
     * @throws Refusal 404 for a record that the actor does not see, 403 for a field that they see masked and may not reveal
     */
    public ObjectNode reveal(Actor actor, ObjectView object, RecordId id, Set<String> fields, String reason) {
        var definition = object.definition();
        var record = database.read(tx -> store.load(tx, definition, List.of(id), access.rows(actor), false))
                .get(id);
        if (record == null || record.deleted()) throw Refusal.notFound();
        var wanted = wanted(actor, sight.inRecord(actor, object, record), fields);
        return database.transact(tx -> {
            audit.write(
                    tx,
                    Audit.Event.of(actor, "value.reveal")
                            .on(definition.name(), id)
                            .with("fields", String.join(", ", new TreeSet<>(fields)))
                            .with("reason", reason));
            var values = Json.object();
            for (var field : wanted) values.set(field.name(), value(tx, record, field));
            return values;
        });
    }

    private List<Field<?>> wanted(Actor actor, ObjectView object, Set<String> names) {
        var violations = new ArrayList<Violation>();
        var wanted = new ArrayList<Field<?>>();
        boolean masked = false;
        for (var name : names) {
            var field = object.shown(name).orElse(null);
            if (field == null) {
                violations.add(Violation.of(name, "unknown-field"));
                continue;
            }
            boolean readable = object.readable(name).isPresent();
            if (readable && !(field.type() instanceof EncryptedText)) violations.add(Violation.of(name, "not-hidden"));
            masked |= !readable;
            wanted.add(field);
        }
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        if (masked) access.require(actor, Operation.REVEAL, object.definition());
        return wanted;
    }

    private JsonNode value(Tx tx, StoredRecord record, Field<?> field) {
        var value = record.values().get(field);
        if (!(value instanceof Sealed hidden)) return json(field.type(), value);
        var place = new SealedValues.Place(record.object().name(), field.name(), record.id());
        return Json.MAPPER.valueToTree(sealed.reveal(tx, place, hidden)
                .orElseThrow(() -> Refusal.of(Refusal.Kind.CONFLICT, "value-unreadable")));
    }

    @SuppressWarnings("unchecked")
    private static <T> JsonNode json(FieldType<T> type, @Nullable Object value) {
        if (value == null) return Json.MAPPER.nullNode();
        return Json.parse(Json.write(out -> type.write(out, (T) value)));
    }
}
