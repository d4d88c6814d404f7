package dev.rapport.mining.text;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Training;
import dev.rapport.mining.regression.Softmax;
import dev.rapport.mining.regression.SparseRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tells the class of a text by the weights of its words: {@link TfIdf} and multinomial logistic regression. The usual choice
 * for routing tickets among many topics.
 *
 * {@snippet :
 * var frame = Frame.of(new Column.Text("text", List.of("card lost", "lost my card", "refund please", "want a refund")),
 *     Column.categorical("topic", "card", "card", "refund", "refund"));
 * var model = new TextClassification(Tokens.WORDS, 1, 1, 10).fit(frame, Task.predict("topic").from("text"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[3]).equals("refund"));
 * }
 *
 * @param tokens how texts are cut
 * @param shortest run of tokens counted
 * @param longest run of tokens counted
 * @param c how much the data count against the penalty, above 0
 */
public record TextClassification(Tokens tokens, int shortest, int longest, double c)
        implements Trainer<TextClassification.Fitted> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public TextClassification {
        if (!(c > 0)) throw new IllegalArgumentException("c must be above 0, not " + c);
        NGrams.of(tokens, shortest, longest);
    }

    @Override
    public Fitted fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        if (task.features().size() != 1) throw Refusal.because("one-text-column");
        String feature = task.features().get(0);
        run.at(0, "words");
        var learned = TfIdf.learnWithRows(texts(training.data(), feature), NGrams.of(tokens, shortest, longest), 1, 1);
        int k = training.classes().size();
        double[] weights = Softmax.weights(learned.rows(), training.codes(), k, c, 1e-4, run);
        var parameters = new TreeMap<String, String>();
        parameters.put("tokens", tokens.name());
        parameters.put("lengths", shortest + "–" + longest);
        parameters.put("c", String.valueOf(c));
        return new Fitted(
                this,
                feature,
                training.classes(),
                learned.tfIdf(),
                weights,
                training.card("TextClassification", parameters, run));
    }

    private static List<String> texts(Frame data, String feature) {
        return data.text(feature).values().stream()
                .map(text -> text == null ? "" : text)
                .toList();
    }

    /** The words' weights, per class. */
    public record Fitted(
            TextClassification trainer, String feature, List<String> classes, TfIdf tfIdf, double[] weights, Card card)
            implements Classifier, Explainable {

        @Override
        public double[][] probabilities(Frame data) {
            return Softmax.probabilities(
                    rows(data), weights, classes.size(), Runtime.getRuntime().availableProcessors());
        }

        private SparseRows rows(Frame data) {
            return tfIdf.rows(texts(data, feature), NGrams.of(trainer.tokens, trainer.shortest, trainer.longest));
        }

        @Override
        public Explanation explanation() {
            int k = classes.size();
            double[] size = new double[tfIdf.terms().size()];
            for (int term = 0; term < size.length; term++) {
                for (int c = 0; c < k; c++) size[term] += Math.abs(weights[term * k + c]) * tfIdf.frequencies()[term];
            }
            double sum = 0;
            for (double each : size) sum += each;
            double total = sum;
            return new Explanation.Importances(IntStream.range(0, size.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(term -> -size[term]))
                    .limit(20)
                    .map(term ->
                            new Explanation.Importance(tfIdf.terms().get(term), total == 0 ? 0 : size[term] / total))
                    .toList());
        }

        /** What each word added; the parts are words, not columns. */
        @Override
        public Contributions why(Frame data, int row) {
            Frame one = data.rows(row);
            int best = classes.size() == 2 ? 1 : predict(one)[0];
            var rows = rows(one);
            var parts = new ArrayList<Contributions.Part>();
            for (int v = 0; v < rows.values().length; v++) {
                int term = rows.columns()[v];
                parts.add(new Contributions.Part(tfIdf.terms().get(term), "", rows.values()[v] * apart(term, best)));
            }
            return Contributions.of("log-odds", apart(tfIdf.terms().size(), best), parts);
        }

        private double apart(int place, int best) {
            int k = classes.size();
            double others = 0;
            for (int c = 0; c < k; c++) if (c != best) others += weights[place * k + c] / (k - 1);
            return weights[place * k + best] - others;
        }
    }
}
