package dev.rapport.mining.value;

import dev.rapport.mining.Model;

/**
 * A model of when customers without a contract come back. Times are in the unit of the purchases it learned from.
 *
 * {@snippet :
 * PurchaseModel model = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
 * check(Math.abs(model.expected(39, 2, 30.43, 38.86) - 1.226) < 0.001);
 * }
 */
public interface PurchaseModel extends Model {
    /**
     * Purchases expected of one customer in the time to come.
     *
     * @param time how far ahead
     * @param repeats purchases after the first
     * @param last time from the first to the last
     * @param known time since the first
     */
    double expected(double time, double repeats, double last, double known);

    /** The chance that the customer still is one. */
    double alive(double repeats, double last, double known);

    /** Purchases expected of all customers. */
    default double[] expected(double time, Purchases purchases) {
        double[] expected = new double[purchases.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = expected(
                    time, purchases.repeats()[i], purchases.last()[i], purchases.known()[i]);
        }
        return expected;
    }

    /**
     * The time after which the next purchase is to be expected: the first at which one purchase is expected, given that
     * the customer still is one. Infinite when that lies beyond {@code horizon}.
     */
    default double nextPurchase(double repeats, double last, double known, double horizon) {
        double alive = Math.max(1e-12, alive(repeats, last, known));
        if (expected(horizon, repeats, last, known) / alive < 1) return Double.POSITIVE_INFINITY;
        double low = 0;
        double high = horizon;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (expected(middle, repeats, last, known) / alive < 1) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
