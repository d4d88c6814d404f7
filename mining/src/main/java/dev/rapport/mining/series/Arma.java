package dev.rapport.mining.series;

import java.util.Arrays;

/**
 * The exact Gaussian likelihood of a stationary ARMA process by Kalman's filter in Harvey's form (A. Harvey 1989; A. Gardner,
 * C. Harvey, G. Phillips 1980). Seasonal factors are multiplied out first.
 */
final class Arma {
    private final double[] phi;
    private final double[] theta;
    private final int r;

    /** Coefficients of lags 1, 2 …: x = φ₁x₋₁ + … + e + θ₁e₋₁ + … */
    Arma(double[] phi, double[] theta) {
        this.r = Math.max(1, Math.max(phi.length, theta.length + 1));
        this.phi = Arrays.copyOf(phi, r);
        this.theta = new double[r];
        this.theta[0] = 1;
        System.arraycopy(theta, 0, this.theta, 1, theta.length);
    }

    /** What the filter found; {@code errors} are the one-step errors, {@code state} the last prediction. */
    record Filtered(double squares, double logs, int count, double[] errors, double[] state) {
        double variance() {
            return squares / count;
        }

        double logLikelihood() {
            return -0.5 * (count * (Math.log(2 * Math.PI * variance()) + 1) + logs);
        }
    }

    Filtered filter(double[] x) {
        double[] a = new double[r];
        double[] p = stationary();
        double[] next = new double[r * r];
        double[] errors = new double[x.length];
        double squares = 0;
        double logs = 0;
        boolean settled = false;
        double[] gain = new double[r];
        for (int t = 0; t < x.length; t++) {
            double error = x[t] - a[0];
            double f = p[0];
            errors[t] = error;
            squares += error * error / f;
            logs += Math.log(f);
            if (!settled) for (int i = 0; i < r; i++) gain[i] = p[i * r] / f;
            for (int i = 0; i < r; i++) a[i] += gain[i] * error;
            double first = a[0];
            for (int i = 0; i < r; i++) a[i] = phi[i] * first + (i + 1 < r ? a[i + 1] : 0);
            if (settled) continue;
            double change = step(p, gain, f, next);
            double[] swap = p;
            p = next;
            next = swap;
            settled = change < 1e-13 && Math.abs(p[0] - 1) < 1e-9;
        }
        return new Filtered(squares, logs, x.length, errors, a);
    }

    // P ← T (P − K f Kᵀ) Tᵀ + R Rᵀ, where T shifts and adds φ times the first
    private double step(double[] p, double[] gain, double f, double[] next) {
        for (int i = 0; i < r; i++) for (int j = i; j < r; j++) p[i * r + j] = p[j * r + i] -= gain[i] * gain[j] * f;
        double change = 0;
        double p00 = p[0];
        for (int i = 0; i < r; i++) {
            for (int j = i; j < r; j++) {
                double value = phi[i] * phi[j] * p00 + theta[i] * theta[j];
                if (j + 1 < r) value += phi[i] * p[j + 1];
                if (i + 1 < r) value += phi[j] * p[(i + 1) * r];
                if (i + 1 < r && j + 1 < r) value += p[(i + 1) * r + j + 1];
                change = Math.max(change, Math.abs(next[i * r + j] - value));
                next[i * r + j] = value;
                next[j * r + i] = value;
            }
        }
        return change;
    }

    // the covariance of the state: its first row from autocovariances, the rest from P = T P Tᵀ + R Rᵀ, last row first
    private double[] stationary() {
        double[] psi = psi(r);
        double[] gamma = autocovariances(r);
        double[] p = new double[r * r];
        p[0] = gamma[0];
        for (int j = 1; j < r; j++) {
            for (int k = j; k < r; k++) p[j] += phi[k] * gamma[1 + k - j] + theta[k] * psi[k - j];
            p[j * r] = p[j];
        }
        for (int i = r - 1; i >= 1; i--) {
            for (int j = r - 1; j >= i; j--) {
                double value = phi[i] * phi[j] * p[0] + theta[i] * theta[j];
                if (j + 1 < r) value += phi[i] * p[j + 1];
                if (i + 1 < r) value += phi[j] * p[i + 1];
                if (j + 1 < r) value += p[(i + 1) * r + j + 1];
                p[i * r + j] = value;
                p[j * r + i] = value;
            }
        }
        return p;
    }

    double[] psi(int count) {
        double[] psi = new double[count];
        for (int i = 0; i < count; i++) {
            double value = i < r ? theta[i] : 0;
            for (int k = 1; k <= Math.min(i, r); k++) value += phi[k - 1] * psi[i - k];
            psi[i] = value;
        }
        return psi;
    }

    /** γ₀ … γ_lags for error variance 1, from the Yule–Walker equations (A. McLeod 1975). */
    private double[] autocovariances(int lags) {
        int p = 0;
        for (int i = 0; i < r; i++) if (phi[i] != 0) p = i + 1;
        double[] psi = psi(r);
        double[] right = new double[Math.max(lags, p) + 1];
        for (int k = 0; k < right.length; k++) {
            for (int i = k; i < r; i++) right[k] += theta[i] * psi[i - k];
        }
        double[][] system = new double[p + 1][p + 2];
        for (int k = 0; k <= p; k++) {
            system[k][k] += 1;
            for (int i = 1; i <= p; i++) system[k][Math.abs(k - i)] -= phi[i - 1];
            system[k][p + 1] = right[k];
        }
        double[] first = solved(system);
        double[] gamma = Arrays.copyOf(first, Math.max(lags, p) + 1);
        for (int k = p + 1; k < gamma.length; k++) {
            gamma[k] = right[k];
            for (int i = 1; i <= p; i++) gamma[k] += phi[i - 1] * gamma[k - i];
        }
        return gamma;
    }

    private static double[] solved(double[][] system) {
        int n = system.length;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int i = c + 1; i < n; i++) if (Math.abs(system[i][c]) > Math.abs(system[pivot][c])) pivot = i;
            double[] swap = system[c];
            system[c] = system[pivot];
            system[pivot] = swap;
            for (int i = 0; i < n; i++) {
                if (i == c || system[i][c] == 0) continue;
                double factor = system[i][c] / system[c][c];
                for (int j = c; j <= n; j++) system[i][j] -= factor * system[c][j];
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = system[i][n] / system[i][i];
        return x;
    }
}
