package dev.rapport.mining.value;

import static dev.rapport.mining.math.Special.logGamma;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.NelderMead;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a purchase of a customer is worth, drawing those seen rarely towards the mean of all (P. Fader, B. Hardie: The
 * gamma-gamma model of monetary value, 2013). Assumes that how much does not depend on how often; warns when it does.
 *
 * {@snippet :
 * var model = GammaGamma.Fitted.of(6.25, 3.74, 15.44);
 * double once = model.expectedValue(1, 100), often = model.expectedValue(20, 100);
 * check(once < often && often < 100);
 * }
 */
public record GammaGamma() {
    private static final double CORRELATED = 0.3;

    /** Learns from the customers who came back. @throws Refusal if fewer than three did */
    public Fitted fit(Purchases purchases, Run run) {
        int[] back = IntStream.range(0, purchases.size())
                .filter(i -> purchases.repeats()[i] > 0 && purchases.repeatValue()[i] > 0)
                .toArray();
        if (back.length < 3) throw Refusal.because("no-repeats");
        double[] x = IntStream.of(back).mapToDouble(i -> purchases.repeats()[i]).toArray();
        double[] m =
                IntStream.of(back).mapToDouble(i -> purchases.repeatValue()[i]).toArray();
        double unit = Statistics.mean(m);
        double[] best = NelderMead.minimum(
                at -> {
                    run.at(0.5, "likelihood");
                    return -logLikelihood(x, m, Math.exp(at[0]), Math.exp(at[1]), unit * Math.exp(at[2]));
                },
                new double[] {1, 1, -0.5},
                0.5);
        double p = Math.exp(best[0]);
        double q = Math.exp(best[1]);
        double gamma = unit * Math.exp(best[2]);
        var findings = new ArrayList<Finding>();
        double correlation = Statistics.correlation(x, m);
        if (Math.abs(correlation) > CORRELATED)
            findings.add(Finding.warning("value-depends-on-frequency", correlation));
        if (q <= 1) findings.add(Finding.warning("no-mean-value"));
        var card = Card.of(
                        "GammaGamma",
                        Map.of(),
                        run,
                        purchases.fingerprint(),
                        back.length,
                        List.of("repeats", "repeatValue"))
                .with("logLikelihood", logLikelihood(x, m, p, q, gamma))
                .with("meanValue", unit)
                .with("correlation", correlation)
                .with(findings);
        return new Fitted(p, q, gamma, card);
    }

    private static double logLikelihood(double[] x, double[] m, double p, double q, double gamma) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double px = p * x[i];
            sum += logGamma(px + q)
                    - logGamma(px)
                    - logGamma(q)
                    + q * Math.log(gamma)
                    + (px - 1) * Math.log(m[i])
                    + px * Math.log(x[i])
                    - (px + q) * Math.log(gamma + m[i] * x[i]);
        }
        return sum;
    }

    /** The three parameters: p shape of one purchase, q and gamma of the customers' means. */
    public record Fitted(double p, double q, double gamma, Card card) implements Model {
        /** From parameters known elsewhere. */
        public static Fitted of(double p, double q, double gamma) {
            return new Fitted(p, q, gamma, Card.of("GammaGamma", Map.of(), Run.of(0), "", 0, List.of()));
        }

        /** The mean value of a customer's purchases; of customers seen once or never back, the mean of all. */
        public double expectedValue(double repeats, double mean) {
            if (repeats == 0 || Double.isNaN(mean)) return populationMean();
            return p * (gamma + repeats * mean) / (p * repeats + q - 1);
        }

        /** The mean over all customers. */
        public double populationMean() {
            return p * gamma / (q - 1);
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(Explanation.Fact.of("purchase-value", populationMean())));
        }
    }
}
