package dev.rapport.mining.association;

import java.util.List;

/**
 * Something to offer, and because of what.
 *
 * {@snippet :
 * check(new Recommendation("butter", 0.8, List.of("bread")).because().contains("bread"));
 * }
 *
 * @param score how strongly, higher is better; a probability for rules, a similarity otherwise
 * @param because the items it follows from
 */
public record Recommendation(String item, double score, List<String> because) {}
