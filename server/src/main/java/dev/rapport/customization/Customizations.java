package dev.rapport.customization;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Customization;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import dev.rapport.record.CompiledFields;
import dev.rapport.record.Recompute;
import dev.rapport.record.SearchKeyRebuild;
import dev.rapport.record.StoredValues;
import dev.rapport.schema.SchemaChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects, fields, layouts and rules as administrators make them. Every change is checked as a whole against everything
 * else that is defined, is carried out with its DDL in one transaction, and holds on every node at once.
 */
@Component
public class Customizations {
    private static final Set<String> HEAD = Set.of("labels", "plural", "icon", "group", "nameLabels", "sharing");
    private static final Set<String> ARRANGED = Set.of("layouts", "rules", "matching");
    private static final Set<String> FIXED = Set.of("name", "type", "target", "reads");

    private final Access access;
    private final Catalogue catalogue;
    private final SchemaChange schema;
    private final Records records;
    private final Clock clock;
    private final Audit audit;

    /** What follows for records that are there already. */
    @Component
    record Records(Recompute recompute, SearchKeyRebuild searchKeys, StoredValues values) {}

    Customizations(Access access, Catalogue catalogue, SchemaChange schema, Records records, Clock clock, Audit audit) {
        this.access = access;
        this.catalogue = catalogue;
        this.schema = schema;
        this.records = records;
        this.clock = clock;
        this.audit = audit;
    }

    private void require(Actor actor) {
        access.requireFunction(actor, "customize");
    }

    /** @throws Refusal 403 unless the actor may change what exists */
    public void requireAdministrator(Actor actor) {
        require(actor);
    }

    /** Alters the definition of one object, checks what would follow, and carries it out. */
    private void change(Actor actor, String object, Consumer<ObjectNode> alteration) {
        require(actor);
        schema.apply(
                actor,
                new SchemaChange.Edit() {
                    @Override
                    public void change(Map<String, JsonNode> definitions) {
                        var present = definitions.get(object);
                        if (present == null && catalogue.builtIn(object).isEmpty()) throw Refusal.notFound();
                        var definition = present == null ? Json.object() : (ObjectNode) present.deepCopy();
                        alteration.accept(definition);
                        complete(object, definition);
                        definitions.put(object, definition);
                    }

                    @Override
                    public void check(Catalogue next) {
                        Customizations.check(next);
                    }
                },
                (tx, next) -> follow(tx, actor, object, next));
        records.searchKeys().rebuild();
    }

    /** Starts what brings records up to date, where something computed is new or another. */
    private void follow(Tx tx, Actor actor, String object, Catalogue next) {
        var before = catalogue.find(object).orElse(null);
        var after = next.find(object).orElse(null);
        if (after == null) return;
        boolean another = after.fields().stream()
                .anyMatch(field ->
                        field.computation() != null && !field.computation().equals(computation(before, field.name())));
        if (another) records.recompute().start(tx, actor, object);
        if (before == null) return;
        records.values().requireUnique(tx, before, after);
        if (!before.sharing().equals(after.sharing()))
            audit.write(
                    tx,
                    Audit.Event.of(actor, "organisation.sharing")
                            .on(object, null)
                            .with("from", written(before.sharing()))
                            .with("to", written(after.sharing())));
    }

    private static String written(Sharing sharing) {
        var mode = sharing.mode().name().toLowerCase(Locale.ROOT);
        return sharing.parents().isEmpty() ? mode : mode + " by " + String.join(", ", sharing.parents());
    }

    private static @Nullable Computation computation(@Nullable ObjectDef object, String field) {
        return object == null
                ? null
                : object.field(field)
                        .flatMap(found -> Optional.ofNullable(found.computation()))
                        .orElse(null);
    }

    private static void check(Catalogue next) {
        var violations = new ArrayList<Violation>();
        for (var object : next.all())
            for (var field : object.fields()) {
                var target = switch (field.type()) {
                    case LinkTypes.Lookup lookup -> lookup.target();
                    case LinkTypes.Lookups lookups -> lookups.target();
                    default -> null;
                };
                if (target != null && next.find(target).isEmpty())
                    violations.add(Violation.of(
                            object.name() + "." + field.name() + ".target", "unknown-object", "object", target));
                var dependence = field.dependence();
                if (dependence != null && object.field(dependence.field()).isEmpty())
                    violations.add(Violation.of("fields." + field.name() + ".dependsOn", "unknown-field"));
            }
        for (var object : next.all()) if (object.isCustom()) requireOwnedParents(next, object, violations);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        CompiledFields.check(next);
    }

    /** Records belong to records of the product that have owners: so they never belong to each other in circles. */
    private static void requireOwnedParents(Catalogue next, ObjectDef object, List<Violation> violations) {
        for (var parent : object.sharing().parents()) {
            var target = object.field(parent).map(field -> field.type()).orElse(null) instanceof LinkTypes.Lookup lookup
                    ? next.find(lookup.target()).orElse(null)
                    : null;
            boolean owned =
                    target != null && !target.isCustom() && target.sharing().mode() == Sharing.Mode.OWNED;
            if (!owned) violations.add(Violation.of("sharing.parents", "sharing-parent", "parent", parent));
        }
    }

