package dev.rapport.mining.value;

import static dev.rapport.mining.math.Special.hypergeometric;
import static dev.rapport.mining.math.Special.logBeta;
import static dev.rapport.mining.math.Special.logGamma;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.NelderMead;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Who comes back, and how often: purchases at a personal rate until the customer, after any purchase, silently leaves
 * (P. Fader, B. Hardie, K. L. Lee: Counting your customers the easy way, Marketing Science 2005).
 *
 * {@snippet :
 * double[] repeats = new double[200], last = new double[200], known = new double[200];
 * for (int i = 0; i < 200; i++) { known[i] = 30 + i % 9; repeats[i] = i % 4; last[i] = i % 4 == 0 ? 0 : 5 + i % 25; }
 * var purchases = Purchases.ofCounts(repeats, last, known, new double[200]);
 * var model = new BgNbd().fit(purchases, Run.of(1));
 * check(model.expected(10, 3, 28, 30) > model.expected(10, 0, 0, 30));
 * }
 */
public record BgNbd() {

    /** Learns the four parameters by maximum likelihood. @throws Refusal if nobody came back */
    public Fitted fit(Purchases purchases, Run run) {
        if (Arrays.stream(purchases.repeats()).noneMatch(repeats -> repeats > 0)) throw Refusal.because("no-repeats");
        var groups = CountGroups.of(purchases);
        double unit = Arrays.stream(groups.known()).max().orElse(1) / 10;
        run.at(0.1, "likelihood");
        double[] best = NelderMead.minimum(
                at -> {
                    run.at(0.5, "likelihood");
                    return -logLikelihood(
                            groups, Math.exp(at[0]), unit * Math.exp(at[1]), Math.exp(at[2]), Math.exp(at[3]));
                },
                new double[4],
                0.5);
        double r = Math.exp(best[0]);
        double alpha = unit * Math.exp(best[1]);
        double a = Math.exp(best[2]);
        double b = Math.exp(best[3]);
        var card = Card.of(
                        "BgNbd",
                        Map.of(),
                        run,
                        purchases.fingerprint(),
                        purchases.size(),
                        List.of("repeats", "last", "known"))
                .with("logLikelihood", logLikelihood(groups, r, alpha, a, b));
        return new Fitted(r, alpha, a, b, card);
    }

    // in the numerically safe form of B. Hardie's note (2019)
    static double logLikelihood(CountGroups groups, double r, double alpha, double a, double b) {
        double sum = 0;
        for (int i = 0; i < groups.size(); i++) {
            double x = groups.repeats()[i];
            double t = groups.last()[i];
            double known = groups.known()[i];
            double base = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
            double stays = logBeta(a, b + x) - logBeta(a, b) - (r + x) * Math.log(alpha + known);
            double value = stays;
            if (x > 0) {
                double leaves = logBeta(a + 1, b + x - 1) - logBeta(a, b) - (r + x) * Math.log(alpha + t);
                double larger = Math.max(stays, leaves);
                value = larger + Math.log(Math.exp(stays - larger) + Math.exp(leaves - larger));
            }
            sum += groups.customers()[i] * (base + value);
        }
        return sum;
    }

    /**
     * The four parameters.
     *
     * @param r shape of the purchase rates
     * @param alpha scale of the purchase rates, in the unit of time
     * @param a leaving
     * @param b staying
     */
    public record Fitted(double r, double alpha, double a, double b, Card card) implements PurchaseModel {
        /** From parameters known elsewhere. */
        public static Fitted of(double r, double alpha, double a, double b) {
            return new Fitted(r, alpha, a, b, Card.of("BgNbd", Map.of(), Run.of(0), "", 0, List.of()));
        }

        @Override
        public double expected(double time, double repeats, double last, double known) {
            double x = repeats;
            double z = time / (alpha + known + time);
            double series = hypergeometric(r + x, b + x, a + b + x - 1, z);
            double shrink = Math.pow((alpha + known) / (alpha + known + time), r + x);
            double numerator = (a + b + x - 1) / (a - 1) * (1 - shrink * series);
            return numerator / (1 + gone(x, last, known));
        }

        // odds of having left
        private double gone(double x, double last, double known) {
            if (x == 0) return 0;
            return a / (b + x - 1) * Math.pow((alpha + known) / (alpha + last), r + x);
        }

        @Override
        public double alive(double repeats, double last, double known) {
            return 1 / (1 + gone(repeats, last, known));
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("purchase-rate", r / alpha),
                    Explanation.Fact.of("drop-out", 100 * a / (a + b))));
        }
    }
}
