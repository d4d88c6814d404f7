package dev.rapport.mining.cluster;

import dev.rapport.mining.Explanation.Profile;
import dev.rapport.mining.Explanation.Profiles;
import dev.rapport.mining.Explanation.Trait;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What sets groups apart, whatever made them: their size, their centre, and the features in which they differ from all
 * rows by at least half a standard deviation.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("age", 20, 22, 70, 72));
 * var profiles = GroupProfiles.of(frame, List.of("age"), new int[] {0, 0, 1, 1}, 2);
 * check(profiles.groups().get(1).traits().get(0).inGroup() == 71);
 * }
 */
public final class GroupProfiles {
    private static final double NOTABLE = 0.5;

    private GroupProfiles() {}

    /** @param labels each row's group from 0, or -1 for none */
    public static Profiles of(Frame data, List<String> features, int[] labels, int groups) {
        int[] sizes = new int[groups + 1];
        for (int label : labels) sizes[label < 0 ? groups : label]++;
        var centres = new ArrayList<LinkedHashMap<String, Double>>();
        var traits = new ArrayList<List<Trait>>();
        for (int g = 0; g <= groups; g++) {
            centres.add(new LinkedHashMap<>());
            traits.add(new ArrayList<>());
        }
        for (String feature : features) {
            switch (data.column(feature)) {
                case Column.Numeric numeric -> number(numeric, labels, groups, centres, traits);
                case Column.Time time -> number(time.days(), labels, groups, centres, traits);
                case Column.Categorical categorical -> levels(categorical, labels, groups, sizes, traits);
                case Column.Text t -> {}
            }
        }
        var profiles = new ArrayList<Profile>();
        for (int g = 0; g <= groups; g++) {
            if (g == groups && sizes[g] == 0) continue;
            traits.get(g).sort(Comparator.comparingDouble((Trait trait) -> -Math.abs(trait.strength())));
            double share = sizes[g] / (double) labels.length;
            profiles.add(new Profile(g == groups ? -1 : g, sizes[g], share, centres.get(g), traits.get(g)));
        }
        return new Profiles(profiles);
    }

    private static void number(
            Column.Numeric column,
            int[] labels,
            int groups,
            List<LinkedHashMap<String, Double>> centres,
            List<List<Trait>> traits) {
        double[] sums = new double[groups + 1];
        int[] counts = new int[groups + 1];
        double sum = 0;
        double squares = 0;
        int known = 0;
        double offset = column.size() > 0 && !Double.isNaN(column.values()[0]) ? column.values()[0] : 0;
        for (int i = 0; i < labels.length; i++) {
            double value = column.values()[i] - offset;
            if (Double.isNaN(value)) continue;
            int g = labels[i] < 0 ? groups : labels[i];
            sums[g] += value;
            counts[g]++;
            sum += value;
            squares += value * value;
            known++;
        }
        double mean = sum / known;
        double deviation = Math.sqrt(Math.max(0, squares / known - mean * mean));
        for (int g = 0; g <= groups; g++) {
            if (counts[g] == 0) continue;
            double own = sums[g] / counts[g];
            centres.get(g).put(column.name(), own + offset);
            double strength = deviation > 0 ? (own - mean) / deviation : 0;
            if (Math.abs(strength) >= NOTABLE) {
                traits.get(g).add(new Trait(column.name(), "", own + offset, mean + offset, strength));
            }
        }
    }

    private static void levels(
            Column.Categorical column, int[] labels, int groups, int[] sizes, List<List<Trait>> traits) {
        int levels = column.levels().size();
        double[][] counts = new double[groups + 1][levels];
        double[] total = new double[levels];
        for (int i = 0; i < labels.length; i++) {
            if (column.codes()[i] < 0) continue;
            counts[labels[i] < 0 ? groups : labels[i]][column.codes()[i]]++;
            total[column.codes()[i]]++;
        }
        for (int g = 0; g <= groups; g++) {
            for (int level = 0; level < levels && sizes[g] > 0; level++) {
                double own = counts[g][level] / sizes[g];
                double all = total[level] / labels.length;
                double strength = all > 0 && all < 1 ? (own - all) / Math.sqrt(all * (1 - all)) : 0;
                if (Math.abs(strength) >= NOTABLE) {
                    traits.get(g).add(new Trait(column.name(), column.levels().get(level), own, all, strength));
                }
            }
        }
    }
}
