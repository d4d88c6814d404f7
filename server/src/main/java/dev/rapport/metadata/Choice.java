package dev.rapport.metadata;

import dev.rapport.kernel.Labels;

/**
 * One value of a choice field.
 *
 * @param code what is stored and sent
 * @param color hue of its tag, one of the nine of the design system: gray sky violet indigo amber green pink red teal
 */
public record Choice(String code, Labels labels, String color) {
    public static Choice choice(String code, String en, String zh, String color) {
        return new Choice(code, new Labels(en, zh), color);
    }
}
