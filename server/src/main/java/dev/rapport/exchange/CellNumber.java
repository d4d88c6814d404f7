package dev.rapport.exchange;

import java.math.BigDecimal;
import java.math.MathContext;

/** The number that a workbook's cell means, without the noise of its binary form. */
final class CellNumber {
    /** Excel shows no more than 15 digits of a number; what its binary form has beyond them nobody wrote. */
    private static final MathContext SHOWN = new MathContext(15);

    private static final MathContext WRITTEN = new MathContext(10);

    /** A double has a relative error of 1.1e-16, and a computed one of some times that. */
    private static final BigDecimal NOISE = new BigDecimal("1e-13");

    private CellNumber() {}

    /**
     * Returns the number as plain digits: 85.3092 for a computed 85.3091999999998, the fifteen digits that Excel shows
     * where no shorter number is that near.
     */
    static String text(BigDecimal value) {
        var written = value.round(WRITTEN);
        boolean noise = written.subtract(value).abs().compareTo(value.abs().multiply(NOISE)) <= 0;
        return (noise ? written : value.round(SHOWN)).stripTrailingZeros().toPlainString();
    }
}
