package dev.rapport.mining.prepare;

/**
 * How a frame becomes numbers.
 *
 * {@snippet :
 * check(Encoding.STANDARD.scaling() == Encoding.Scaling.STANDARD);
 * }
 *
 * @param scaling what is done to numbers
 * @param reference what is done to the first level of a category
 */
public record Encoding(Scaling scaling, Reference reference) {
    /** Numbers centred and scaled, the first level as the reference: for penalised linear models. */
    public static final Encoding STANDARD = new Encoding(Scaling.STANDARD, Reference.FIRST_LEVEL);

    /** Numbers as they are, the first level as the reference: for plain linear models. */
    public static final Encoding RAW = new Encoding(Scaling.NONE, Reference.FIRST_LEVEL);

    /** Numbers centred and scaled, every level a column: for distances. */
    public static final Encoding DISTANCE = new Encoding(Scaling.STANDARD, Reference.NONE);

    /** Numbers as they are, every level a column. */
    public static final Encoding PLAIN = new Encoding(Scaling.NONE, Reference.NONE);

    /** What is done to numbers. */
    public enum Scaling {
        /** Nothing. */
        NONE,
        /** Mean 0, standard deviation 1. */
        STANDARD
    }

    /** Which level of a category has no column of its own. */
    public enum Reference {
        /** The first; the others are compared with it. */
        FIRST_LEVEL,
        /** None. */
        NONE
    }
}
