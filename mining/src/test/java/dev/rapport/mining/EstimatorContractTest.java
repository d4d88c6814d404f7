package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.json.ModelJson;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What holds for every trainer. A new one inherits all of it by naming itself and its target in a subclass.
 *
 * @param <M> its model
 */
public abstract class EstimatorContractTest<M extends Model> {
    /** What the target is. */
    protected enum Target {
        TWO_CLASSES,
        THREE_CLASSES,
        NUMBER,
        NONE
    }

    protected abstract Trainer<M> trainer();

    protected Target target() {
        return Target.TWO_CLASSES;
    }

    /** Whether the trainer knows categories only. */
    protected boolean categoriesOnly() {
        return false;
    }

    static final Run RUN = Run.of(11).withThreads(1);

    private Frame data(int rows) {
        return data(rows, 3);
    }

    private Frame data(int rows, long seed) {
        var random = new SplittableRandom(seed);
        double[] age = new double[rows];
        double[] income = new double[rows];
        String[] city = new String[rows];
        String[] kind = new String[rows];
        String[] outcome = new String[rows];
        double[] amount = new double[rows];
        for (int i = 0; i < rows; i++) {
            age[i] = 20 + random.nextInt(50);
            income[i] = random.nextInt(20) == 0 ? Double.NaN : 1000 + 100 * random.nextGaussian() + 10 * age[i];
            city[i] = new String[] {"北京", "Paris", "Lyon", null}[random.nextInt(4)];
            kind[i] = age[i] > 45 ? "old" : "young";
            double score = 0.08 * (age[i] - 45) + ("Paris".equals(city[i]) ? 1.5 : 0) + random.nextGaussian();
            outcome[i] = target() == Target.THREE_CLASSES && score > 1.5 ? "maybe" : score > 0 ? "yes" : "no";
            amount[i] = 50 + 10 * score + random.nextGaussian();
        }
        return Frame.of(
                Column.numeric("age", age),
                Column.numeric("income", income),
                Column.categorical("city", city),
                Column.categorical("kind", kind),
                Column.categorical("outcome", outcome),
                Column.numeric("amount", amount));
    }

    Task task() {
        String[] features = categoriesOnly() ? new String[] {"city", "kind"} : new String[] {"age", "income", "city"};
        return switch (target()) {
            case TWO_CLASSES, THREE_CLASSES -> Task.predict("outcome").from(features);
            case NUMBER -> Task.predict("amount").from(features);
            case NONE -> Task.describe(features);
        };
    }

    M fitted(int rows, Run run) {
        return trainer().fit(data(rows), task(), run);
    }

    @Test
    void theSameSeedGivesTheSameModelWhateverTheThreads() {
        String once = fitted(300, RUN).toJson();
        assertThat(fitted(300, RUN).toJson()).isEqualTo(once);
        assertThat(fitted(300, RUN.withThreads(4)).toJson()).isEqualTo(once);
    }

    @Test
    void manyChunksOfRowsAreReducedInOrder() {
        if (target() == Target.NONE || trainer().getClass().getSimpleName().equals("SupportVectorMachine")) return;
        assertThat(fitted(40_000, RUN.withThreads(3)).toJson())
                .isEqualTo(fitted(40_000, RUN).toJson());
    }

    @Test
    void aModelComesBackFromItsJson() {
        M model = fitted(200, RUN);
        Model again = ModelJson.read(model.toJson());
        assertThat(again.toJson()).isEqualTo(model.toJson());
        assertThat(again.card()).isEqualTo(model.card());
        Frame data = data(50, 9);
        if (model instanceof Classifier classifier) {
            assertThat(((Classifier) again).probabilities(data)).isDeepEqualTo(classifier.probabilities(data));
        }
        if (model instanceof Regressor regressor) {
            assertThat(((Regressor) again).predict(data)).isEqualTo(regressor.predict(data));
        }
        String newer = model.toJson().replace("\"version\":1", "\"version\":99");
        assertThatThrownBy(() -> ModelJson.read(newer))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("99");
    }

    @Test
    void theCardSaysWhereTheModelComesFrom() {
        var card = fitted(200, RUN).card();
        assertThat(card.algorithm()).isNotBlank();
        assertThat(card.seed()).isEqualTo(11);
        assertThat(card.rowsUsed()).isEqualTo(200);
        assertThat(card.fingerprint())
                .isEqualTo(data(200).fingerprint())
                .isNotEqualTo(data(199).fingerprint());
        assertThat(card.inputs()).isEqualTo(task().features());
    }

    @Test
    void itExplainsItselfInBothLanguages() {
        M model = fitted(300, RUN);
        assertThat(model.explanation().text(Locale.ENGLISH)).isNotBlank();
        assertThat(model.explanation().text(Locale.SIMPLIFIED_CHINESE))
                .isNotBlank()
                .isNotEqualTo(model.explanation().text(Locale.FRANCE) + " ");
    }

