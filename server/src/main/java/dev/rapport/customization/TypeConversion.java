package dev.rapport.customization;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Customization;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.record.CompiledFields;
import dev.rapport.record.SearchKeyRebuild;
import dev.rapport.record.StoredValues;
import dev.rapport.schema.SchemaChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a custom field another type: first as a dry run that counts what the new type cannot hold, then as a job. Readers
 * go on meanwhile; writers of the object wait. The job is one transaction, so a kill leaves everything as it was. What is
 * lost can be had back: each changed value stands in the record's history.
 */
@Component
public class TypeConversion implements JobHandler {
    private static final Set<String> TYPE_MEMBERS =
            Set.of("type", "choices", "target", "maxLength", "prefix", "unique", "searchable", "filterable", "default");

    private final Access access;
    private final Catalogue catalogue;
    private final SchemaChange schema;
    private final Database database;
    private final Parts parts;

    /** What a conversion needs beside the schema. */
    @Component
    record Parts(Jobs jobs, StoredValues values, SearchKeyRebuild searchKeys) {}

    TypeConversion(Access access, Catalogue catalogue, SchemaChange schema, Database database, Parts parts) {
        this.access = access;
        this.catalogue = catalogue;
        this.schema = schema;
        this.database = database;
        this.parts = parts;
    }

    /** What would happen, or the job that does it. */
    public sealed interface Outcome {
        record Preview(ObjectNode body) implements Outcome {}

        record Started(Job job) implements Outcome {}
    }

    @Override
    public String kind() {
        return "convert-field";
    }

    /** @param body {@code type} with its members, and {@code dryRun} */
    public Outcome run(Actor actor, String objectName, String fieldName, JsonNode body) {
        access.requireFunction(actor, "customize");
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        var object = access.object(actor, objectName);
        var field = object.readable(fieldName).orElseThrow(Refusal::notFound);
        requireConvertible(field);
        boolean dryRun = body.path("dryRun").asBoolean(false);
        var wanted = (ObjectNode) body.deepCopy();
        wanted.remove("dryRun");
        var definitions = new TreeMap<>(schema.definitions());
        var next = converted(definitions, objectName, fieldName, wanted);
        if (dryRun)
            return new Outcome.Preview(parts.values()
                    .previewConversion(
                            actor,
                            object.definition(),
                            field,
                            next.require(objectName).require(fieldName)));
        var id = database.transact(tx -> {
            var payload = Json.object().put("object", objectName).put("field", fieldName);
            payload.set("wanted", wanted);
            return parts.jobs().start(tx, kind(), actor, null, payload);
        });
        return new Outcome.Started(parts.jobs().find(id).orElseThrow());
    }

    private static void requireConvertible(Field<?> field) {
        if (!field.isCustom())
            throw Refusal.of(Refusal.Kind.CONFLICT, "built-in", List.of(Violation.of(field.name(), "built-in")));
        // what is encrypted is read one by one, and each time is written down
        if (field.computation() != null || field.type() instanceof EncryptedText)
            throw Refusal.invalid(Violation.of("type", "fixed"));
    }

    private Catalogue converted(Map<String, JsonNode> definitions, String object, String fieldName, ObjectNode wanted) {
        for (var name : wanted.propertyNames())
            if (!TYPE_MEMBERS.contains(name)) throw Refusal.invalid(Violation.of(name, "unknown-member"));
        var present = definitions.get(object);
        if (present == null) throw Refusal.notFound();
        var definition = (ObjectNode) present.deepCopy();
        for (var node : ((ArrayNode) definition.path("fields")).values()) {
            if (!node.path("name").asString("").equals(fieldName) || Customization.isDeleted(node)) continue;
            var field = (ObjectNode) node;
            TYPE_MEMBERS.forEach(field::remove);
            wanted.properties().forEach(member -> field.set(member.getKey(), member.getValue()));
        }
        definitions.put(object, definition);
        var next = catalogue.with(definitions);
        if (next.require(object).require(fieldName).type() instanceof LinkTypes.Lookup lookup
                && next.find(lookup.target()).isEmpty())
            throw Refusal.invalid(Violation.of("target", "unknown-object", "object", lookup.target()));
        CompiledFields.check(next);
        return next;
    }

    @Override
    public void run(JobRun run) {
        var object = run.payload().path("object").asString();
        var fieldName = run.payload().path("field").asString();
        var wanted = (ObjectNode) run.payload().path("wanted");
        var outcome = Json.object();
        var before = catalogue.require(object);
        schema.convert(
                run.actor(),
                before.require(fieldName),
                before,
                definitions -> converted(definitions, object, fieldName, wanted),
                (tx, next) -> outcome.setAll(
                        parts.values().convert(tx, run, before, before.require(fieldName), next.require(object))));
        run.result(outcome);
        parts.searchKeys().rebuild();
    }
}
