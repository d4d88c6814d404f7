package dev.rapport.sales;

import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A page of XHTML put together element by element: texts of people are texts, whatever they contain. */
final class PaperDocument {
    private final Document document;
    private final Element body;

    PaperDocument(String language, String style) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            document = factory.newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        var html = document.createElement("html");
        html.setAttribute("lang", language);
        document.appendChild(html);
        add(add(html, "head", ""), "style", "", style);
        body = add(html, "body", "");
    }

    Document document() {
        return document;
    }

    Element body() {
        return body;
    }

    /** A new element at the end of {@code parent}. @param look its class, empty for none */
    Element add(Element parent, String tag, String look) {
        var element = document.createElement(tag);
        if (!look.isEmpty()) element.setAttribute("class", look);
        parent.appendChild(element);
        return element;
    }

    /** The same with a text, whose lines stay lines; nothing for no text. */
    Element add(Element parent, String tag, String look, @Nullable String text) {
        var element = add(parent, tag, look);
        var lines = Objects.requireNonNullElse(text, "").split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) add(element, "br", "");
            element.appendChild(document.createTextNode(printable(lines[i])));
        }
        return element;
    }

    /** Control characters have no form on paper. */
    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]", " ");
    }
}
