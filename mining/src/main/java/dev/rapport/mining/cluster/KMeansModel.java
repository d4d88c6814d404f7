package dev.rapport.mining.cluster;

import dev.rapport.mining.Card;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Encoder;
import java.util.ArrayList;

/**
 * Groups around centres. Made by {@link KMeans}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("spend", 1, 2, 9, 10));
 * KMeansModel model = KMeans.of(2).fit(frame, Task.describe("spend"), Run.of(1));
 * double distance = model.why(frame, 0).score();
 * check(distance >= 0 && model.profiles().groups().size() == 2);
 * }
 *
 * @param encoder what was learned about the columns
 * @param centres by group and encoded column
 * @param profiles size, centre and traits of each group
 * @param card where the model comes from
 */
public record KMeansModel(Encoder encoder, double[][] centres, Explanation.Profiles profiles, Card card)
        implements Explainable {

    /** The group of each row, from 0. */
    public int[] assign(Frame data) {
        double[][] columns = encoder.encode(data, 1);
        int[] nearest = new int[data.rows()];
        Parallel.rows(
                data.rows(),
                Runtime.getRuntime().availableProcessors(),
                (chunk, from, to) -> DistanceKernel.fastest().nearest(columns, from, to, centres, nearest));
        return nearest;
    }

    @Override
    public Explanation explanation() {
        return profiles;
    }

    /** The squared distance of a row to its centre, feature by feature. */
    @Override
    public Contributions why(Frame data, int row) {
        Frame one = data.rows(row);
        double[][] columns = encoder.encode(one, 1);
        double[] centre = centres[assign(one)[0]];
        int[] origins = encoder.origins();
        double[] amounts = new double[encoder.inputs().size()];
        for (int j = 0; j < columns.length; j++) {
            amounts[origins[j]] += (columns[j][0] - centre[j]) * (columns[j][0] - centre[j]);
        }
        var parts = new ArrayList<Contributions.Part>();
        for (int i = 0; i < amounts.length; i++) {
            String feature = encoder.inputs().get(i).feature();
            parts.add(new Contributions.Part(feature, one.column(feature).written(0), amounts[i]));
        }
        return Contributions.of("distance", 0, parts);
    }
}
