package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.bayes.NaiveBayes;
import dev.rapport.mining.cluster.GroupCount;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.evaluate.Split;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.CsvFrames;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.guard.Checks;
import dev.rapport.mining.guard.TrainingProfile;
import dev.rapport.mining.json.ModelJson;
import dev.rapport.mining.prepare.Balanced;
import dev.rapport.mining.regression.LinearRegression;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.series.Accuracy;
import dev.rapport.mining.series.Anomalies;
import dev.rapport.mining.series.Backtest;
import dev.rapport.mining.series.BestForecaster;
import dev.rapport.mining.series.Croston;
import dev.rapport.mining.series.Ets;
import dev.rapport.mining.series.Forecaster;
import dev.rapport.mining.series.HoltWinters;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.series.Theta;
import dev.rapport.mining.service.CronbachAlpha;
import dev.rapport.mining.service.Servqual;
import dev.rapport.mining.service.SurveyScore;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.GammaGamma;
import dev.rapport.mining.value.LifetimeValue;
import dev.rapport.mining.value.Purchases;
import dev.rapport.mining.value.Rfm;
import dev.rapport.mining.value.Uplift;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a careful user may rely on: guards, refusals, intervals, edges. */
class BehaviourTest {
    private static final Run RUN = Run.of(1);

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    @Test
    void aFeatureThatKnowsTheOutcomeIsNamed() {
        var random = new SplittableRandom(1);
        int n = 500;
        double[] honest = new double[n];
        double[] refund = new double[n];
        String[] key = new String[n];
        String[] churn = new String[n];
        String[] note = new String[n];
        for (int i = 0; i < n; i++) {
            boolean left = random.nextInt(100) < 4;
            churn[i] = left ? "yes" : "no";
            honest[i] = random.nextGaussian() + (left ? 0.5 : 0);
            refund[i] = left ? 10 + random.nextDouble() : random.nextDouble();
            key[i] = "customer-" + i;
            note[i] = left ? "closed" : "open";
        }
        var frame = Frame.of(
                Column.numeric("honest", honest),
                Column.numeric("refund", refund),
                Column.categorical("key", key),
                Column.categorical("note", note),
                Column.categorical("same", new String[n].clone()).named("empty"),
                Column.categorical("churn", churn));
        var task = Task.predict("churn").from("honest", "refund", "key", "note");
        var model = new LogisticRegression().fit(frame, task, RUN);
        var findings = model.card().findings();
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("leak"))
                .extracting(finding -> finding.arguments().get(0))
                .containsExactlyInAnyOrder("refund", "note");
        assertThat(codes(findings)).contains("near-unique-column", "imbalance", "few-events");
        assertThat(findings.get(0).text(Locale.SIMPLIFIED_CHINESE)).doesNotContain("{");
        assertThatThrownBy(() -> new LogisticRegression().fit(frame, task.from(List.of("empty")), RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aFeatureKnownOnlyLaterIsNamed() {
        long day = 86_400_000L;
        var frame = Frame.of(
                Column.numeric("x", 1, 2, 3, 4),
                Column.categorical("y", "a", "b", "a", "b"),
                new Column.Time("seen", new long[] {day, day, day, day}),
                new Column.Time("closed", new long[] {0, 2 * day, Column.Time.MISSING, 3 * day}));
        var task = Task.predict("y").from("x").observedAt("seen").knownAt("x", "closed");
        var findings = Checks.lateFeatures(frame, task);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("late-feature");
            assertThat(finding.arguments()).containsExactly("x", "2");
        });
    }

    @Test
    void driftAndUnseenLevelsAreTold() {
        double[] then = IntStream.range(0, 1000).mapToDouble(i -> i % 100).toArray();
        double[] now = IntStream.range(0, 1000).mapToDouble(i -> i % 100 + 60).toArray();
        String[] before = IntStream.range(0, 1000).mapToObj(i -> "c" + i % 3).toArray(String[]::new);
        String[] after = IntStream.range(0, 1000).mapToObj(i -> "c" + i % 4).toArray(String[]::new);
        var old = Frame.of(Column.numeric("age", then), Column.categorical("city", before));
        var profile = TrainingProfile.of(old, List.of("age", "city"));
        assertThat(profile.drift(old)).isEmpty();
        var drift = profile.drift(Frame.of(Column.numeric("age", now), Column.categorical("city", after)));
        assertThat(codes(drift)).contains("drift", "unseen-levels");
        assertThat(drift.toString()).contains("c3");
    }

