package dev.rapport.mining.math;

/**
 * The order of an array's values, smallest first, equal values by their place, NaN last: a radix sort over the bits of the
 * doubles, eight at a time, skipping bytes that all values share.
 *
 * {@snippet :
 * check(Arrays.equals(SortedOrder.of(new double[] {3, Double.NaN, -1, 3}), new int[] {2, 0, 3, 1}));
 * }
 */
public final class SortedOrder {
    private SortedOrder() {}

    /** The places of the values in ascending order. -0.0 and 0.0 are equal. */
    public static int[] of(double[] values) {
        int n = values.length;
        long[] keys = new long[n];
        int[] order = new int[n];
        int[][] counts = new int[8][256];
        for (int i = 0; i < n; i++) {
            double value = values[i] == 0 ? 0.0 : values[i];
            long bits = Double.doubleToLongBits(value);
            // negative numbers turn round, so that all sort as unsigned
            long key = bits ^ (bits >> 63 | Long.MIN_VALUE);
            keys[i] = key;
            order[i] = i;
            for (int b = 0; b < 8; b++) counts[b][(int) (key >>> 8 * b) & 255]++;
        }
        long[] otherKeys = new long[n];
        int[] otherOrder = new int[n];
        for (int b = 0; b < 8 && n > 0; b++) {
            int[] count = counts[b];
            if (count[(int) (keys[0] >>> 8 * b) & 255] == n) continue;
            int sum = 0;
            for (int v = 0; v < 256; v++) {
                int own = count[v];
                count[v] = sum;
                sum += own;
            }
            for (int i = 0; i < n; i++) {
                int at = count[(int) (keys[i] >>> 8 * b) & 255]++;
                otherKeys[at] = keys[i];
                otherOrder[at] = order[i];
            }
            long[] swapKeys = keys;
            keys = otherKeys;
            otherKeys = swapKeys;
            int[] swapOrder = order;
            order = otherOrder;
            otherOrder = swapOrder;
        }
        return order;
    }
}