    /** Adds to computed fields the type and the fields read that follow from their texts. */
    private void complete(String object, ObjectNode definition) {
        for (var node : definition.path("fields").values()) {
            if (Customization.isDeleted(node)) continue;
            var field = (ObjectNode) node;
            boolean formula = field.path("formula").isString();
            boolean rollUp = field.path("rollUp").isObject();
            if (!formula && !rollUp) continue;
            var result = formula
                    ? CompiledFields.formula(
                            catalogue, object, field.get("formula").stringValue())
                    : CompiledFields.rollUp(catalogue, field.get("rollUp"));
            var present = field.path("type").asString(result.type());
            if (!present.equals(result.type()))
                throw Refusal.invalid(
                        Violation.of(formula ? "formula" : "rollUp", "formula-other-type", "expected", present));
            field.put("type", result.type());
            if (!formula) continue;
            var reads = field.putArray("reads");
            result.reads().stream().sorted().forEach(reads::add);
        }
    }

    /** Defines a new object. @throws Refusal 422 with every mistake, 409 if there is or was one of this name */
    public void createObject(Actor actor, JsonNode body) {
        require(actor);
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        var name = body.path("name").asString("");
        refuseKept(body, "");
        var written = (ObjectNode) body.deepCopy();
        written.remove("name");
        var fields = written.remove("fields");
        var layouts = written.remove("layouts");
        var rules = written.remove("rules");
        var matching = written.remove("matching");
        schema.apply(
                actor,
                new SchemaChange.Edit() {
                    @Override
                    public void change(Map<String, JsonNode> definitions) {
                        requireFree(definitions.get(name), name);
                        var definition = Json.object();
                        definition.set("object", written);
                        definition.set("fields", fields == null ? Json.MAPPER.createArrayNode() : fields);
                        if (layouts != null) definition.set("layouts", layouts);
                        if (rules != null) definition.set("rules", rules);
                        if (matching != null) definition.set("matching", matching);
                        refuseComputed(definition);
                        definitions.put(name, definition);
                    }

                    @Override
                    public void check(Catalogue next) {
                        Customizations.check(next);
                    }
                },
                (tx, next) -> {});
        records.searchKeys().rebuild();
    }

    /** Members that the server alone keeps in a definition. */
    private static void refuseKept(JsonNode body, String at) {
        for (var name : List.of("deletedAt", "reads"))
            if (body.has(name)) throw Refusal.invalid(Violation.of(at + name, "unknown-member"));
        for (var field : body.path("fields").values()) refuseKept(field, "fields.");
    }

    /** A computed field needs its object to be there: it is added after it. */
    private static void refuseComputed(JsonNode definition) {
        for (var field : definition.path("fields").values())
            if (field.has("formula") || field.has("rollUp"))
                throw Refusal.invalid(
                        Violation.of("fields." + field.path("name").asString(""), "computed-later"));
    }

    private void requireFree(@Nullable JsonNode definition, String name) {
        if (catalogue.builtIn(name).isPresent() || definition != null && !Customization.isDeleted(definition))
            throw Refusal.of(Refusal.Kind.CONFLICT, "duplicate", List.of(Violation.of("name", "name-taken")));
        if (definition != null)
            throw Refusal.of(Refusal.Kind.CONFLICT, "duplicate", List.of(Violation.of("name", "name-in-bin")));
    }

    /** Changes labels, icon, layouts, rules of an object, or how duplicates of it are found. */
    public void updateObject(Actor actor, String object, JsonNode body) {
        var known = requireObject(actor, object);
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        change(actor, known, definition -> {
            var violations = new ArrayList<Violation>();
            for (var member : body.properties()) {
                var name = member.getKey();
                boolean head = HEAD.contains(name) && definition.path("object").isObject();
                if (head) ((ObjectNode) definition.get("object")).set(name, member.getValue());
                else if (ARRANGED.contains(name)) put(definition, name, member.getValue());
                else violations.add(Violation.of(name, HEAD.contains(name) ? "built-in" : "unknown-member"));
            }
            if (!violations.isEmpty()) throw Refusal.invalid(violations);
        });
    }

    private static void put(ObjectNode definition, String name, JsonNode value) {
        if (value.isNull()) definition.remove(name);
        else definition.set(name, value);
    }

    /** Puts a custom object into the recycle bin: its records stay for as long as it lies there. */
    public void deleteObject(Actor actor, String object) {
        change(
                actor,
                requireCustom(actor, object),
                definition -> definition.put("deletedAt", clock.instant().toString()));
    }

