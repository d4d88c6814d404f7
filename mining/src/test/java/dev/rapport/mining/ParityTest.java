package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.bayes.NaiveBayes;
import dev.rapport.mining.cluster.Dbscan;
import dev.rapport.mining.cluster.GroupCount;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.Silhouette;
import dev.rapport.mining.evaluate.BinaryReport;
import dev.rapport.mining.evaluate.Ranking;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.CsvFrames;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.math.Statistics;
import dev.rapport.mining.prepare.ClassWeights;
import dev.rapport.mining.prepare.Encoding.Scaling;
import dev.rapport.mining.regression.Lasso;
import dev.rapport.mining.regression.LinearRegression;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.regression.SoftmaxRegression;
import dev.rapport.mining.series.Arima;
import dev.rapport.mining.series.AutoArima;
import dev.rapport.mining.series.Decomposition;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.series.Theta;
import dev.rapport.mining.svm.SupportVectorMachine;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.value.Cox;
import dev.rapport.mining.value.KaplanMeier;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same answers as scikit-learn 1.2, statsmodels 0.13, scipy (src/test/oracle/make.py) and R 4.2 with forecast 8.20 and
 * survival 3.5 (numbers in the tests).
 */
class ParityTest {
    private static final Run RUN = Run.of(1);

    private static Frame oracle(String name) {
        try (var stream = ParityTest.class.getResourceAsStream("/oracle/" + name + ".csv")) {
            return CsvFrames.read(new InputStreamReader(stream, StandardCharsets.UTF_8), ',');
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double[] known(Frame frame, String column) {
        return Statistics.known(frame.numeric(column).values());
    }

    private static void same(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("place " + i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static int[] labels(Frame frame, String column) {
        return Arrays.stream(frame.numeric(column).values())
                .mapToInt(value -> (int) value)
                .toArray();
    }

    @Test
    void kMeansFromTheSameStartGivesTheSamePartition() {
        var groups = oracle("groups");
        double[] flat = known(groups, "start");
        double[][] start = IntStream.range(0, 4)
                .mapToObj(c -> Arrays.copyOfRange(flat, 3 * c, 3 * c + 3))
                .toArray(double[][]::new);
        for (KMeans.Method method : KMeans.Method.values()) {
            var model =
                    KMeans.of(4).unscaled().by(method).startingAt(start).fit(groups, Task.describe("a", "b", "c"), RUN);
            assertThat(model.assign(groups)).as(method.name()).isEqualTo(labels(groups, "kmeans"));
            assertThat(model.card().metrics().get("inertia")).isCloseTo(known(groups, "inertia")[0], within(1e-8));
        }
    }

    @Test
    void dbscanGivesTheSameLabelsByGridAndByTree() {
        var groups = oracle("groups");
        var three = new Dbscan(0.9, 6, Scaling.NONE).fit(groups, Task.describe("a", "b", "c"), RUN);
        assertThat(three.labels()).isEqualTo(labels(groups, "dbscan"));
        var five = new Dbscan(1.3, 6, Scaling.NONE).fit(groups, Task.describe("a", "b", "c", "d", "e"), RUN);
        assertThat(five.labels()).isEqualTo(labels(groups, "dbscan5"));
    }

    @Test
    void silhouetteAndAdjustedRandIndex() {
        var groups = oracle("groups");
        double[][] columns = {
            groups.numeric("a").values(),
            groups.numeric("b").values(),
            groups.numeric("c").values()
        };
        double silhouette = Silhouette.mean(columns, labels(groups, "kmeans"), 4, RUN);
        assertThat(silhouette).isCloseTo(known(groups, "silhouette")[0], within(1e-12));
        double rand = GroupCount.agreement(labels(groups, "kmeans"), labels(groups, "dbscan"));
        assertThat(rand).isCloseTo(known(groups, "rand")[0], within(1e-12));
    }

    private static Frame classes() {
        var frame = oracle("classes");
        return frame.with(frame.categorical("y"));
    }

    private static final Task CLASSES = Task.predict("y").from("x0", "x1", "x2", "x3", "x4", "x5");

    @Test
    void logisticRegressionGivesTheSameCoefficients() {
        var data = classes();
        var model = new LogisticRegression(1, Scaling.NONE, ClassWeights.EQUAL).fit(data, CLASSES, RUN);
        same(append(model.weights(), model.intercept()), known(data, "coefficients"), 1e-6);
        same(model.probability(data, "1"), known(data, "p"), 1e-7);

        var free = new LogisticRegression(Double.POSITIVE_INFINITY, Scaling.NONE, ClassWeights.EQUAL)
                .fit(data, CLASSES, RUN);
        same(append(free.weights(), free.intercept()), known(data, "free"), 1e-7);
        same(
                free.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::standardError)
                        .toArray(),
                known(data, "errors"),
                1e-7);
        same(
                free.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::p)
                        .toArray(),
                known(data, "pvalues"),
                1e-7);
        // scaled or not, an unpenalised model is the same
        var scaled = new LogisticRegression(Double.POSITIVE_INFINITY, Scaling.STANDARD, ClassWeights.EQUAL)
                .fit(data, CLASSES, RUN);
        same(
                scaled.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::weight)
                        .toArray(),
                free.weights(),
                1e-8);
    }

    @Test
    void naiveBayesAndMetrics() {
        var data = classes();
        same(new NaiveBayes().fit(data, CLASSES, RUN).probability(data, "1"), known(data, "nb"), 1e-9);
        double[] truth = oracle("classes").numeric("y").values();
        double[] p = known(data, "p");
        double[] rounded =
                DoubleStream.of(p).map(value -> Math.rint(value * 100) / 100).toArray();
        double[] scores = known(data, "scores");
        assertThat(Ranking.auc(rounded, truth)).isCloseTo(scores[0], within(1e-12));
        assertThat(Ranking.averagePrecision(rounded, truth)).isCloseTo(scores[1], within(1e-12));
        var report = BinaryReport.of(p, truth, 0.5);
        assertThat(report.logLoss()).isCloseTo(scores[2], within(1e-12));
        assertThat(report.brier()).isCloseTo(scores[3], within(1e-12));
    }

    @Test
    void supportVectorMachinesGiveTheSameDecisions() {
        var data = classes();
        var radial = SupportVectorMachine.radial(1.5).fit(data, CLASSES, RUN);
        same(radial.decisions(data), known(data, "svc"), 2e-3);
        assertThat(radial.machine().vectors().length).isEqualTo((int) known(data, "vectors")[0]);
        var linear = SupportVectorMachine.linear(0.5).fit(data, CLASSES, RUN);
        same(linear.decisions(data), known(data, "linear"), 2e-3);
    }

    @Test
    void softmaxRegressionGivesTheSameProbabilities() {
        var data = oracle("softmax");
        var model = new SoftmaxRegression(1).fit(data, Task.predict("y").from("x0", "x1", "x2", "x3"), RUN);
        same(model.probability(data, "a"), known(data, "pa"), 1e-5);
        same(model.probability(data, "b"), known(data, "pb"), 1e-5);
        same(model.probability(data, "c"), known(data, "pc"), 1e-5);
    }

    @Test
    void linearModelsGiveTheSameCoefficients() {
        var data = oracle("numbers");
        var task = Task.predict("y").from("x0", "x1", "x2", "x3", "x4");
        var ols = new LinearRegression().fit(data, task, RUN);
        same(ols.weights(), known(data, "ols"), 1e-9);
        assertThat(ols.intercept()).isCloseTo(known(data, "intercept")[0], within(1e-6));
        assertThat(ols.card().metrics().get("r2")).isCloseTo(known(data, "r2")[0], within(1e-10));
        same(
                ols.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::standardError)
                        .toArray(),
                known(data, "errors"),
                1e-8);
        same(
                ols.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::p)
                        .toArray(),
                known(data, "pvalues"),
                1e-8);
        same(
                ols.coefficients().stream()
                        .mapToDouble(Explanation.Coefficient::low)
                        .toArray(),
                known(data, "low"),
                1e-8);
        var ridge = new LinearRegression(3).fit(data, task, RUN);
        same(append(ridge.weights(), ridge.intercept()), known(data, "ridge"), 1e-9);
        var lasso = new Lasso(0.1).fit(data, task, RUN);
        same(append(lasso.weights(), lasso.intercept()), known(data, "lasso"), 1e-8);
    }

    @Test
    void cartGrowsAndPrunesTheSameTrees() {
        var data = oracle("trees");
        data = data.with(data.categorical("y"));
        var features = List.of("x0", "x1", "x2", "x3", "x4");
        var tree = new Cart().deep(4).leavesOf(25).fit(data, Task.predict("y").from(features), RUN);
        double[] leaves = known(data, "leaves");
        assertThat(tree.tree().leaves()).isEqualTo((int) leaves[0]);
        same(tree.probability(data, "1"), known(data, "p"), 1e-12);
        double[] importances = features.stream()
                .mapToDouble(feature -> tree.importances().shares().stream()
                        .filter(share -> share.feature().equals(feature))
                        .findFirst()
                        .orElseThrow()
                        .share())
                .toArray();
        same(importances, known(data, "importances"), 1e-9);
        var pruned = new Cart()
                .deep(8)
                .leavesOf(20)
                .pruned(0.004)
                .fit(data, Task.predict("y").from(features), RUN);
        assertThat(pruned.tree().leaves()).isEqualTo((int) leaves[1]);
        same(pruned.probability(data, "1"), known(data, "pruned"), 1e-12);
        var regression = new Cart()
                .deep(4)
                .leavesOf(30)
                .forNumbers()
                .fit(data, Task.predict("number").from(features), RUN);
        assertThat(regression.tree().leaves()).isEqualTo((int) leaves[2]);
        same(regression.predict(data), known(data, "predicted"), 1e-9);
    }

    @Test
    void specialFunctionsAreExact() {
        var cases = oracle("functions");
        for (int i = 0; i < cases.rows(); i++) {
            String name = cases.column("name").written(i);
            double a = cases.numeric("a").values()[i];
            double b = cases.numeric("b").values()[i];
            double c = cases.numeric("c").values()[i];
            double d = cases.numeric("d").values()[i];
            double value = switch (name) {
                case "logGamma" -> Special.logGamma(a);
                case "digamma" -> Special.digamma(a);
                case "gammaLower" -> Special.gammaLower(a, b);
                case "betaLower" -> Special.betaLower(a, b, c);
                case "normal" -> Special.normal(a);
                case "normalQuantile" -> Special.normalQuantile(a);
                case "studentTail" -> Special.studentTail(a, b);
                case "chiSquaredTail" -> Special.chiSquaredTail(a, b);
                case "fisherTail" -> Special.fisherTail(a, b, c);
                default -> Special.hypergeometric(a, b, c, d);
            };
            double expected = cases.numeric("value").values()[i];
            assertThat(value)
                    .as("%s(%s, %s, %s, %s)", name, a, b, c, d)
                    .isCloseTo(expected, within(1e-10 * Math.abs(expected) + 1e-14));
        }
    }

    @Test
    void studentsQuantilesAsInR() {
        // scipy's are off in the tenth digit
        assertThat(Special.studentQuantile(0.1, 30)).isCloseTo(-1.3104150253914, within(1e-12));
        assertThat(Special.studentQuantile(0.975, 2)).isCloseTo(4.30265272974946, within(1e-12));
        assertThat(Special.studentQuantile(0.6, 2)).isCloseTo(1 / (2 * Math.sqrt(3)), within(1e-12));
    }

    @Test
    void coxAndKaplanMeierAsInSurvival() {
        double[] age = {
            28, 60, 39, 36, 50, 50, 26, 35, 49, 52, 46, 45, 47, 48, 63, 61, 26, 55, 65, 34, 31, 21, 26, 25, 32, 60, 50,
            66, 48, 58, 39, 39, 29, 43, 33, 37, 64, 30, 49, 30, 34, 59, 29, 49, 41, 33, 22, 25, 36, 60, 31, 31, 64, 70,
            62, 66, 44, 31, 26, 34
        };
        double[] time = {
            18, 24, 13, 12, 10, 1, 34, 35, 10, 5, 8, 2, 33, 18, 8, 5, 17, 3, 17, 59, 4, 13, 23, 21, 19, 9, 17, 14, 7, 5,
            9, 26, 12, 3, 27, 40, 18, 35, 18, 15, 59, 14, 45, 5, 8, 24, 21, 11, 48, 2, 27, 4, 12, 1, 38, 18, 19, 3, 20,
            3
        };
        double[] event = {
            1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0
        };
        double[] group = IntStream.range(0, 60).mapToDouble(i -> i % 2).toArray();
        var frame = Frame.of(
                Column.numeric("age", age),
                Column.numeric("group", group),
                Column.numeric("time", time),
                Column.numeric("left", event));
        var model = new Cox("left").fit(frame, Task.predict("time").from("age", "group"), RUN);
        var first = model.coefficients().get(0);
        var second = model.coefficients().get(1);
        assertThat(first.weight()).isCloseTo(0.0238762634527, within(1e-9));
        assertThat(first.standardError()).isCloseTo(0.0110023222515, within(1e-9));
        assertThat(first.p()).isCloseTo(0.029998418049, within(1e-8));
        assertThat(second.weight()).isCloseTo(0.2455978789805, within(1e-9));
        assertThat(second.standardError()).isCloseTo(0.2905121815408, within(1e-9));
        assertThat(model.card().metrics().get("logLikelihood")).isCloseTo(-148.8773, within(5e-5));

        boolean[] ended = new boolean[60];
        boolean[] other = new boolean[60];
        for (int i = 0; i < 60; i++) {
            ended[i] = event[i] == 1;
            other[i] = group[i] == 1;
        }
        var curve = KaplanMeier.of(time, ended);
        assertThat(curve.survival(5)).isCloseTo(0.810370879121, within(1e-12));
        assertThat(curve.points().get(4).low()).isCloseTo(0.683554825315, within(1e-9));
        assertThat(curve.points().get(4).high()).isCloseTo(0.890291218218, within(1e-9));
        double p = KaplanMeier.logRank(time, ended, other);
        assertThat(p).isCloseTo(Special.chiSquaredTail(0.938073951311, 1), within(1e-9));
    }

    @Test
    @Tag("realdata")
    void seriesAsInForecast() {
        var frame = RealData.csv("forecast/airline-passengers.csv", ',');
        var all = Series.monthly(
                LocalDate.of(1949, 1, 1), frame.numeric("Passengers").values());
        var past = all.head(132);

        // R's arima(method = "ML") on the differenced series; undifferenced it starts from a diffuse, not an exact,
        // state
        var mixed = new Arima(2, 1, 1, 1, 1, 0, false).fit(past.log(), RUN);
        assertThat(mixed.ar()[0]).isCloseTo(0.305472622714, within(1e-4));
        assertThat(mixed.ar()[1]).isCloseTo(0.151327564949, within(1e-4));
        assertThat(mixed.ma()[0]).isCloseTo(-0.701703815568, within(1e-4));
        assertThat(mixed.seasonalAr()[0]).isCloseTo(-0.465949261782, within(1e-4));
        assertThat(mixed.card().metrics().get("logLikelihood")).isCloseTo(220.908396958, within(1e-6));
        var next = mixed.forecast(3).steps();
        assertThat(next.get(0).mean()).isCloseTo(6.031904, within(2e-4));
        assertThat(next.get(2).mean()).isCloseTo(6.123167, within(1e-3));
        // R divides the error variance by the degrees of freedom, so its limits are a little wider
        assertThat(next.get(0).high95() - next.get(0).mean()).isCloseTo(6.106358 - 6.031904, within(2e-3));

        var mean = new Arima(1, 0, 1).fit(past.log().withSeason(1), RUN);
        assertThat(mean.ar()[0]).isCloseTo(0.9586241, within(1e-4));
        assertThat(mean.ma()[0]).isCloseTo(0.2859827, within(1e-4));
        assertThat(mean.mean()).isCloseTo(5.4602898, within(5e-3));
        assertThat(mean.card().metrics().get("logLikelihood")).isCloseTo(111.2695, within(1e-4));

        assertThat(new AutoArima().fit(past.log(), RUN).orders()).isEqualTo(new Arima(0, 1, 1, 0, 1, 1, false));

        // R smooths each place of the season almost flat, we take the limit: its mean
        var plain = Decomposition.stl(all.log(), false);
        assertThat(plain.season()[0]).isCloseTo(-0.09164042, within(5e-5));
        assertThat(plain.trend()[49]).isCloseTo(5.381701, within(2e-3));
        assertThat(plain.rest()[143]).isCloseTo(-0.03569052, within(2e-3));
        var robust = Decomposition.stl(all.log(), true);
        assertThat(robust.season()[0]).isCloseTo(-0.08388219, within(2e-4));
        assertThat(robust.trend()[49]).isCloseTo(5.373520, within(2e-3));

        double[] theta = new Theta().fit(past, RUN).forecast(3).means();
        assertThat(theta[0]).isCloseTo(411.3257, within(1.0));
        assertThat(theta[2]).isCloseTo(462.833, within(1.0));
    }

    private static double[] append(double[] values, double last) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = last;
        return longer;
    }
}
