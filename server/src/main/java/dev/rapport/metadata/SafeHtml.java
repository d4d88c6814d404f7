package dev.rapport.metadata;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** HTML that a browser may show: an allow-list of plain formatting, no scripts, styles, forms or remote images. */
final class SafeHtml {
    private static final PolicyFactory FORMATTING = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "b",
                    "strong",
                    "i",
                    "em",
                    "u",
                    "s",
                    "h1",
                    "h2",
                    "h3",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "hr",
                    "a")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("https", "http", "mailto")
            .requireRelNofollowOnLinks()
            .toFactory();
    private static final PolicyFactory NOTHING = new HtmlPolicyBuilder().toFactory();

    private SafeHtml() {}

    static String sanitise(String html) {
        return FORMATTING.sanitize(html);
    }

    /** The words alone. */
    static String toText(String html) {
        return NOTHING.sanitize(html.replace("<", " <"));
    }
}
