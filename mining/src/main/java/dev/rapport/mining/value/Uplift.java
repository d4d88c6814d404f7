package dev.rapport.mining.value;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.evaluate.Ranking.Point;
import dev.rapport.mining.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whom a campaign changes: one model of those contacted and one of those not, and the difference of their probabilities
 * (two models; B. Hansotia, B. Rukstales 2002). Contacting must have been decided by chance, or the difference is of the
 * people, not of the campaign.
 *
 * {@snippet :
 * int n = 400;
 * double[] age = new double[n]; String[] contacted = new String[n], bought = new String[n];
 * for (int i = 0; i < n; i++) {
 *     age[i] = i % 60; contacted[i] = i % 2 == 0 ? "yes" : "no";
 *     bought[i] = i % 2 == 0 && age[i] > 30 || i % 10 == 3 ? "yes" : "no";
 * }
 * var frame = Frame.of(Column.numeric("age", age), Column.categorical("contacted", contacted), Column.categorical("bought", bought));
 * var model = new Uplift("contacted", "yes", "yes", new LogisticRegression()).fit(frame, Task.predict("bought").from("age"), Run.of(1));
 * check(model.uplift(frame)[59] > model.uplift(frame)[1]);
 * }
 *
 * @param treatment the column that says who was contacted
 * @param treated the level that means contacted
 * @param positive the target's class that is wanted
 * @param trainer learns both models
 */
public record Uplift(String treatment, String treated, String positive, Trainer<? extends Classifier> trainer) {

    /** Learns both models. @throws Refusal if one side is empty or never responds */
    public TwoModels fit(Frame data, Task task, Run run) {
        var contacted = data.categorical(treatment);
        int code = contacted.levels().indexOf(treated);
        int[] yes = IntStream.range(0, data.rows())
                .filter(row -> contacted.codes()[row] == code)
                .toArray();
        int[] no = IntStream.range(0, data.rows())
                .filter(row -> contacted.codes()[row] >= 0 && contacted.codes()[row] != code)
                .toArray();
        if (code < 0 || yes.length < 2 || no.length < 2)
            throw Refusal.because("no-control-group", treatment, yes.length, no.length);
        run.at(0.1, "contacted");
        var with = trainer.fit(data.rows(yes), task, run.quietly());
        run.at(0.5, "not contacted");
        var without = trainer.fit(data.rows(no), task, run.quietly());
        var findings = new ArrayList<Finding>();
        if (Math.min(yes.length, no.length) < 1000)
            findings.add(Finding.warning("small-arm", Math.min(yes.length, no.length)));
        var card = Card.of(
                        "Uplift",
                        Map.of("treatment", treatment, "treated", treated, "positive", positive),
                        run,
                        data.fingerprint(),
                        data.rows(),
                        task.features())
                .with(findings);
        return new TwoModels(with, without, positive, card);
    }

    /** Both models. */
    public record TwoModels(Classifier with, Classifier without, String positive, Card card) implements Model {
        /** How much contacting raises the probability, per row, in [-1, 1]. */
        public double[] uplift(Frame data) {
            double[] a = with.probability(data, positive);
            double[] b = without.probability(data, positive);
            double[] uplift = new double[a.length];
            for (int i = 0; i < a.length; i++) uplift[i] = a[i] - b[i];
            return uplift;
        }

        @Override
        public Explanation explanation() {
            return with.explanation();
        }
    }

    /**
     * The Qini curve (N. Radcliffe 2007): extra responses when the share of rows with the highest uplift is contacted, and
     * the coefficient: the area above contacting at random.
     */
    public record Qini(List<Point> curve, double coefficient) {
        /**
         * Judges uplifts on rows of which some were contacted by chance.
         *
         * @param contacted whether
         * @param responded whether
         */
        public static Qini of(double[] uplift, boolean[] contacted, boolean[] responded) {
            Integer[] order = new Integer[uplift.length];
            for (int i = 0; i < order.length; i++) order[i] = i;
            Arrays.sort(order, (a, b) -> Double.compare(uplift[b], uplift[a]));
            var curve = new ArrayList<Point>();
            curve.add(new Point(0, 0));
            double treated = 0, control = 0, treatedYes = 0, controlYes = 0, area = 0;
            double last = 0;
            for (int i = 0; i < order.length; i++) {
                int row = order[i];
                if (contacted[row]) {
                    treated++;
                    if (responded[row]) treatedYes++;
                } else {
                    control++;
                    if (responded[row]) controlYes++;
                }
                double extra = treatedYes - (control == 0 ? 0 : controlYes * treated / control);
                area += (last + extra) / 2 / order.length;
                last = extra;
                boolean tie = i + 1 < order.length && uplift[order[i + 1]] == uplift[row];
                if (!tie) curve.add(new Point((i + 1.0) / order.length, extra));
            }
            return new Qini(curve, area - last / 2);
        }
    }
}