    @Test
    void perfectSeparationIsTold() {
        double[] x = IntStream.range(0, 60).mapToDouble(i -> i).toArray();
        String[] y = IntStream.range(0, 60).mapToObj(i -> i < 30 ? "a" : "b").toArray(String[]::new);
        var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
        var free = new LogisticRegression(
                Double.POSITIVE_INFINITY,
                dev.rapport.mining.prepare.Encoding.Scaling.STANDARD,
                dev.rapport.mining.prepare.ClassWeights.EQUAL);
        assertThat(codes(
                        free.fit(frame, Task.predict("y").from("x"), RUN).card().findings()))
                .contains("separation");
    }

    @Test
    void balancedRowsAreEquallyManyOfEachClassAndNoneIsLeftOut() {
        double[] x = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
        String[] y = IntStream.range(0, 100)
                .mapToObj(i -> i == 50 ? null : i % 10 == 0 ? "rare" : i % 3 == 0 ? "some" : "often")
                .toArray(String[]::new);
        var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
        var seen = new ArrayList<Frame>();
        Trainer<NaiveBayes.Fitted> spy = (data, task, run) -> {
            seen.add(data);
            return new NaiveBayes().fit(data, task, run);
        };
        new Balanced<>(spy).fit(frame, Task.predict("y").from("x"), RUN);
        var shown = seen.getFirst();
        int[] counts = new int[3];
        for (int code : shown.categorical("y").codes()) if (code >= 0) counts[code]++;
        assertThat(counts).containsOnly(60);
        assertThat(shown.numeric("x").values()).contains(x);
        assertThat(shown.rows()).isEqualTo(181);
    }

