package dev.rapport.customer;

import dev.rapport.http.Json;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/**
 * What is kept encrypted is not written in the clear into a saved view or a dashboard: looking for such a value is for the
 * moment, and its filter is not kept.
 */
@Configuration(proxyBeanMethods = false)
class KeptFilterRules {
    private record NothingEncrypted(
            String object, Field<String> definition, Function<Change, @Nullable String> of, Catalogue catalogue)
            implements RecordRule {
        @Override
        public Verdict decide(Change change, Lookups lookups) {
            var written = change.after(definition);
            if (written == null || !change.touches(definition)) return Verdict.accept();
            var start = Optional.ofNullable(of.apply(change)).flatMap(catalogue::find);
            return compares(parsed(written), start.orElse(null))
                    ? Verdict.reject(definition, "encrypted")
                    : Verdict.accept();
        }

        private static JsonNode parsed(String text) {
            try {
                return Json.parse(text);
            } catch (Refusal unreadable) {
                return Json.object(); // what cannot be read filters nothing
            }
        }

        /** Whether any comparison in {@code node} is with an encrypted field of {@code object} or of what it links to. */
        private boolean compares(JsonNode node, @Nullable ObjectDef object) {
            var named = node.path("object").isString()
                    ? catalogue.find(node.path("object").stringValue()).orElse(object)
                    : object;
            boolean here = node.path("field").isString()
                    && node.has("value")
                    && named != null
                    && isEncrypted(node.path("field").stringValue(), named);
            return here || node.valueStream().anyMatch(inner -> compares(inner, named));
        }

        private boolean isEncrypted(String path, ObjectDef start) {
            var object = start;
            Field<?> field = null;
            for (var step : path.split("\\.")) {
                if (object == null) return false;
                field = object.field(step).orElse(null);
                object = field != null && field.type() instanceof LinkTypes.Lookup lookup
                        ? catalogue.find(lookup.target()).orElse(null)
                        : null;
            }
            return field != null && field.type() instanceof EncryptedText;
        }
    }

    @Bean
    RecordRule viewsKeepNothingEncrypted(Catalogue catalogue) {
        return new NothingEncrypted(
                "listView", ListView.DEFINITION, change -> change.after(ListView.OBJECT), catalogue);
    }

    @Bean
    RecordRule dashboardsKeepNothingEncrypted(Catalogue catalogue) {
        return new NothingEncrypted("dashboard", Dashboard.DEFINITION, change -> null, catalogue);
    }
}
