package dev.rapport.mining.association;

import dev.rapport.mining.Run;

/**
 * Finds all frequent itemsets.
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("a", "b"), List.of("a", "b"), List.of("a")));
 * for (ItemsetMiner miner : List.of(new Apriori(0.5, 5), new Eclat(0.5, 5), new FpGrowth(0.5, 5))) {
 *     check(miner.find(baskets, Run.of(1)).sets().size() == 3);
 * }
 * }
 */
public sealed interface ItemsetMiner permits Apriori, Eclat, FpGrowth {
    /** The least share of baskets that must hold a set, in (0, 1]. */
    double support();

    /** The most items in a set, at least 1. */
    int longest();

    /** All sets that at least that share of baskets hold. */
    Itemsets find(Baskets baskets, Run run);

    /** Checks the parameters all miners share. */
    static void check(double support, int longest) {
        if (!(support > 0 && support <= 1))
            throw new IllegalArgumentException("support must be in (0, 1], not " + support);
        if (longest < 1) throw new IllegalArgumentException("longest must be at least 1, not " + longest);
    }
}
