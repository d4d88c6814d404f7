package dev.rapport.mining.value;

/**
 * What customers will still bring: expected purchases times expected value, discounted (P. Fader, B. Hardie, K. L. Lee:
 * RFM and CLV, 2005).
 *
 * {@snippet :
 * var when = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
 * var worth = GammaGamma.Fitted.of(6.25, 3.74, 15.44);
 * double plain = new LifetimeValue(39, 0).of(when, worth, 2, 30.43, 38.86, 22);
 * double discounted = new LifetimeValue(39, 0.002).of(when, worth, 2, 30.43, 38.86, 22);
 * check(discounted < plain && plain > 20);
 * }
 *
 * @param horizon units of time looked ahead, above 0
 * @param discount per unit of time, at least 0
 */
public record LifetimeValue(double horizon, double discount) {
    private static final int STEPS = 40;

    /** @throws IllegalArgumentException if a parameter is out of range */
    public LifetimeValue {
        if (!(horizon > 0)) throw new IllegalArgumentException("horizon must be above 0, not " + horizon);
        if (!(discount >= 0)) throw new IllegalArgumentException("discount must be at least 0, not " + discount);
    }

    /** One customer's value. */
    public double of(
            PurchaseModel when,
            GammaGamma.Fitted worth,
            double repeats,
            double last,
            double known,
            double repeatValue) {
        double value = worth.expectedValue(repeats, repeatValue);
        if (discount == 0) return value * when.expected(horizon, repeats, last, known);
        double sum = 0;
        double before = 0;
        for (int i = 1; i <= STEPS; i++) {
            double until = horizon * i / STEPS;
            double expected = when.expected(until, repeats, last, known);
            sum += (expected - before) / Math.pow(1 + discount, until - horizon / (2 * STEPS));
            before = expected;
        }
        return value * sum;
    }

    /** All customers' values. */
    public double[] of(PurchaseModel when, GammaGamma.Fitted worth, Purchases purchases) {
        double[] values = new double[purchases.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(
                    when,
                    worth,
                    purchases.repeats()[i],
                    purchases.last()[i],
                    purchases.known()[i],
                    purchases.repeatValue()[i]);
        }
        return values;
    }
}
