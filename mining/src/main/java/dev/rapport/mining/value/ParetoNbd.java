package dev.rapport.mining.value;

import static dev.rapport.mining.math.Special.logGamma;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.NelderMead;
import dev.rapport.mining.math.Special;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Who comes back: as {@link BgNbd}, but customers may leave at any moment (D. Schmittlein, D. Morrison, R. Colombo:
 * Counting your customers, Management Science 1987; likelihood after P. Fader, B. Hardie 2005).
 *
 * {@snippet :
 * var model = ParetoNbd.Fitted.of(0.553, 10.578, 0.606, 11.669);
 * check(model.alive(2, 30.43, 38.86) > model.alive(2, 5, 38.86));
 * }
 */
public record ParetoNbd() {

    /** Learns the four parameters by maximum likelihood. @throws Refusal if nobody came back */
    public Fitted fit(Purchases purchases, Run run) {
        if (Arrays.stream(purchases.repeats()).noneMatch(repeats -> repeats > 0)) throw Refusal.because("no-repeats");
        var groups = CountGroups.of(purchases);
        double unit = Arrays.stream(groups.known()).max().orElse(1) / 4;
        double[] best = NelderMead.minimum(
                at -> {
                    run.at(0.5, "likelihood");
                    return -logLikelihood(
                            groups, Math.exp(at[0]), unit * Math.exp(at[1]), Math.exp(at[2]), unit * Math.exp(at[3]));
                },
                new double[4],
                0.5);
        double r = Math.exp(best[0]);
        double alpha = unit * Math.exp(best[1]);
        double s = Math.exp(best[2]);
        double beta = unit * Math.exp(best[3]);
        var card = Card.of(
                        "ParetoNbd",
                        Map.of(),
                        run,
                        purchases.fingerprint(),
                        purchases.size(),
                        List.of("repeats", "last", "known"))
                .with("logLikelihood", logLikelihood(groups, r, alpha, s, beta));
        return new Fitted(r, alpha, s, beta, card);
    }

    static double logLikelihood(CountGroups groups, double r, double alpha, double s, double beta) {
        double sum = 0;
        for (int i = 0; i < groups.size(); i++) {
            double x = groups.repeats()[i];
            double known = groups.known()[i];
            double base = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta);
            double stays = -(r + x) * Math.log(alpha + known) - s * Math.log(beta + known);
            double share = s / (r + s + x) * a0(r, alpha, s, beta, x, groups.last()[i], known);
            // both are tiny; relative to the first they are not
            double value = stays + Math.log1p(Math.max(0, share * Math.exp(-stays)));
            sum += groups.customers()[i] * (base + value);
        }
        return sum;
    }

    private static double a0(double r, double alpha, double s, double beta, double x, double last, double known) {
        boolean first = alpha >= beta;
        double larger = Math.max(alpha, beta);
        double apart = Math.abs(alpha - beta);
        double b = first ? s + 1 : r + x;
        double c = r + s + x;
        double early =
                Special.hypergeometric(c, b, c + 1, apart / (larger + last)) * Math.exp(-c * Math.log(larger + last));
        double late =
                Special.hypergeometric(c, b, c + 1, apart / (larger + known)) * Math.exp(-c * Math.log(larger + known));
        return early - late;
    }

    /**
     * The four parameters.
     *
     * @param r shape of the purchase rates
     * @param alpha scale of the purchase rates
     * @param s shape of the leaving rates
     * @param beta scale of the leaving rates
     */
    public record Fitted(double r, double alpha, double s, double beta, Card card) implements PurchaseModel {
        /** From parameters known elsewhere. */
        public static Fitted of(double r, double alpha, double s, double beta) {
            return new Fitted(r, alpha, s, beta, Card.of("ParetoNbd", Map.of(), Run.of(0), "", 0, List.of()));
        }

        @Override
        public double alive(double repeats, double last, double known) {
            double scale = (r + repeats) * Math.log(alpha + known) + s * Math.log(beta + known);
            return 1 / (1 + s / (r + s + repeats) * Math.exp(scale) * a0(r, alpha, s, beta, repeats, last, known));
        }

        @Override
        public double expected(double time, double repeats, double last, double known) {
            double rate = (r + repeats) * (beta + known) / ((alpha + known) * (s - 1));
            double share = 1 - Math.pow((beta + known) / (beta + known + time), s - 1);
            return rate * share * alive(repeats, last, known);
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("purchase-rate", r / alpha), Explanation.Fact.of("leaving-rate", s / beta)));
        }
    }
}
