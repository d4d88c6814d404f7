package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this product reads and writes it: strict about duplicates, bounded in depth and size. */
public final class Json {
    /** Largest JSON document a request may carry, in bytes. */
    public static final int MAX_DOCUMENT = 10 << 20;

    /** A page of a list fits, so that it need not be copied while it grows. */
    private static final int ROOM = 24 << 10;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(100)
                    .maxDocumentLength(MAX_DOCUMENT + 1L)
                    .build())
            .build();
    public static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** PostgreSQL writes 1e400 as a one with four hundred noughts: what it keeps is read without the limits of requests. */
    private static final JsonMapper STORED = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(1 << 20)
                            .maxStringLength(1 << 27)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** A document that the database has kept. */
    public static JsonNode stored(String text) {
        return STORED.readTree(text);
    }

    /** @throws Refusal 400 if {@code bytes} are not one JSON document */
    public static JsonNode parse(byte[] bytes) {
        try {
            var node = MAPPER.readTree(new ByteArrayInputStream(bytes));
            if (node == null || node.isMissingNode()) throw Refusal.malformed("body-missing");
            return node;
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw Refusal.of(
                    Refusal.Kind.MALFORMED,
                    "json",
                    java.util.Map.of(
                            "line", at == null ? 1 : at.getLineNr(), "column", at == null ? 1 : at.getColumnNr()));
        }
    }

    /** @throws Refusal 400 if {@code text} is not one JSON document */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The document that {@code content} writes. */
    public static byte[] write(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream(ROOM);
        try (var generator = MAPPER.createGenerator(bytes)) {
            content.accept(generator);
        }
        return bytes.toByteArray();
    }
}
