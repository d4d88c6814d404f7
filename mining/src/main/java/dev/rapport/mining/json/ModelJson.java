package dev.rapport.mining.json;

import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Models as readable, versioned JSON: {@code {"format": "rapport-mining", "version": 1, "type": …, "model": …}}. Only
 * the record types that a {@link ModelTypes} provider names are ever made, so a file can do no more than describe a
 * model. Never Java serialization.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 5, 6), Column.numeric("y", 3, 5, 7, 9, 11, 13));
 * var line = new LinearRegression().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * var again = (LinearModel) ModelJson.read(ModelJson.write(line));
 * check(again.predict(frame)[4] == line.predict(frame)[4]);
 * }
 */
public final class ModelJson {
    /** The version this library writes; older ones are read, newer ones refused. */
    public static final int VERSION = 1;

    private static final String FORMAT = "rapport-mining";

    private ModelJson() {}

    /** The model as text. @throws IllegalArgumentException if its type is not registered */
    public static String write(Model model) {
        var file = new LinkedHashMap<String, @Nullable Object>();
        file.put("format", FORMAT);
        file.put("version", VERSION);
        file.putAll(envelope(model));
        var out = new StringBuilder();
        Json.write(out, file);
        return out.toString();
    }

    /**
     * The model in a text.
     *
     * @throws Refusal if the text is no model, of a newer version, or of an unknown type
     */
    public static Model read(String text) {
        if (!(Json.parse(text) instanceof Map<?, ?> file) || !FORMAT.equals(file.get("format"))) {
            throw Refusal.because("not-a-model");
        }
        if (!(file.get("version") instanceof Double version) || version < 1 || version > VERSION) {
            throw Refusal.because("model-version", String.valueOf(file.get("version")), VERSION);
        }
        return opened(file);
    }

    /** A model with the name of its type. */
    static Map<String, @Nullable Object> envelope(Model model) {
        String type = types().entrySet().stream()
                .filter(entry -> entry.getValue() == model.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(model.getClass() + " is in no ModelTypes"));
        var envelope = new LinkedHashMap<String, @Nullable Object>();
        envelope.put("type", type);
        envelope.put("model", new Records().toJson(model));
        return envelope;
    }

    /** The model in an envelope. */
    static Model opened(Map<?, ?> envelope) {
        Class<? extends Model> type = types().get(String.valueOf(envelope.get("type")));
        if (type == null) throw Refusal.because("model-type", String.valueOf(envelope.get("type")));
        if (new Records().fromJson(type, envelope.get("model")) instanceof Model model) return model;
        throw Refusal.because("not-a-model");
    }

    private static Map<String, Class<? extends Model>> types() {
        return Registered.TYPES;
    }

    private static final class Registered {
        static final Map<String, Class<? extends Model>> TYPES = new TreeMap<>();

        static {
            TYPES.putAll(CoreTypes.ALL);
            for (ModelTypes more : ServiceLoader.load(ModelTypes.class)) {
                TYPES.putAll(more.types());
            }
        }
    }
}
