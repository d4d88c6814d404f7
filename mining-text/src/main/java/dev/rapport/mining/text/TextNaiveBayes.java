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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tells the class of a text by its tokens' counts (A. McCallum, K. Nigam 1998): learns sentiment from rated comments, or
 * routes tickets. Characters in ones and twos suit Chinese without any dictionary.
 *
 * {@snippet :
 * var frame = Frame.of(new Column.Text("comment", List.of("很好吃", "味道好", "太差了", "送得太慢")),
 *     Column.categorical("mood", "good", "good", "bad", "bad"));
 * var model = new TextNaiveBayes(Tokens.CHARACTERS, 1, 2, 1).fit(frame, Task.predict("mood").from("comment"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[2]).equals("bad"));
 * }
 *
 * @param tokens how texts are cut
 * @param shortest run of tokens counted
 * @param longest run of tokens counted
 * @param smoothing added to every count, above 0
 */
public record TextNaiveBayes(Tokens tokens, int shortest, int longest, double smoothing)
        implements Trainer<TextNaiveBayes.Fitted> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public TextNaiveBayes {
        if (!(smoothing > 0)) throw new IllegalArgumentException("smoothing must be above 0, not " + smoothing);
        NGrams.of(tokens, shortest, longest);
    }

    @Override
    public Fitted fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        if (task.features().size() != 1) throw Refusal.because("one-text-column");
        String feature = task.features().get(0);
        var texts = training.data().text(feature).values();
        int k = training.classes().size();
        var tokenizer = NGrams.of(tokens, shortest, longest);
        var counts = new HashMap<String, double[]>();
        double[] totals = new double[k];
        double[] priors = new double[k];
        for (int i = 0; i < texts.size(); i++) {
            if (i % 1000 == 0) run.at(i / (double) texts.size(), "text " + i);
            int c = (int) training.targets()[i];
            priors[c] += 1.0 / texts.size();
            String text = texts.get(i);
            for (String token : tokenizer.tokens(text == null ? "" : text)) {
                counts.computeIfAbsent(token, key -> new double[k])[c]++;
                totals[c]++;
            }
        }
        var logs = new TreeMap<String, double[]>();
        counts.forEach((token, own) -> {
            double[] log = new double[k];
            for (int c = 0; c < k; c++)
                log[c] = Math.log((own[c] + smoothing) / (totals[c] + smoothing * counts.size()));
            logs.put(token, log);
        });
        var parameters = new TreeMap<String, String>();
        parameters.put("tokens", tokens.name());
        parameters.put("lengths", shortest + "–" + longest);
        parameters.put("smoothing", String.valueOf(smoothing));
        return new Fitted(
                this, feature, training.classes(), priors, logs, training.card("TextNaiveBayes", parameters, run));
    }

    /** Logarithms of each token's share, by class. */
    public record Fitted(
            TextNaiveBayes trainer,
            String feature,
            List<String> classes,
            double[] priors,
            Map<String, double[]> logs,
            Card card)
            implements Classifier, Explainable {

        @Override
        public double[][] probabilities(Frame data) {
            var texts = data.text(feature).values();
            var tokenizer = NGrams.of(trainer.tokens, trainer.shortest, trainer.longest);
            return texts.stream()
                    .map(text -> one(tokenizer, text == null ? "" : text))
                    .toArray(double[][]::new);
        }

        private double[] one(Tokenizer tokenizer, String text) {
            double[] scores = Arrays.stream(priors).map(Math::log).toArray();
            for (String token : tokenizer.tokens(text)) {
                double[] own = logs.get(token);
                if (own == null) continue;
                for (int c = 0; c < scores.length; c++) scores[c] += own[c];
            }
            double most = Arrays.stream(scores).max().orElse(0);
            double sum = 0;
            for (int c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c] - most);
            for (int c = 0; c < scores.length; c++) scores[c] /= sum;
            return scores;
        }

        @Override
        public Explanation explanation() {
            var strongest = logs.entrySet().stream()
                    .sorted(Comparator.comparingDouble(
                            (Map.Entry<String, double[]> entry) -> -spread(entry.getValue())))
                    .limit(20)
                    .toList();
            double sum = strongest.stream()
                    .mapToDouble(entry -> spread(entry.getValue()))
                    .sum();
            return new Explanation.Importances(strongest.stream()
                    .map(entry -> new Explanation.Importance(entry.getKey(), spread(entry.getValue()) / sum))
                    .toList());
        }

        // how far the classes lie apart, weighted by how common the token is
        private static double spread(double[] logs) {
            double low = Arrays.stream(logs).min().orElse(0);
            double high = Arrays.stream(logs).max().orElse(0);
            return (high - low) * Math.exp(high);
        }

        /** What each token added; the parts are tokens, not columns. */
        @Override
        public Contributions why(Frame data, int row) {
            int best = classes.size() == 2 ? 1 : predict(data.rows(row))[0];
            var sums = new TreeMap<String, double[]>();
            String text = data.text(feature).written(row);
            for (String token :
                    NGrams.of(trainer.tokens, trainer.shortest, trainer.longest).tokens(text)) {
                double[] own = logs.get(token);
                if (own == null) continue;
                double[] sum = sums.computeIfAbsent(token, key -> new double[2]);
                sum[0] += apart(own, best);
                sum[1]++;
            }
            var parts = new ArrayList<Contributions.Part>();
            sums.forEach((token, sum) -> parts.add(new Contributions.Part(token, "×" + (int) sum[1], sum[0])));
            return Contributions.of(
                    "log-odds", apart(Arrays.stream(priors).map(Math::log).toArray(), best), parts);
        }

        private static double apart(double[] logs, int best) {
            return logs[best]
                    - IntStream.range(0, logs.length)
                            .filter(c -> c != best)
                            .mapToDouble(c -> logs[c])
                            .average()
                            .orElse(0);
        }
    }
}
