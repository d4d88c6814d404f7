package dev.rapport.mining.cluster;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.guard.Checks;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Groups of any shape where rows lie densely; rows in thin places belong to none (M. Ester, H.-P. Kriegel, J. Sander,
 * X. Xu 1996). Groups are numbered by their first dense row; a row on the border of several belongs to the first of them.
 * Neighbours are found by a grid in up to three dimensions, else by a k-d tree.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 1.1, 1.2, 5, 5.1, 5.2, 99));
 * Dbscan.Groups groups = new Dbscan(0.3, 3, Encoding.Scaling.NONE).fit(frame, Task.describe("x"), Run.of(1));
 * check(Arrays.equals(groups.labels(), new int[] {0, 0, 0, 1, 1, 1, -1}));
 * }
 *
 * @param radius how near neighbours are, in encoded units, above 0
 * @param density rows within the radius, the row itself among them, that make a place dense, at least 1
 * @param scaling whether numbers are standardised first
 */
public record Dbscan(double radius, int density, Encoding.Scaling scaling) implements Trainer<Dbscan.Groups> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Dbscan {
        if (!(radius > 0) || Double.isInfinite(radius))
            throw new IllegalArgumentException("radius must be above 0, not " + radius);
        if (density < 1) throw new IllegalArgumentException("density must be at least 1, not " + density);
    }

    @Override
    public Groups fit(Frame data, Task task, Run run) {
        if (data.rows() < 2) throw Refusal.because("too-few-rows", data.rows(), 2);
        var encoder =
                Encoder.learn(data, task.features(), new Encoding(scaling, Encoding.Reference.NONE), run.threads());
        double[][] columns = encoder.encode(data, run.threads());
        run.at(0.1, "neighbours");
        var density = new DensityGroups(data.rows());
        if (Grid.fits(columns, radius)) density.byGrid(Grid.of(columns, data.rows(), radius), density(), run);
        else density.byTree(columns, radius, density(), run);
        int[] labels = density.labels();
        int groups = Arrays.stream(labels).max().orElse(-1) + 1;
        long noise = Arrays.stream(labels).filter(label -> label < 0).count();
        var findings = new ArrayList<>(Checks.columns(data, task.features()));
        double share = noise / (double) data.rows();
        if (share > 0.6) findings.add(Finding.warning("mostly-noise", 100 * share));
        if (groups == 1 && share < 0.05) findings.add(Finding.warning("one-group", radius));
        if (columns.length > 6) findings.add(Finding.warning("many-dimensions", columns.length));
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("radius", String.valueOf(radius));
        parameters.put("density", String.valueOf(density()));
        parameters.put("scaling", scaling.name());
        var card = Card.of("Dbscan", parameters, run, data.fingerprint(), data.rows(), task.features())
                .with("groups", groups)
                .with("noiseShare", share)
                .with(findings);
        return new Groups(labels, groups, GroupProfiles.of(data, task.features(), labels, groups), card);
    }

    /**
     * The groups of the rows learned from.
     *
     * @param labels each row's group from 0, or -1 for none
     * @param count how many groups
     */
    public record Groups(int[] labels, int count, Explanation.Profiles profiles, Card card) implements Model {
        @Override
        public Explanation explanation() {
            return profiles;
        }
    }
}
