package dev.rapport.mining.math;

/**
 * Special functions of statistics, in double precision (Abramowitz & Stegun 1964; Press et al., Numerical Recipes, 3rd
 * ed. 2007; Lanczos 1964; Lentz 1976).
 *
 * {@snippet :
 * check(Math.abs(Special.logGamma(5) - Math.log(24)) < 1e-13);
 * check(Math.abs(Special.normalQuantile(0.975) - 1.959963984540054) < 1e-12);
 * check(Math.abs(Special.studentTail(2.0, 10) - 0.07338803477074037) < 1e-12);
 * }
 */
public final class Special {
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };
    private static final double TINY = 1e-300;

    private Special() {}

    /** ln Γ(x) for x > 0. */
    public static double logGamma(double x) {
        if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        if (x > 1e7) return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + 1 / (12 * x);
        double z = x - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (z + i);
        double t = z + 7.5;
        return 0.9189385332046727 + (z + 0.5) * Math.log(t) - t + Math.log(sum);
    }

    /** ln B(a, b). */
    public static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** ψ(x) = d ln Γ(x)/dx for x > 0. */
    public static double digamma(double x) {
        double shift = 0;
        double at = x;
        while (at < 10) shift -= 1 / at++;
        double f = 1 / (at * at);
        double series = f * (1.0 / 12 - f * (1.0 / 120 - f * (1.0 / 252 - f * (1.0 / 240 - f / 132))));
        return shift + Math.log(at) - 0.5 / at - series;
    }

    /** The regularised lower incomplete gamma function P(a, x). */
    public static double gammaLower(double a, double x) {
        if (x <= 0) return 0;
        double scale = Math.exp(a * Math.log(x) - x - logGamma(a));
        if (x < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (double n = a + 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
                term *= x / n;
                sum += term;
            }
            return sum * scale;
        }
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < 100_000; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / guarded(an * d + b);
            c = guarded(b + an / c);
            double step = d * c;
            h *= step;
            if (Math.abs(step - 1) < 1e-16) break;
        }
        return 1 - scale * h;
    }

    /** The regularised incomplete beta function I_x(a, b), x in [0, 1]. */
    public static double betaLower(double a, double b, double x) {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        double scale = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
        return x < (a + 1) / (a + b + 2) ? scale * fraction(a, b, x) / a : 1 - scale * fraction(b, a, 1 - x) / b;
    }

    /** P(Z ≤ z) of the standard normal distribution. */
    public static double normal(double z) {
        double half = gammaLower(0.5, z * z / 2) / 2;
        if (z < -5) return upperTail(-z);
        return z < 0 ? 0.5 - half : 0.5 + half;
    }

    /** The z with P(Z ≤ z) = p, for p in (0, 1) (Acklam's start, one Halley step on the exact tail). */
    public static double normalQuantile(double p) {
        if (p <= 0) return Double.NEGATIVE_INFINITY;
        if (p >= 1) return Double.POSITIVE_INFINITY;
        double z = roughQuantile(p);
        for (int i = 0; i < 2; i++) {
            double error = z > 0 ? (1 - p) - normal(-z) : normal(z) - p;
            double slope = Math.exp(-z * z / 2) / 2.5066282746310002;
            double step = error / slope;
            z -= step / (1 + z * step / 2);
        }
        return z;
    }

    /** P(|T| ≥ |t|) of Student's distribution: the two-sided p-value. */
    public static double studentTail(double t, double freedom) {
        if (Double.isInfinite(freedom)) return 2 * normal(-Math.abs(t));
        return betaLower(freedom / 2, 0.5, freedom / (freedom + t * t));
    }

    /** The t with P(T ≤ t) = p of Student's distribution. */
    public static double studentQuantile(double p, double freedom) {
        if (p == 0.5) return 0;
        if (p < 0.5) return -studentQuantile(1 - p, freedom);
        double low = 0;
        double high = 1;
        while (studentTail(high, freedom) / 2 > 1 - p) high *= 2;
        for (int i = 0; i < 100 && high - low > 1e-14 * high; i++) {
            double middle = (low + high) / 2;
            if (studentTail(middle, freedom) / 2 > 1 - p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /** P(X ≥ x) of the chi-squared distribution. */
    public static double chiSquaredTail(double x, double freedom) {
        return 1 - gammaLower(freedom / 2, x / 2);
    }

    /** P(X ≥ f) of Fisher's F distribution. */
    public static double fisherTail(double f, double between, double within) {
        if (f <= 0) return 1;
        return betaLower(within / 2, between / 2, within / (within + between * f));
    }

    /** Gauss's hypergeometric function ₂F₁(a, b; c; z) for z in [0, 1), by its series after the better transformation. */
    public static double hypergeometric(double a, double b, double c, double z) {
        double term = 1;
        double sum = 1;
        for (int n = 0; n < 100_000; n++) {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
            if (Math.abs(term) < 1e-15 * Math.abs(sum)) break;
        }
        return sum;
    }

    private static double upperTail(double z) {
        // continued fraction of Mills' ratio, exact far out where 1 - normal would be 0
        double f = 0;
        for (int n = 60; n >= 1; n--) f = n / (z + f);
        return Math.exp(-z * z / 2) / 2.5066282746310002 / (z + f);
    }

    private static double roughQuantile(double p) {
        if (p > 0.5) return -roughQuantile(1 - p);
        double t = Math.sqrt(-2 * Math.log(p));
        return -(t
                - (2.515517 + 0.802853 * t + 0.010328 * t * t)
                        / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t));
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / guarded(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / guarded(1 + even * d);
            c = guarded(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / guarded(1 + odd * d);
            c = guarded(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) break;
        }
        return h;
    }

    private static double guarded(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