    /** Takes a custom object out of the recycle bin. */
    public void restoreObject(Actor actor, String object) {
        change(actor, object, definition -> {
            if (definition.remove("deletedAt") == null) throw Refusal.notFound();
        });
    }

    private String requireObject(Actor actor, String object) {
        require(actor);
        return access.object(actor, object).definition().name();
    }

    private String requireCustom(Actor actor, String object) {
        var name = requireObject(actor, object);
        if (catalogue.builtIn(name).isPresent())
            throw Refusal.of(Refusal.Kind.CONFLICT, "built-in", List.of(Violation.of("", "built-in")));
        return name;
    }

    /** Adds a field: a column, usable at once in lists, forms, filters, import and the API. */
    public void createField(Actor actor, String object, JsonNode body) {
        var name = requireObject(actor, object);
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        refuseKept(body, "");
        change(actor, name, definition -> {
            var fields = definition.withArray("fields");
            var present = find(fields, body.path("name").asString(""));
            requireFree(present, "");
            fields.add(body.deepCopy());
        });
    }

    /** Changes a field but for its type. A built-in field can be called otherwise, explained and made required. */
    public void updateField(Actor actor, String object, String fieldName, JsonNode body) {
        var name = requireObject(actor, object);
        if (!body.isObject()) throw Refusal.malformed("object-expected");
        refuseKept(body, "");
        var field = access.object(actor, name).readable(fieldName).orElseThrow(Refusal::notFound);
        change(actor, name, definition -> {
            if (!field.isCustom()) {
                adjust(definition, fieldName, body);
                return;
            }
            var node = find(definition.withArray("fields"), fieldName);
            if (node == null) throw Refusal.notFound();
            records.values().requireUnusedChoices(field, body.get("choices"), catalogue.require(name));
            for (var member : body.properties()) {
                if (FIXED.contains(member.getKey()) && !member.getValue().equals(node.get(member.getKey())))
                    throw Refusal.invalid(Violation.of(member.getKey(), "fixed"));
                put(node, member.getKey(), member.getValue());
            }
            if (body.has("formula") || body.has("rollUp")) node.remove("reads");
        });
    }

    private static void adjust(ObjectNode definition, String fieldName, JsonNode body) {
        var adjusted =
                definition.has("adjusted") ? (ObjectNode) definition.get("adjusted") : definition.putObject("adjusted");
        var node = adjusted.has(fieldName) ? (ObjectNode) adjusted.get(fieldName) : adjusted.putObject(fieldName);
        for (var member : body.properties()) put(node, member.getKey(), member.getValue());
    }

    private static @Nullable ObjectNode find(ArrayNode fields, String name) {
        for (var node : fields.values()) if (node.path("name").asString("").equals(name)) return (ObjectNode) node;
        return null;
    }

    /** Puts a custom field into the recycle bin: its column stays for as long as it lies there. */
    public void deleteField(Actor actor, String object, String fieldName) {
        var name = requireObject(actor, object);
        var field = access.object(actor, name).readable(fieldName).orElseThrow(Refusal::notFound);
        if (!field.isCustom())
            throw Refusal.of(Refusal.Kind.CONFLICT, "built-in", List.of(Violation.of(fieldName, "built-in")));
        change(actor, name, definition -> {
            var node = find(definition.withArray("fields"), fieldName);
            if (node == null) throw Refusal.notFound();
            node.put("deletedAt", clock.instant().toString());
        });
    }

    /** Takes a custom field out of the recycle bin with all its values. */
    public void restoreField(Actor actor, String object, String fieldName) {
        change(actor, requireObject(actor, object), definition -> {
            var node = find(definition.withArray("fields"), fieldName);
            if (node == null || node.remove("deletedAt") == null) throw Refusal.notFound();
        });
    }

    /** What a formula would result in. @throws Refusal 422 with the column of the first mistake */
    public JsonNode checkFormula(Actor actor, String object, String text, boolean rule) {
        var name = requireObject(actor, object);
        var result =
                rule ? CompiledFields.condition(catalogue, name, text) : CompiledFields.formula(catalogue, name, text);
        var node = Json.object().put("type", result.type());
        var reads = node.putArray("reads");
        result.reads().stream().sorted().forEach(reads::add);
        return node;
    }

    /** What administrators made of every object: for the screens in which they do so. */
    public JsonNode definitions(Actor actor) {
        require(actor);
        var node = Json.object();
        var items = node.putArray("items");
        schema.definitions().forEach((name, definition) -> {
            var item = items.addObject().put("name", name);
            item.setAll((ObjectNode) definition);
        });
        return node;
    }

    /** The states that an object's definition was in, the newest first. */
    public JsonNode history(Actor actor, String object) {
        var name = requireObject(actor, object);
        var node = Json.object();
        var items = node.putArray("items");
        for (var state : schema.history(name, 100))
            items.addObject()
                    .put("version", state.version())
                    .put("at", state.at().toString())
                    .put("actor", state.actor().toString())
                    .set("definition", state.definition());
        return node;
    }
}