    @Test
    void contributionsSumToTheScore() {
        if (!(fitted(300, RUN) instanceof Explainable model)) return;
        Frame data = data(40, 5);
        for (int row = 0; row < 40; row++) {
            var why = model.why(data, row);
            double sum = why.base()
                    + why.parts().stream()
                            .mapToDouble(Contributions.Part::amount)
                            .sum();
            assertThat(sum).isCloseTo(why.score(), within(1e-9));
            assertThat(why.parts())
                    .extracting(Contributions.Part::feature)
                    .containsExactlyInAnyOrderElementsOf(task().features());
            if (model instanceof Regressor regressor) {
                assertThat(why.score()).isCloseTo(regressor.predict(data)[row], within(1e-9 * (1 + Math.abs(sum))));
            }
            if (model instanceof Classifier classifier && target() == Target.TWO_CLASSES) {
                double p = classifier.probabilities(data)[row][1];
                double score = why.scale().equals("probability") ? why.score() : 1 / (1 + Math.exp(-why.score()));
                assertThat(p).isCloseTo(score, within(1e-9));
            }
        }
        assertThat(model.why(data, 0).text(Locale.SIMPLIFIED_CHINESE, 3)).isNotNull();
    }

    @Test
    void tooFewRowsAndEmptyColumnsAreRefused() {
        for (int rows : new int[] {0, 1}) {
            Frame few = data(300).rows(java.util.stream.IntStream.range(0, rows).toArray());
            assertThatThrownBy(() -> trainer().fit(few, task(), RUN)).isInstanceOf(Refusal.class);
        }
        Frame data = data(100);
        Task unknown = task().from(java.util.List.of("age", "nowhere"));
        assertThatThrownBy(() -> trainer().fit(data, unknown, RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void infiniteTargetsAreRefusedAndMissingOnesLeftOut() {
        if (target() != Target.NUMBER) return;
        double[] amounts = data(100).numeric("amount").values().clone();
        amounts[3] = Double.POSITIVE_INFINITY;
        Frame infinite = data(100).with(Column.numeric("amount", amounts));
        assertThatThrownBy(() -> trainer().fit(infinite, task(), RUN)).isInstanceOf(Refusal.class);
        amounts[3] = Double.NaN;
        var model = trainer().fit(data(100).with(Column.numeric("amount", amounts)), task(), RUN);
        assertThat(model.card().rowsUsed()).isEqualTo(99);
        assertThat(model.card().rowsDropped()).isEqualTo(1);
    }

    @Test
    void aStopIsHeard() {
        var calls = new AtomicInteger();
        Run stopping = RUN.watchedBy((done, message) -> calls.incrementAndGet() < 1);
        assertThatThrownBy(() -> fitted(300, stopping)).isInstanceOf(Cancelled.class);
        assertThat(calls.get()).isEqualTo(1);
    }

    @Test
    void progressNeverFalls() {
        var last = new java.util.concurrent.atomic.AtomicReference<>(0.0);
        Run watched = RUN.watchedBy((done, message) -> {
            assertThat(done).isBetween(last.get(), 1.0);
            last.set(done);
            return true;
        });
        fitted(300, watched);
    }

    @Test
    void infiniteFeaturesAreRefused() {
        if (categoriesOnly()) return;
        double[] income = data(100).numeric("income").values().clone();
        income[9] = Double.NEGATIVE_INFINITY;
        Frame infinite = data(100).with(Column.numeric("income", income));
        assertThatThrownBy(() -> trainer().fit(infinite, task(), RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("income");
    }

    @Test
    void trainingChangesNothingGiven() {
        Frame data = data(120);
        String before = contents(data);
        trainer().fit(data, task(), RUN);
        assertThat(contents(data)).isEqualTo(before);
    }

    @Test
    void levelsNotSeenInTrainingAndMissingValuesGetAScore() {
        M model = fitted(300, RUN);
        Frame strange = Frame.of(
                Column.numeric("age", 33, Double.NaN),
                Column.numeric("income", Double.NaN, Double.NaN),
                Column.categorical("city", "Atlantis", null),
                Column.categorical("kind", "odd", null));
        if (model instanceof Classifier classifier) {
            for (double[] row : classifier.probabilities(strange)) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-9));
                assertThat(Arrays.stream(row).allMatch(p -> p >= 0 && p <= 1)).isTrue();
            }
        }
        if (model instanceof Regressor regressor) {
            assertThat(Arrays.stream(regressor.predict(strange)).allMatch(Double::isFinite))
                    .isTrue();
        }
    }

    @Test
    void itLearnsSomething() {
        M model = fitted(2000, RUN);
        Frame fresh = data(2000, 77);
        if (model instanceof Classifier classifier) {
            int[] decided = classifier.predict(fresh);
            var truth = fresh.categorical("outcome");
            int right = 0;
            for (int i = 0; i < decided.length; i++)
                if (classifier.classes().get(decided[i]).equals(truth.written(i))) right++;
            double most = Arrays.stream(truth.codes())
                            .boxed()
                            .collect(java.util.stream.Collectors.groupingBy(
                                    c -> c, java.util.stream.Collectors.counting()))
                            .values()
                            .stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0)
                    / 2000.0;
            assertThat(right / 2000.0).isGreaterThan(most + 0.05);
        }
        if (model instanceof Regressor regressor) {
            double r2 = dev.rapport.mining.evaluate.RegressionReport.of(
                            regressor.predict(fresh), fresh.numeric("amount").values())
                    .r2();
            assertThat(r2).isGreaterThan(0.3);
        }
    }

    private static String contents(Frame data) {
        var all = new StringBuilder();
        for (Column column : data.columns())
            for (int row = 0; row < data.rows(); row++)
                all.append(column.written(row)).append('|');
        return all.toString();
    }
}
