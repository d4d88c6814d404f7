package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Labels;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Choice;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.query.Operators;
import dev.rapport.record.MatchProfiles;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects and fields that exist for the caller, with all a client needs to draw them. */
@RestController
class ObjectController {
    private final Catalogue catalogue;
    private final Access access;

    ObjectController(Catalogue catalogue, Access access) {
        this.catalogue = catalogue;
        this.access = access;
    }

    @Route("Objects and fields that I may see")
    @GetMapping("/api/objects")
    JsonNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        var view = access.catalogue(actor);
        for (var object : catalogue.all())
            view.object(object.name()).ifPresent(visible -> items.add(describe(actor, visible)));
        var functions = node.putArray("functions");
        access.functions(actor).forEach(functions::add);
        return node;
    }

    @Route("One object")
    @GetMapping("/api/objects/{object}")
    JsonNode get(Actor actor, @PathVariable String object) {
        return describe(actor, access.object(actor, object));
    }

    private ObjectNode describe(Actor actor, ObjectView view) {
        var object = view.definition();
        var node = Json.object();
        node.put("name", object.name());
        node.set("labels", labels(object.labels()));
        node.set("plural", labels(object.plural()));
        node.put("icon", object.icon());
        node.put("group", object.group().name().toLowerCase(Locale.ROOT));
        node.put("nameField", object.nameField());
        if (object.chineseNameField() != null) node.put("chineseNameField", object.chineseNameField());
        node.put("defaultSort", object.defaultSort());
        node.put("custom", object.isCustom());
        var operations = node.putArray("operations");
        for (var operation : Operation.values())
            if (access.allows(actor, operation, object))
                operations.add(operation.name().toLowerCase(Locale.ROOT));
        var fields = node.putArray("fields");
        for (var field : object.fields()) if (view.shown(field.name()).isPresent()) fields.add(describe(view, field));
        describeLayouts(node.putObject("layouts"), view);
        if (MatchProfiles.isComparable(object)) describeMatching(node.putObject("matching"), view);
        return node;
    }

    private static void describeMatching(ObjectNode matching, ObjectView view) {
        var object = view.definition();
        var rules = object.matching();
        matching.put("enabled", rules.enabled());
        matching.put("level", rules.level().name().toLowerCase(Locale.ROOT));
        var ignored = matching.putArray("ignored");
        var compared = matching.putArray("compared");
        for (var field : object.fields())
            if (MatchProfiles.isCompared(object, field)
                    && view.readable(field.name()).isPresent())
                (rules.ignores(field) ? ignored : compared).add(field.name());
    }

    private static ObjectNode describe(ObjectView view, Field<?> field) {
        var node = Json.object();
        node.put("name", field.name());
        node.put("type", field.type().code());
        node.set("labels", labels(field.labels()));
        var traits = node.putArray("traits");
        for (var trait : Trait.values()) if (field.is(trait)) traits.add(camel(trait.name()));
        node.put("writable", view.canWrite(field));
        var operators = node.putArray("operators");
        boolean masked = view.readable(field.name()).isEmpty();
        if (!masked) Operators.of(field.type()).forEach(operators::add);
        if (masked) node.put("masked", true);
        describeType(node, field.type());
        var help = field.help();
        if (help != null) node.set("help", labels(help));
        if (field.defaultValue() != null) node.put("default", field.defaultValue());
        describeDependence(node, field.dependence());
        describe(node, field.computation());
        return node;
    }

    private static void describeDependence(ObjectNode node, Field.@Nullable Dependence dependence) {
        if (dependence == null) return;
        var object = node.putObject("dependsOn").put("field", dependence.field());
        var allowed = object.putObject("allowed");
        dependence.allowed().forEach((code, left) -> {
            var list = allowed.putArray(code);
            left.forEach(list::add);
        });
    }

    private static void describe(ObjectNode node, @Nullable Computation computation) {
        switch (computation) {
            case Computation.Formula formula -> node.put("formula", formula.text());
            case Computation.RollUp rollUp -> {
                var object = node.putObject("rollUp")
                        .put("function", rollUp.function().name().toLowerCase(Locale.ROOT))
                        .put("child", rollUp.child())
                        .put("via", rollUp.via())
                        .put("field", rollUp.childField());
                if (rollUp.filter() != null) object.set("filter", rollUp.filter());
            }
            case null -> {}
        }
    }

    private static void describeType(ObjectNode node, FieldType<?> type) {
        switch (type) {
            case TextTypes.Choices choices -> describe(node.putArray("choices"), choices.choices());
            case TextTypes.MultiChoice choices -> describe(node.putArray("choices"), choices.choices());
            case LinkTypes.Lookup lookup -> {
                node.put("target", lookup.target());
                if (lookup.within() != null) node.put("within", lookup.within());
            }
            case LinkTypes.Lookups lookups -> node.put("target", lookups.target());
            case TextTypes.Text text -> node.put("maxLength", text.maxLength());
            default -> {
                if (type.parts().size() > 1) {
                    var parts = node.putArray("parts");
                    type.parts().forEach(part -> parts.add(part.name()));
                }
            }
        }
    }

    private static void describe(ArrayNode array, List<Choice> choices) {
        for (var choice : choices)
            array.addObject()
                    .put("code", choice.code())
                    .put("color", choice.color())
                    .set("labels", labels(choice.labels()));
    }

    private void describeLayouts(ObjectNode layouts, ObjectView view) {
        var object = view.definition();
        var list = layouts.putArray("list");
        object.listColumns().stream()
                .filter(path -> view.shown(path.split("\\.")[0]).isPresent())
                .forEach(list::add);
        var form = layouts.putArray("form");
        for (var section : object.form()) {
            var node = form.addObject();
            node.set("labels", labels(section.labels()));
            var fields = node.putArray("fields");
            section.fields().stream()
                    .filter(name -> view.shown(name).isPresent())
                    .forEach(fields::add);
        }
        var related = layouts.putArray("related");
        object.relatedLists().forEach(path -> related.add(path));
        layouts.put("timeline", hasTimeline(object));
    }

    private boolean hasTimeline(ObjectDef object) {
        return catalogue.all().stream()
                .anyMatch(other -> other.timeline() != null
                        && !other.lookupsTo(object.name()).isEmpty());
    }

    private static ObjectNode labels(Labels labels) {
        return Json.object().put("en", labels.en()).put("zh-CN", labels.zh());
    }

    private static String camel(String constant) {
        var words = constant.toLowerCase(Locale.ROOT).split("_");
        return words.length == 1
                ? words[0]
                : words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
    }
}