    @Test
    void hostileModelFilesAreRefused() {
        for (String text : List.of(
                "",
                "null",
                "[]",
                "{\"format\":\"rapport-mining\"}",
                "{\"format\":\"rapport-mining\",\"version\":1,\"type\":\"java.lang.Runtime\",\"model\":{}}",
                "{\"format\":\"rapport-mining\",\"version\":1,\"type\":\"KMeans\",\"model\":{\"encoder\":5}}",
                "{\"format\":\"rapport-mining\",\"version\":1,\"type\":\"KMeans\",\"model\":null}",
                "{\"format\":\"rapport-mining\",\"version\":1.5e9,\"type\":\"KMeans\",\"model\":{}}",
                "[".repeat(100_000),
                "{\"a\":1,\"a\":2}")) {
            assertThatThrownBy(() -> ModelJson.read(text))
                    .as(text.substring(0, Math.min(80, text.length())))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void csvIsReadAsWrittenAndFaultsAreNamed() throws Exception {
        var frame = CsvFrames.read(
                new StringReader("\uFEFFname,when,size,note\n\"a \"\"b\"\"\",2026-01-31,1.5,\"two\nlines\"\nc,,NA,\n"),
                ',');
        assertThat(frame.names()).containsExactly("name", "when", "size", "note");
        assertThat(frame.column("name").written(0)).isEqualTo("a \"b\"");
        assertThat(frame.time("when").written(0)).isEqualTo("2026-01-31T00:00:00Z");
        assertThat(frame.numeric("size").isMissing(1)).isTrue();
        assertThat(frame.column("note").written(0)).isEqualTo("two\nlines");
        assertThatThrownBy(() -> CsvFrames.read(new StringReader("a,b\n1\n"), ','))
                .hasMessageContaining("Line 2");
        assertThatThrownBy(() -> CsvFrames.read(new StringReader("a,a\n1,2\n"), ','))
                .hasMessageContaining("two columns");
        assertThatThrownBy(() -> CsvFrames.read(new StringReader(""), ',')).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> CsvFrames.read(new StringReader("a\n\"open"), ','))
                .hasMessageContaining("never closed");
    }

    @Test
    void collinearColumnsAreToldAndPredictionsStand() {
        var random = new SplittableRandom(3);
        double[] a =
                IntStream.range(0, 50).mapToDouble(i -> random.nextGaussian()).toArray();
        double[] twice = Arrays.stream(a).map(value -> 2 * value).toArray();
        double[] y = Arrays.stream(a).map(value -> 3 * value + 1).toArray();
        var frame = Frame.of(Column.numeric("a", a), Column.numeric("twice", twice), Column.numeric("y", y));
        var model = new LinearRegression().fit(frame, Task.predict("y").from("a", "twice"), RUN);
        assertThat(codes(model.card().findings())).contains("collinear");
        assertThat(model.predict(frame)[7]).isCloseTo(y[7], within(1e-9));
    }

    @Test
    @Tag("realdata")
    void numberOfGroupsOfTheMall() {
        var task = Task.describe("Annual Income (k$)", "Spending Score (1-100)");
        var choice = GroupCount.tried(KMeans.of(2), RealData.mall(), task, 2, 8, RUN);
        assertThat(choice.bySilhouette()).isEqualTo(5);
        assertThat(choice.tried().get(3).stability()).isGreaterThan(0.95);
    }

    @Test
    @Tag("realdata")
    void forecastsBeatTheNaiveOneAndTheirIntervalsHold() {
        var frame = RealData.csv("forecast/airline-passengers.csv", ',');
        var series = Series.monthly(
                LocalDate.of(1949, 1, 1), frame.numeric("Passengers").values());
        for (Forecaster forecaster :
                List.of(new Theta(), Ets.automatic(), new HoltWinters(HoltWinters.Season.MULTIPLIES))) {
            var test = Backtest.of(forecaster, series, 84, 12, 12, RUN);
            assertThat(test.mean(Accuracy::mase)).as(forecaster.toString()).isLessThan(1);
        }
        var ets = Backtest.of(
                new Ets(Ets.Part.MULTIPLIES, Ets.Part.ADDS, Ets.Part.MULTIPLIES, true), series, 60, 6, 6, RUN);
        assertThat(ets.coverage95()).isBetween(0.8, 1.0);
        var best = new BestForecaster(6).fit(series, RUN);
        assertThat(best.scores()).containsKeys("SeasonalNaive", "Theta", "Ets", "AutoArima");
        assertThat(best.forecast(6).steps()).hasSize(6).allSatisfy(at -> {
            assertThat(at.low95()).isLessThanOrEqualTo(at.low80());
            assertThat(at.low80()).isLessThan(at.mean());
            assertThat(at.high80()).isLessThanOrEqualTo(at.high95());
        });
    }

    @Test
    @Tag("realdata")
    void anUnusualMonthIsMarked() {
        var frame = RealData.csv("forecast/airline-passengers.csv", ',');
        double[] values = frame.numeric("Passengers").values().clone();
        values[100] *= 1.6;
        var marks =
                Anomalies.of(Series.monthly(LocalDate.of(1949, 1, 1), values).log(), 5);
        assertThat(marks).extracting(Anomalies.Mark::at).contains(100);
        assertThat(marks).hasSizeLessThan(5);
    }

    @Test
    void sparseDemandAndShortSeries() {
        var demand = Series.monthly(LocalDate.of(2025, 1, 1), 0, 0, 5, 0, 0, 0, 7, 0, 0, 4, 0, 0, 6, 0, 0);
        double croston =
                new Croston(0.1, Croston.Variant.CROSTON).fit(demand, RUN).rate();
        double sba = new Croston(0.1, Croston.Variant.SBA).fit(demand, RUN).rate();
        assertThat(sba).isCloseTo(0.95 * croston, within(1e-12));
        var dying = Series.monthly(LocalDate.of(2025, 1, 1), 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(new Croston(0.2, Croston.Variant.TSB).fit(dying, RUN).rate()).isLessThan(0.3);
        assertThatThrownBy(() -> new Theta().fit(Series.monthly(LocalDate.EPOCH, 1, 2), RUN))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new Theta().fit(Series.monthly(LocalDate.EPOCH, 1, 2, Double.NaN, 4, 5), RUN))
                .hasMessageContaining("1970-03-01");
    }

    @Test
    void eventsBecomeSumsWithZerosAndWithoutTheUnfinishedMonth() {
        long day = 86_400_000L;
        long start = LocalDate.of(2026, 1, 15).toEpochDay() * day;
        var events = Frame.of(
                new Column.Time("at", new long[] {start, start + day, start + 65 * day, start + 90 * day}),
                Column.numeric("amount", 10, 5, 7, 99));
        var series = Series.ofEvents(events, "at", "amount", Series.Step.MONTH, LocalDate.of(2026, 4, 20));
        assertThat(series.values()).containsExactly(15, 0, 7);
        assertThat(series.start()).isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @Test
    void surveyScoresAndTheirLimits() {
        double[] answers = new double[100];
        Arrays.fill(answers, 0, 50, 10);
        Arrays.fill(answers, 50, 80, 7);
        Arrays.fill(answers, 80, 100, 2);
        var nps = SurveyScore.netPromoter(answers);
        assertThat(nps.value()).isCloseTo(30, within(1e-9));
        assertThat(nps.low()).isBetween(10.0, 16.0);
        assertThat(nps.high()).isBetween(42.0, 47.0);
        var satisfied = SurveyScore.satisfaction(new double[] {5, 4, 3, 5, Double.NaN}, 5);
        assertThat(satisfied.value()).isEqualTo(75);
        // Wilson's interval for 3 of 4
        assertThat(satisfied.low()).isCloseTo(30.06, within(0.01));
        assertThat(satisfied.high()).isCloseTo(95.44, within(0.01));
        assertThatThrownBy(() -> SurveyScore.netPromoter(new double[] {11})).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> SurveyScore.netPromoter(new double[0])).isInstanceOf(Refusal.class);
    }

    @Test
    void servqualWeighsGapsAndReversesItems() {
        var frame = Frame.of(
                Column.numeric("e1", 7, 7, 6, 7), Column.numeric("p1", 5, 4, 5, 5),
                Column.numeric("e2", 1, 1, 2, 1), Column.numeric("p2", 3, 4, 3, 3),
                Column.numeric("e3", 4, 4, 4, 4), Column.numeric("p3", 6, 6, 5, Double.NaN));
        var survey = new Servqual(
                List.of(
                        new Servqual.Dimension(
                                "reliability",
                                List.of(new Servqual.Item("e1", "p1", false), new Servqual.Item("e2", "p2", true)),
                                30),
                        new Servqual.Dimension("empathy", List.of(new Servqual.Item("e3", "p3", false)), 10)),
                1,
                7);
        var result = survey.of(frame, RUN);
        var reliability = result.dimensions().get(0);
        assertThat(reliability.gap()).isCloseTo(-2, within(1e-9));
        assertThat(reliability.answers()).isEqualTo(4);
        assertThat(result.dimensions().get(1).answers()).isEqualTo(3);
        assertThat(result.weightedGap()).isCloseTo(0.75 * -2 + 0.25 * 5 / 3, within(1e-9));
        assertThat(result.importancePerformance().get(0).quadrant()).isEqualTo(Servqual.Quadrant.CONCENTRATE_HERE);
        assertThat(result.explanation().text(Locale.SIMPLIFIED_CHINESE)).contains("低于期望");
        assertThat(codes(result.card().findings())).contains("few-answers");
        // two items of alpha 2/3: psych::alpha of c(1,2,3,4), c(2,1,4,3)
        double alpha = CronbachAlpha.of(List.of(new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}));
        assertThat(alpha).isCloseTo(0.75, within(1e-9));
    }

