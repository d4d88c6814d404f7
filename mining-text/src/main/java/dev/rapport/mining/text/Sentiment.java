package dev.rapport.mining.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tone of a comment by words known to praise or to blame, turned by negations and strengthened or weakened by adverbs
 * before them (after M. Taboada et al.: Lexicon-based methods, 2011). A start where no rated comments exist; with some
 * hundred of them {@link TextNaiveBayes} learns better.
 *
 * {@snippet :
 * var sentiment = Sentiment.standard();
 * check(sentiment.of("味道很好，服务也不错").score() > 0 && sentiment.of("送得太慢，态度很差").score() < 0);
 * check(sentiment.of("not good at all").score() < 0 && sentiment.of("very good").score() > sentiment.of("good").score());
 * }
 */
public final class Sentiment {
    private static final int REACH = 3;

    private final Map<String, Double> words;
    private final Map<String, Double> degrees;
    private final Set<String> negations;
    private final Tokenizer tokenizer;

    private Sentiment(Map<String, Double> words, Map<String, Double> degrees, Set<String> negations) {
        this.words = Map.copyOf(words);
        this.degrees = Map.copyOf(degrees);
        this.negations = Set.copyOf(negations);
        var known = new HashMap<String, Integer>();
        words.keySet().stream().filter(word -> word.charAt(0) > 0x3400).forEach(word -> known.put(word, 2000));
        this.tokenizer =
                new WordTokenizer(new ChineseSegmenter(WordDictionary.chinese().with(known)), Set.of());
    }

    /** The tone: the sum of the words' weights over the root of their number, and the words that made it. */
    public record Tone(double score, List<Said> words) {}

    /** A word that counted, with its weight after negation and degree. */
    public record Said(String word, double weight) {}

    /** The built-in seed lists of both languages. */
    public static Sentiment standard() {
        var words = new HashMap<String, Double>();
        var degrees = new HashMap<String, Double>();
        var negations = new java.util.HashSet<String>();
        for (String line : WordTokenizer.lines("sentiment.txt")) {
            String[] parts = line.split("\\s+");
            for (int i = 1; i < parts.length; i++) {
                switch (parts[0]) {
                    case "not" -> negations.add(parts[i]);
                    case "very" -> degrees.put(parts[i], 1.5);
                    case "little" -> degrees.put(parts[i], 0.6);
                    default -> words.put(parts[i], Double.parseDouble(parts[0]));
                }
            }
        }
        return new Sentiment(words, degrees, negations);
    }

    /** With words of one's own; a weight between -3 and 3. */
    public Sentiment with(Map<String, Double> own) {
        var more = new HashMap<>(words);
        more.putAll(own);
        return new Sentiment(more, degrees, negations);
    }

    /** The tone of one comment; 0 when no word is known. */
    public Tone of(String text) {
        var said = new ArrayList<Said>();
        double sum = 0;
        // a negation does not reach over a comma or a full stop
        for (String clause : text.split("[,.;!?，。；！？…\\n]+")) {
            var tokens = tokenizer.tokens(clause);
            for (int i = 0; i < tokens.size(); i++) {
                Double weight = words.get(tokens.get(i));
                if (weight == null) continue;
                double factor = 1;
                for (int j = Math.max(0, i - REACH); j < i; j++) {
                    if (negations.contains(tokens.get(j))) factor *= -0.8;
                    factor *= degrees.getOrDefault(tokens.get(j), 1.0);
                }
                said.add(new Said(tokens.get(i), weight * factor));
                sum += weight * factor;
            }
        }
        return new Tone(said.isEmpty() ? 0 : sum / Math.sqrt(said.size()), said);
    }
}
