package dev.rapport.exchange;

import dev.rapport.access.Access;
import dev.rapport.http.Messages;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Choice;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.TextTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.PathResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why rows of a file were refused, in the words of whoever reads it: the reasons are kept as codes, for the reader need not
 * speak the language of the one who started the import.
 */
@Component
class RefusalReasons {
    private final Access access;

    RefusalReasons(Access access) {
        this.access = access;
    }

    /** A copy of a preview with its errors' reasons in the actor's language. */
    JsonNode told(Actor actor, String object, JsonNode preview) {
        var copy = preview.deepCopy();
        for (var error : copy.path("errors"))
            for (var reason : error.path("reasons")) if (reason instanceof ObjectNode node) tell(actor, object, node);
        return copy;
    }

    /** The reasons of one row as one text. */
    String text(Actor actor, String object, JsonNode reasons) {
        var texts = new ArrayList<String>();
        for (var reason : reasons) {
            if (!(reason.deepCopy() instanceof ObjectNode node)) continue;
            tell(actor, object, node);
            texts.add((node.path("label").asString("") + ": "
                            + node.path("message").asString(""))
                    .strip());
        }
        return String.join("; ", texts);
    }

    private void tell(Actor actor, String object, ObjectNode reason) {
        var name = reason.path("field").asString("");
        var locale = actor.locale();
        var params = new HashMap<String, Object>();
        reason.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asString()));
        var catalogue = access.catalogue(actor);
        var path = catalogue.object(object).flatMap(view -> resolve(view, new PathResolver(catalogue), name));
        reason.put("label", path.map(found -> Exports.label(found, locale)).orElse(name));
        path.map(FieldPath::field).map(RefusalReasons::choices).ifPresent(choices -> allow(choices, params, locale));
        var code = reason.path("code").asString("");
        reason.put("message", Messages.violation(new Violation(name, code, Map.copyOf(params)), locale));
    }

    private static java.util.Optional<FieldPath> resolve(ObjectView object, PathResolver paths, String name) {
        return paths.resolve(object, name, new ArrayList<>());
    }

    private static List<Choice> choices(Field<?> field) {
        return switch (field.type()) {
            case TextTypes.Choices one -> one.choices();
            case TextTypes.MultiChoice several -> several.choices();
            default -> List.of();
        };
    }

    /** A file may use the words that people see, so these are what is offered. */
    private static void allow(List<Choice> choices, Map<String, Object> params, Locale locale) {
        if (choices.isEmpty() || !params.containsKey("allowed")) return;
        var between = "zh".equals(locale.getLanguage()) ? "、" : ", ";
        params.put(
                "allowed",
                choices.stream().map(choice -> choice.labels().in(locale)).collect(Collectors.joining(between)));
    }
}
