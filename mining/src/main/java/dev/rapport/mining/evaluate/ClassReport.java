package dev.rapport.mining.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How good decisions among any number of classes are.
 *
 * {@snippet :
 * var report = ClassReport.of(new int[] {0, 1, 1, 1}, new int[] {0, 0, 1, 1}, List.of("cat", "dog"));
 * check(report.accuracy() == 0.75 && report.classes().get(1).recall() == 1);
 * }
 *
 * @param accuracy share of right decisions
 * @param baseline accuracy of always naming the most frequent class
 * @param macroF1 mean of the classes' F1
 * @param classes each class
 * @param confusion rows by truth and decision
 */
public record ClassReport(double accuracy, double baseline, double macroF1, List<OfClass> classes, int[][] confusion) {

    /** One class: NaN where nothing was decided or nothing was there. */
    public record OfClass(String name, int rows, double precision, double recall, double f1) {}

    /** Judges decisions, both given as places in {@code names}. */
    public static ClassReport of(int[] decided, int[] truth, List<String> names) {
        int k = names.size();
        int[][] confusion = new int[k][k];
        for (int i = 0; i < truth.length; i++) confusion[truth[i]][decided[i]]++;
        var classes = new ArrayList<OfClass>();
        int right = 0;
        int most = 0;
        for (int c = 0; c < k; c++) {
            int there = Arrays.stream(confusion[c]).sum();
            int taken = 0;
            for (int t = 0; t < k; t++) taken += confusion[t][c];
            int hit = confusion[c][c];
            right += hit;
            most = Math.max(most, there);
            classes.add(new OfClass(
                    names.get(c), there, hit / (double) taken, hit / (double) there, 2.0 * hit / (there + taken)));
        }
        double macro = classes.stream()
                .mapToDouble(each -> Double.isNaN(each.f1) ? 0 : each.f1)
                .average()
                .orElse(Double.NaN);
        return new ClassReport(
                right / (double) truth.length, most / (double) truth.length, macro, List.copyOf(classes), confusion);
    }
}
