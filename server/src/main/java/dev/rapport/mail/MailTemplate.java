package dev.rapport.mail;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.rapport.kernel.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Text with placeholders such as <code>{{contact.name}}</code>, in the language of Mustache, which has no logic and no way to
 * call anything. Values are plain text and never read as templates themselves.
 */
public final class MailTemplate {
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(false)
            .defaultValue("")
            .withCollector(new OnlyMaps())
            .withLoader(name -> {
                throw new MustacheException("There are no partials");
            });

    private MailTemplate() {}

    /** Finds values in maps alone: objects are not looked into. */
    private static final class OnlyMaps extends BasicCollector {
        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    /** What is wrong with {@code text}, told at {@code field}; empty for a template that holds together. */
    public static Optional<Violation> fault(String field, String text) {
        try {
            COMPILER.compile(text);
            return Optional.empty();
        } catch (MustacheException e) {
            return Optional.of(Violation.of(field, "template"));
        }
    }

    /**
     * The text with the values in the place of its placeholders; those without a value are left out.
     *
     * @param values texts, and maps of such
     */
    public static String fill(String text, Map<String, ?> values) {
        try {
            return COMPILER.compile(text).execute(values);
        } catch (MustacheException e) {
            // written before it was checked: people see what they wrote
            return text;
        }
    }
}
