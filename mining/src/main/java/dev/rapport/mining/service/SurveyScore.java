package dev.rapport.mining.service;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * The scores that surveys are known by, with 95 % limits.
 *
 * {@snippet :
 * var nps = SurveyScore.netPromoter(new double[] {10, 9, 9, 8, 3});
 * check(nps.value() == 40 && nps.low() < 40 && nps.high() > 40);
 * }
 *
 * @param value the score
 * @param low lower 95 % limit
 * @param high upper limit
 * @param answers how many
 */
public record SurveyScore(double value, double low, double high, int answers) {
    private static final double Z = 1.959963984540054;

    /**
     * Net promoter score (F. Reichheld 2003): percent of 9 and 10 less percent of 0 to 6. Limits from the variance of a
     * difference of shares, adjusted by three notional answers (B. Rocks 2016), so that they hold for small samples too.
     *
     * @param answers 0 to 10; NaN for none
     */
    public static SurveyScore netPromoter(double[] answers) {
        double[] known = known(answers, 0, 10);
        double n = known.length;
        double up = share(known, grade -> grade >= 9);
        double down = share(known, grade -> grade <= 6);
        double adjustedUp = (up * n + 0.75) / (n + 3);
        double adjustedDown = (down * n + 0.75) / (n + 3);
        double middle = adjustedUp - adjustedDown;
        double reach = Z * Math.sqrt((adjustedUp + adjustedDown - middle * middle) / (n + 3));
        return new SurveyScore(
                100 * (up - down),
                100 * Math.max(-1, Math.min(up - down, middle - reach)),
                100 * Math.min(1, Math.max(up - down, middle + reach)),
                known.length);
    }

    /**
     * Customer satisfaction: percent of the two highest grades. Limits after E. Wilson (1927).
     *
     * @param highest grade of the scale, such as 5
     */
    public static SurveyScore satisfaction(double[] answers, double highest) {
        double[] known = known(answers, 1, highest);
        double n = known.length;
        double p = share(known, grade -> grade >= highest - 1);
        double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double reach = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new SurveyScore(
                100 * p, 100 * Math.max(0, middle - reach), 100 * Math.min(1, middle + reach), known.length);
    }

    /** Customer effort (M. Dixon, K. Freeman, N. Toman 2010): the mean grade. Limits by Student's t. */
    public static SurveyScore effort(double[] answers, double highest) {
        double[] known = known(answers, 1, highest);
        double mean = Statistics.mean(known);
        int n = known.length;
        double reach =
                n < 2 ? Double.NaN : Special.studentQuantile(0.975, n - 1) * Statistics.deviation(known) / Math.sqrt(n);
        return new SurveyScore(mean, Math.max(1, mean - reach), Math.min(highest, mean + reach), n);
    }

    private static double[] known(double[] answers, double lowest, double highest) {
        double[] known = Statistics.known(answers);
        if (known.length == 0) throw Refusal.because("no-answers", "");
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] < lowest || answers[i] > highest) {
                throw Refusal.because("outside-scale", "", i + 1, answers[i], lowest, highest);
            }
        }
        return known;
    }

    private static double share(double[] known, DoublePredicate grade) {
        return Arrays.stream(known).filter(grade).count() / (double) known.length;
    }
}
