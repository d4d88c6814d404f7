package dev.rapport.record.web;

import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document, made from the routes that are really registered and the objects that really exist: the generic
 * record routes appear once per object with that object's schema.
 */
@RestController
class OpenApiController {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final RequestMappingHandlerMapping routes;
    private final Catalogue catalogue;

    OpenApiController(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes, Catalogue catalogue) {
        this.routes = routes;
        this.catalogue = catalogue;
    }

    private record Operation(String path, String method, String summary) {}

    @Route("This document")
    @GetMapping("/api/openapi.json")
    JsonNode document() {
        var document = Json.object().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Rapport").put("version", "1");
        document.putArray("servers").addObject().put("url", "/");
        var paths = document.putObject("paths");
        for (var operation : operations()) {
            if (operation.path().contains("/records/{object}"))
                catalogue.all().forEach(object -> write(paths, operation, object.name()));
            else write(paths, operation, "");
        }
        var components = document.putObject("components");
        var schemas = components.putObject("schemas");
        schemas.set("Problem", problem());
        catalogue.all().forEach(object -> schemas.set(object.name(), schema(object)));
        var schemes = components.putObject("securitySchemes");
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
        schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", "rapport_session");
        return document;
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        routes.getHandlerMethods().forEach((mapping, handler) -> {
            for (var path : mapping.getPatternValues())
                if (path.startsWith("/api"))
                    for (var method : mapping.getMethodsCondition().getMethods())
                        operations.add(new Operation(path, name(method), summary(handler)));
        });
        operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        return operations;
    }

    private static String name(RequestMethod method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private static String summary(HandlerMethod handler) {
        var route = handler.getMethodAnnotation(Route.class);
        if (route == null) throw new IllegalStateException("No @Route on " + handler);
        return route.value();
    }

    private void write(ObjectNode paths, Operation operation, String object) {
        var path = operation.path().replace("/records/{object}", "/records/" + object);
        var item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        var node = item.putObject(operation.method()).put("summary", operation.summary());
        var parameters = node.putArray("parameters");
        var variables = VARIABLE.matcher(path);
        while (variables.find()) {
            var parameter = parameters
                    .addObject()
                    .put("name", variables.group(1))
                    .put("in", "path")
                    .put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
        if (!operation.method().equals("get") && !operation.method().equals("delete")) body(node, path, object);
        answers(node, path, object);
    }

    private static void body(ObjectNode node, String path, String object) {
        boolean upload = path.equals("/api/files") || path.equals("/api/imports");
        var content = node.putObject("requestBody").putObject("content");
        var schema = content.putObject(upload ? "multipart/form-data" : "application/json")
                .putObject("schema");
        if (isRecord(path) && !object.isEmpty()) schema.put("$ref", "#/components/schemas/" + object);
        else schema.put("type", "object");
    }

    private static boolean isRecord(String path) {
        return path.matches("/api/records/\\w+(/\\{id}|/by/.*)?");
    }

    private static void answers(ObjectNode node, String path, String object) {
        var answers = node.putObject("responses");
        var schema = answers.putObject("2XX")
                .put("description", "Done")
                .putObject("content")
                .putObject("application/json")
                .putObject("schema");
        if (isRecord(path) && !object.isEmpty()) schema.put("$ref", "#/components/schemas/" + object);
        else schema.put("type", "object");
        answers.putObject("default")
                .put("description", "Refused")
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    private static ObjectNode problem() {
        var schema = Json.object().put("type", "object");
        var properties = schema.putObject("properties");
        for (var name : List.of("type", "title", "detail", "code", "traceId"))
            properties.putObject(name).put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties
                .putObject("violations")
                .put("type", "array")
                .putObject("items")
                .put("type", "object");
        return schema;
    }

    private static ObjectNode schema(ObjectDef object) {
        var schema =
                Json.object().put("type", "object").put("title", object.labels().en());
        var properties = schema.putObject("properties");
        properties.putObject("id").put("type", "string").put("format", "uuid").put("readOnly", true);
        properties.putObject("version").put("type", "integer").put("readOnly", true);
        var required = Json.MAPPER.createArrayNode();
        for (var field : object.fields()) {
            describe(properties.putObject(field.name()), field);
            if (field.is(Trait.REQUIRED) && field.defaultValue() == null) required.add(field.name());
        }
        if (!required.isEmpty()) schema.set("required", required);
        return schema;
    }

    private static void describe(ObjectNode property, Field<?> field) {
        property.put("title", field.labels().en());
        if (field.is(Trait.READ_ONLY)) property.put("readOnly", true);
        var type = field.type();
        var jsonType = switch (type) {
            case NumberTypes.Flag flag -> "boolean";
            case NumberTypes.Whole whole -> "integer";
            default ->
                type.parts().getFirst().type() == ColumnType.CODES
                                || type.parts().getFirst().type() == ColumnType.UUIDS
                        ? "array"
                        : type.parts().size() > 1 ? "object" : "string";
        };
        var types = property.putArray("type");
        types.add(jsonType);
        if (type instanceof LinkTypes.Lookup || type instanceof LinkTypes.Attachment) types.add("object");
        types.add("null");
        if (type instanceof TextTypes.Choices choices) {
            var codes = property.putArray("enum");
            choices.choices().forEach(choice -> codes.add(choice.code()));
            codes.addNull();
        }
    }
}
