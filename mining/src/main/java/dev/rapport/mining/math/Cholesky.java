package dev.rapport.mining.math;

/**
 * The factor L of a symmetric positive definite matrix A = L·Lᵀ, for solving and inverting.
 *
 * {@snippet :
 * var factor = Cholesky.of(new double[][] {{4, 2}, {2, 3}});
 * double[] x = factor.solve(new double[] {8, 7});
 * check(Math.abs(x[0] - 1.25) < 1e-12 && Math.abs(x[1] - 1.5) < 1e-12);
 * }
 */
public final class Cholesky {
    private final double[][] lower;
    private final int deficient;

    private Cholesky(double[][] lower, int deficient) {
        this.lower = lower;
        this.deficient = deficient;
    }

    /** Factors a matrix; only its lower triangle is read, and nothing is written to. */
    public static Cholesky of(double[][] matrix) {
        int n = matrix.length;
        double[][] lower = new double[n][];
        int deficient = -1;
        for (int i = 0; i < n; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k];
                if (j < i) {
                    lower[i][j] = sum / lower[j][j];
                } else {
                    boolean independent = sum > 1e-12 * Math.abs(matrix[i][i]) && sum > 0;
                    if (!independent && deficient < 0) deficient = i;
                    lower[i][i] = independent ? Math.sqrt(sum) : Double.POSITIVE_INFINITY;
                }
            }
        }
        return new Cholesky(lower, deficient);
    }

    /** The first row that depends on the rows before it, or -1. Solutions leave such rows at 0. */
    public int deficient() {
        return deficient;
    }

    /** That of {@code scale}·A, for a scale above 0. */
    public Cholesky times(double scale) {
        double root = Math.sqrt(scale);
        double[][] scaled = new double[lower.length][];
        for (int i = 0; i < lower.length; i++) {
            scaled[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) scaled[i][j] = lower[i][j] * root;
        }
        return new Cholesky(scaled, deficient);
    }

    /** The x with A·x = b. */
    public double[] solve(double[] b) {
        int n = lower.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) x[i] -= lower[i][k] * x[k];
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) x[i] -= lower[k][i] * x[k];
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** A⁻¹. */
    public double[][] inverse() {
        int n = lower.length;
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            inverse[i] = solve(unit);
        }
        return inverse;
    }

    /** The logarithm of A's determinant. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) sum += 2 * Math.log(lower[i][i]);
        return sum;
    }
}
