package dev.rapport.mining.text;

import dev.rapport.mining.Model;
import dev.rapport.mining.json.ModelTypes;
import java.util.Map;

/**
 * The models of this module, for {@code ModelJson}.
 *
 * {@snippet :
 * check(new TextTypes().types().containsKey("Topics"));
 * }
 */
public final class TextTypes implements ModelTypes {
    @Override
    public Map<String, Class<? extends Model>> types() {
        return Map.of(
                "TextNaiveBayes", TextNaiveBayes.Fitted.class,
                "TextClassification", TextClassification.Fitted.class,
                "Topics", Topics.class);
    }
}
