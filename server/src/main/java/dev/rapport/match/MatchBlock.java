package dev.rapport.match;

import java.util.List;

/**
 * Records that share one key. Only they are compared with each other, and a key that very many share is not telling; so
 * the work of a scan grows with the number of records, not of pairs.
 */
public final class MatchBlock {
    /** A key that more records share tells too little to compare them all. */
    public static final int LARGEST = 60;

    private MatchBlock() {}

    /** A likely pair, by the positions of its records in the block. */
    @FunctionalInterface
    public interface Sink {
        void found(int one, int other, MatchScore score);
    }

    /** Compares every record of the block with every other. @param least points of a pair that is told */
    public static void compare(List<MatchProfile> members, double least, Sink sink) {
        if (members.size() > LARGEST) return;
        for (int i = 0; i < members.size(); i++)
            for (int j = i + 1; j < members.size(); j++) {
                var score = MatchScore.of(members.get(i), members.get(j));
                if (score.points() >= least) sink.found(i, j, score);
            }
    }
}
