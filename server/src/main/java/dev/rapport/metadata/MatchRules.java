package dev.rapport.metadata;

import java.util.Set;

/**
 * How records of one object are compared to find those that mean the same.
 *
 * @param enabled whether they are compared at all
 * @param level how much must agree
 * @param ignored names of fields that say nothing about whether two records are one, such as a number that families share
 */
public record MatchRules(boolean enabled, Level level, Set<String> ignored) {
    /** What holds where nobody decided otherwise. */
    public static final MatchRules USUAL = new MatchRules(true, Level.USUAL, Set.of());

    /** For objects whose records resemble one another without being one. */
    public static final MatchRules NONE = new MatchRules(false, Level.USUAL, Set.of());

    /** How much must speak for two records being one before people are asked. */
    public enum Level {
        /** Fewer pairs, nearly all of them right. */
        STRICT(4),
        USUAL(0),
        /** More pairs, some of them wrong. */
        LOOSE(-3);

        private final double points;

        Level(double points) {
            this.points = points;
        }

        /** The least points of a pair, as bits of evidence beyond the usual. */
        public double points() {
            return points;
        }
    }

    public MatchRules {
        ignored = Set.copyOf(ignored);
    }

    public boolean ignores(Field<?> field) {
        return ignored.contains(field.name());
    }
}
