package dev.rapport.mining.json;

import dev.rapport.mining.Model;
import java.util.Map;

/**
 * Names the model types of another module, so that {@link ModelJson} reads and writes them. Found by
 * {@link java.util.ServiceLoader}.
 *
 * {@snippet :
 * ModelTypes types = () -> Map.of("MyModel", KMeansModel.class);
 * check(types.types().containsKey("MyModel"));
 * }
 */
@FunctionalInterface
public interface ModelTypes {
    /**
     * Record types by the names they are stored under; their components are numbers, texts, enums, arrays, lists, maps,
     * optionals or such records.
     */
    Map<String, Class<? extends Model>> types();
}
