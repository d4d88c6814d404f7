package dev.rapport.mining.frame;

/**
 * Mixes values into 128 bits: four independent lanes of multiply and rotate, folded at the end, so that it runs at the
 * speed of memory. The multipliers are those of MurmurHash3 (A. Appleby, public domain) and SplitMix64.
 */
final class Fingerprint {
    private static final long M1 = 0x87C37B91114253D5L;
    private static final long M2 = 0x4CF5AD432745937FL;

    private long a = 1;
    private long b = 2;
    private long c = 3;
    private long d = 4;

    void add(double[] values) {
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a = mixed(a, Double.doubleToRawLongBits(values[i]));
            b = mixed(b, Double.doubleToRawLongBits(values[i + 1]));
            c = mixed(c, Double.doubleToRawLongBits(values[i + 2]));
            d = mixed(d, Double.doubleToRawLongBits(values[i + 3]));
        }
        for (; i < values.length; i++) a = mixed(a, Double.doubleToRawLongBits(values[i]));
        turn();
    }

    void add(long[] values) {
        for (long value : values) a = mixed(a, value);
        turn();
    }

    void add(int[] values) {
        for (int value : values) a = mixed(a, value);
        turn();
    }

    void add(String word) {
        for (int i = 0; i < word.length(); i++) a = mixed(a, word.charAt(i));
        turn();
    }

    // lanes change places, so that the same values in another column give another result
    private void turn() {
        long first = a;
        a = mixed(b, c);
        b = mixed(c, d);
        c = mixed(d, first);
        d = mixed(first, a);
    }

    private static long mixed(long lane, long value) {
        return Long.rotateLeft(lane ^ value * M1, 31) * M2 + 0x52DCE729;
    }

    private static long finished(long lane) {
        long z = (lane ^ lane >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", finished(mixed(a, b)), finished(mixed(c, d) ^ Long.rotateLeft(a, 17)));
    }
}