    @Test
    @Tag("realdata")
    void customerValueOfCdnowOrders() {
        var purchases = Purchases.of(RealData.cdnow(), "customer", "at", "amount", LocalDate.of(1997, 10, 1), 7);
        var when = new BgNbd().fit(purchases, RUN);
        var worth = new GammaGamma().fit(purchases, RUN);
        double[] values = new LifetimeValue(52, 0.002).of(when, worth, purchases);
        assertThat(Arrays.stream(values).allMatch(value -> value >= 0 && Double.isFinite(value)))
                .isTrue();
        // what the next 39 weeks really brought, against what was expected of all (tracking, as in the literature)
        double expected = Arrays.stream(when.expected(39, purchases)).sum();
        var later = Purchases.of(RealData.cdnow(), "customer", "at", "amount", LocalDate.of(1998, 7, 1), 7);
        double came = Arrays.stream(later.repeats()).sum()
                - Arrays.stream(purchases.repeats()).sum();
        assertThat(expected / came).isBetween(0.85, 1.15);
        double next = when.nextPurchase(2, 30.43, 38.86, 520);
        assertThat(next).isBetween(5.0, 60.0);
        var rfm = Rfm.of(purchases, RUN);
        assertThat(Arrays.stream(rfm.heatMap()).flatMapToInt(Arrays::stream).sum())
                .isEqualTo(2357);
        // the many who bought once share one grade
        assertThat(IntStream.range(0, 2357)
                        .filter(i -> purchases.repeats()[i] == 0)
                        .map(i -> rfm.frequency()[i])
                        .distinct()
                        .count())
                .isEqualTo(1);
        assertThat(rfm.explanation().text(Locale.SIMPLIFIED_CHINESE)).contains("重要价值客户");
    }

