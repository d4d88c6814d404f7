package dev.rapport.mining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model found in general, structured for a screen and worded for people.
 *
 * {@snippet :
 * Explanation found = new Explanation.Importances(List.of(new Explanation.Importance("tenure", 0.7)));
 * check(found.text(Locale.ENGLISH).contains("tenure"));
 * }
 */
public sealed interface Explanation {

    /** In words. */
    String text(Locale locale);

    /** How much each feature matters; shares sum to 1 unless all are 0. */
    record Importances(List<Importance> shares) implements Explanation {
        @Override
        public String text(Locale locale) {
            return lines(shares.stream()
                    .limit(10)
                    .map(each -> Words.text(locale, "importance", each.feature(), Words.number(100 * each.share()))));
        }
    }

    /** One feature's share. */
    record Importance(String feature, double share) {}

    /**
     * Weights with their uncertainty.
     *
     * @param effect whether a unit more adds to a value or multiplies the odds
     */
    record Coefficients(Effect effect, double intercept, List<Coefficient> weights) implements Explanation {
        @Override
        public String text(Locale locale) {
            return lines(weights.stream().map(each -> each.text(locale, effect)));
        }
    }

    /** What a coefficient does. */
    enum Effect {
        /** One unit more adds the coefficient. */
        ADDS,
        /** One unit more multiplies the odds by e to the coefficient. */
        MULTIPLIES_ODDS,
        /** One unit more multiplies the hazard by e to the coefficient. */
        MULTIPLIES_HAZARD
    }

    /**
     * One weight. Error, limits and p-value are NaN where the method gives none (ridge, lasso).
     *
     * @param low lower end of the 95 % interval
     * @param high upper end
     */
    record Coefficient(String feature, double weight, double standardError, double low, double high, double p) {
        /** e to the weight: the odds or hazard ratio. */
        public double ratio() {
            return Math.exp(weight);
        }

        private String text(Locale locale, Effect effect) {
            // a level has no units: it is there or not
            String kind = feature.contains(" = ") ? "coefficient.level." : "coefficient.";
            String key = kind + effect.name().toLowerCase(Locale.ROOT).replace('_', '-');
            String sentence = Words.text(locale, key, feature, Words.number(effect == Effect.ADDS ? weight : ratio()));
            if (Double.isNaN(low)) return sentence;
            String from = Words.number(effect == Effect.ADDS ? low : Math.exp(low));
            String to = Words.number(effect == Effect.ADDS ? high : Math.exp(high));
            return sentence + Words.text(locale, p < 0.05 ? "coefficient.sure" : "coefficient.unsure", from, to);
        }
    }

    /** Groups with what sets them apart. */
    record Profiles(List<Profile> groups) implements Explanation {
        @Override
        public String text(Locale locale) {
            return lines(groups.stream().map(group -> group.text(locale)));
        }
    }

    /**
     * One group.
     *
     * @param group its number, or -1 for rows of no group
     * @param size rows in it
     * @param share of all rows, in [0, 1]
     * @param centre mean of each number in it, in the column's own unit
     * @param traits what sets it apart, the strongest first
     */
    record Profile(int group, int size, double share, Map<String, Double> centre, List<Trait> traits) {
        private String text(Locale locale) {
            String names = traits.isEmpty()
                    ? Words.text(locale, "profile.average")
                    : traits.stream()
                            .limit(3)
                            .map(trait -> trait.text(locale))
                            .collect(Collectors.joining(Words.isChinese(locale) ? "，" : ", "));
            if (group < 0) return Words.text(locale, "profile.noise", size, Words.number(100 * share));
            return Words.text(locale, "profile", group + 1, size, Words.number(100 * share), names);
        }
    }

    /**
     * What sets a group apart in one feature.
     *
     * @param level the level meant, of a categorical feature; empty for a number
     * @param inGroup mean, or share of the level, in the group
     * @param overall the same over all rows
     * @param strength the difference in standard deviations
     */
    record Trait(String feature, String level, double inGroup, double overall, double strength) {
        private String text(Locale locale) {
            String direction = strength > 0 ? "high" : "low";
            if (level.isEmpty()) {
                return Words.text(locale, "trait." + direction, feature, Words.number(inGroup), Words.number(overall));
            }
            return Words.text(
                    locale,
                    "trait.level." + direction,
                    feature,
                    level,
                    Words.number(100 * inGroup),
                    Words.number(100 * overall));
        }
    }

    /** If-then sentences. */
    record RuleTable(List<Rule> rules) implements Explanation {
        @Override
        public String text(Locale locale) {
            return lines(rules.stream().limit(20).map(rule -> rule.text(locale)));
        }
    }

    /**
     * One if-then sentence.
     *
     * @param conditions all must hold; empty means always
     * @param outcome what then holds
     * @param confidence how often it does, in [0, 1]; NaN for a predicted number
     * @param rows training rows the conditions hold for
     */
    record Rule(List<Condition> conditions, String outcome, double confidence, double rows) {
        /** The sentence. */
        public String text(Locale locale) {
            String when = conditions.isEmpty()
                    ? Words.text(locale, "rule.always")
                    : conditions.stream()
                            .map(condition -> condition.text(locale))
                            .collect(Collectors.joining(Words.text(locale, "rule.and")));
            if (Double.isNaN(confidence)) {
                return Words.text(locale, "rule.value", when, outcome, Words.number(rows));
            }
            return Words.text(locale, "rule", when, outcome, Words.number(100 * confidence), Words.number(rows));
        }
    }

    /** One condition: a feature compared with a number, or its level among those named. */
    record Condition(String feature, Comparison comparison, String value) {
        /** The condition in signs, for where there is little room. */
        public String signs() {
            String sign = switch (comparison) {
                case AT_MOST -> "≤";
                case ABOVE -> ">";
                case IS -> "=";
                case IS_NOT -> "≠";
                case MISSING -> "= ?";
            };
            return (feature + " " + sign + " " + value).strip();
        }

        /** The condition in words. */
        public String text(Locale locale) {
            return Words.text(
                    locale,
                    "condition." + comparison.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    feature,
                    value);
        }
    }

    /** How a condition compares. */
    enum Comparison {
        /** At most. */
        AT_MOST,
        /** More than. */
        ABOVE,
        /** One of the levels named. */
        IS,
        /** None of the levels named. */
        IS_NOT,
        /** No value is known. */
        MISSING
    }

    /** A few facts, each a sentence of its own, for models that are a handful of parameters. */
    record Facts(List<Fact> facts) implements Explanation {
        @Override
        public String text(Locale locale) {
            return lines(facts.stream().map(fact -> fact.text(locale)));
        }
    }

    /** One fact: the key of its sentence and what it names. */
    record Fact(String key, List<String> arguments) {
        /** A fact with numbers written for people. */
        public static Fact of(String key, Object... arguments) {
            return new Fact(
                    key,
                    java.util.Arrays.stream(arguments)
                            .map(each -> each instanceof Number number
                                    ? Words.number(number.doubleValue())
                                    : each.toString())
                            .toList());
        }

        private String text(Locale locale) {
            return Words.text(locale, "fact." + key, arguments.toArray());
        }
    }

    private static String lines(java.util.stream.Stream<String> sentences) {
        return sentences.collect(Collectors.joining("\n"));
    }
}