    @Test
    void upliftFindsThosePersuadedAndQiniMeasuresIt() {
        var random = new SplittableRandom(2);
        int n = 6000;
        double[] age = new double[n];
        String[] contacted = new String[n];
        String[] bought = new String[n];
        for (int i = 0; i < n; i++) {
            age[i] = 20 + random.nextInt(60);
            boolean told = random.nextBoolean();
            double p = 0.1 + (told && age[i] > 50 ? 0.3 : 0);
            contacted[i] = told ? "yes" : "no";
            bought[i] = random.nextDouble() < p ? "yes" : "no";
        }
        var frame = Frame.of(
                Column.numeric("age", age),
                Column.categorical("contacted", contacted),
                Column.categorical("bought", bought));
        var split = Split.holdOut(frame, "bought", 0.5, RUN);
        Frame judged = frame.rows(split.judging());
        var model = new Uplift("contacted", "yes", "yes", new LogisticRegression())
                .fit(frame.rows(split.training()), Task.predict("bought").from("age"), RUN);
        boolean[] told = new boolean[judged.rows()];
        boolean[] yes = new boolean[judged.rows()];
        for (int i = 0; i < told.length; i++) {
            told[i] = judged.column("contacted").written(i).equals("yes");
            yes[i] = judged.column("bought").written(i).equals("yes");
        }
        double good = Uplift.Qini.of(model.uplift(judged), told, yes).coefficient();
        double[] reversed =
                Arrays.stream(model.uplift(judged)).map(value -> -value).toArray();
        assertThat(good).isGreaterThan(20);
        assertThat(Uplift.Qini.of(reversed, told, yes).coefficient()).isLessThan(-20);
    }

    @Test
    @Tag("realdata")
    void rulesWorthReadingAreFewAndSure() {
        var rules = AssociationRules.of(new Eclat(0.001, 6).find(RealData.groceries(), RUN), 0.5, 2, RUN);
        var worth = rules.worthReading(0.01);
        assertThat(worth.rules().size()).isBetween(50, rules.rules().size() * 4 / 5);
        assertThat(worth.rules()).allMatch(rule -> rule.lift() > 1 && rule.p() < 0.01);
        var offers = rules.recommend(java.util.Set.of("curd", "yogurt", "whipped/sour cream"), 3);
        assertThat(offers.get(0).item()).isEqualTo("whole milk");
    }

    @Test
    void aTreeTellsHundredsOfClassesApart() {
        double[] x = IntStream.range(0, 900).mapToDouble(i -> i % 300).toArray();
        String[] y = IntStream.range(0, 900).mapToObj(i -> "class " + i % 300).toArray(String[]::new);
        var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
        var tree = new dev.rapport.mining.tree.Cart()
                .deep(300)
                .leavesOf(1)
                .fit(frame, Task.predict("y").from("x"), RUN);
        assertThat(tree.card().metrics().get("accuracy")).isEqualTo(1);
    }

    @Test
    void aTreeFileThatGoesInCirclesIsRefused() {
        double[] x = {1, 2, 3, 10, 11, 12};
        var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", "a", "a", "a", "b", "b", "b"));
        String file = new dev.rapport.mining.tree.Cart()
                .leavesOf(1)
                .fit(frame, Task.predict("y").from("x"), RUN)
                .toJson();
        assertThat(file).contains("\"left\":[1,-1,-1]");
        assertThatThrownBy(() -> ModelJson.read(file.replace("\"left\":[1,-1,-1]", "\"left\":[0,-1,-1]")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ModelJson.read(file.replace("\"left\":[1,-1,-1]", "\"left\":[1]")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void minersHearAStopOnAnyNumberOfThreads() {
        var baskets = Baskets.of(IntStream.range(0, 200)
                .mapToObj(i -> List.of("a" + i % 7, "b" + i % 5, "c" + i % 3))
                .toList());
        for (int threads : new int[] {1, 4}) {
            Run stopping = RUN.withThreads(threads).watchedBy((done, message) -> false);
            assertThatThrownBy(() -> new Eclat(0.01, 3).find(baskets, stopping)).isInstanceOf(Cancelled.class);
        }
    }

    @Test
    void everyWrongParameterIsNamed() {
        assertThatThrownBy(() -> KMeans.of(0)).hasMessageContaining("k must be at least 1");
        assertThatThrownBy(() -> new Eclat(0, 3)).hasMessageContaining("support");
        assertThatThrownBy(() -> Task.predict("y").from("y"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("y");
        assertThatThrownBy(() -> Baskets.of(List.of()).names().get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Eclat(0.1, 3).find(Baskets.of(List.of()), RUN))
                .isInstanceOf(Refusal.class);
    }
}
