import dev.rapport.mining.Classifier;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.bayes.NaiveBayes;
import dev.rapport.mining.cluster.Dbscan;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.Optics;
import dev.rapport.mining.cluster.Silhouette;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.CsvFrames;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.neural.Perceptron;
import dev.rapport.mining.prepare.ClassWeights;
import dev.rapport.mining.prepare.Encoding.Scaling;
import dev.rapport.mining.regression.Lasso;
import dev.rapport.mining.regression.LinearRegression;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.regression.SoftmaxRegression;
import dev.rapport.mining.series.Arima;
import dev.rapport.mining.series.Ets;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.svm.SupportVectorMachine;
import dev.rapport.mining.text.ChineseSegmenter;
import dev.rapport.mining.text.TfIdf;
import dev.rapport.mining.text.Tokens;
import dev.rapport.mining.text.WordDictionary;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.tree.GradientBoosting;
import dev.rapport.mining.tree.RandomForest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Our side of `./rapport bench mining`: prints name, median wall seconds, median CPU seconds, a figure to compare. */
final class MiningBench {
    private static final int WARM = 4;
    /** Short work needs more rounds until the JIT compiler has seen it. */
    private static final int WARM_SECONDS = 5;
    private static final int REPEATS = 5;
    private static final Run RUN = Run.of(1).withThreads(2);
    private static Path folder;
    private static Path real;

    public static void main(String[] arguments) throws Exception {
        folder = Path.of(arguments[0]);
        real = Path.of(arguments[1]);
        for (String name : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            Supplier<Object> work = task(name);
            long warm = System.nanoTime() + WARM_SECONDS * 1_000_000_000L;
            for (int i = 0; i < WARM || System.nanoTime() < warm; i++) work.get();
            double[] wall = new double[REPEATS];
            double[] cpu = new double[REPEATS];
            Object figure = null;
            for (int i = 0; i < REPEATS; i++) {
                long startCpu = cpuNanos();
                long start = System.nanoTime();
                figure = work.get();
                wall[i] = (System.nanoTime() - start) / 1e9;
                cpu[i] = (cpuNanos() - startCpu) / 1e9;
            }
            Arrays.sort(wall);
            Arrays.sort(cpu);
            System.out.println(name + " " + wall[REPEATS / 2] + " " + cpu[REPEATS / 2] + " " + figure);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Supplier<Object> task(String name) throws IOException {
        return switch (name) {
            case "words" -> {
                var segmenter = new ChineseSegmenter(WordDictionary.chinese());
                var texts = new ArrayList<String>();
                for (String file : List.of("zh_hotel/ChnSentiCorp_htl_all.csv", "zh_waimai/waimai_10k.csv")) {
                    var frame = CsvFrames.read(real.resolve(file), ',');
                    for (int row = 0; row < frame.rows(); row++) texts.add(frame.column("review").written(row));
                }
                yield () -> texts.stream().mapToInt(text -> segmenter.tokens(text).size()).sum();
            }
            case "tfidf" -> {
                var frame = CsvFrames.read(real.resolve("banking77/train.csv"), ',');
                var texts = new ArrayList<String>();
                for (int i = 0; i < 6; i++) for (int row = 0; row < frame.rows(); row++) texts.add(frame.column("text").written(row));
                yield () -> TfIdf.learnWithRows(texts, Tokens.WORDS, 1, 1).rows().values().length;
            }
            case "kmeans" -> kMeans(columns("groups", 8, Integer.MAX_VALUE));
            case "logistic", "plain" -> {
                Frame data = classes(columns(name, 31, Integer.MAX_VALUE));
                var trainer = new LogisticRegression(1, Scaling.NONE, ClassWeights.EQUAL);
                yield () -> trainer.fit(data, target(data), RUN).weights()[0];
            }
            case "linear" -> {
                Frame data = numbers(columns("linear", 11, Integer.MAX_VALUE));
                yield () -> new LinearRegression().fit(data, target(data), RUN).weights()[0];
            }
            case "lasso" -> {
                Frame data = numbers(columns("linear", 11, Integer.MAX_VALUE));
                yield () -> new Lasso(0.1, Scaling.NONE).fit(data, target(data), RUN).weights()[0];
            }
            case "cart6", "cart12" -> {
                Frame data = classes(columns("trees", 21, Integer.MAX_VALUE));
                var trainer = new Cart().deep(name.equals("cart6") ? 6 : 12);
                yield () -> trainer.fit(data, target(data), RUN).tree().leaves();
            }
            case "forest" -> {
                Frame data = classes(columns("trees", 21, 50_000));
                yield () -> "oob " + new RandomForest(50).fit(data, target(data), RUN).card().metrics();
            }
            case "boosting" -> {
                Frame data = classes(columns("trees", 21, Integer.MAX_VALUE));
                yield () -> accuracy(new GradientBoosting().fit(data, target(data), RUN), data);
            }
            case "dbscan" -> {
                Frame data = frame(columns("points", 2, Integer.MAX_VALUE));
                yield () -> Arrays.stream(new Dbscan(0.1, 20, Scaling.NONE)
                                .fit(data, Task.describe(data.names()), RUN)
                                .labels())
                        .filter(label -> label < 0)
                        .count();
            }
            case "perceptron" -> {
                Frame data = classes(columns("trees", 21, Integer.MAX_VALUE));
                yield () -> accuracy(new Perceptron(32).forEpochs(10).fit(data, target(data), RUN), data);
            }
            case "svm" -> {
                Frame data = classes(columns("trees", 21, 5_000));
                yield () -> SupportVectorMachine.radial(1).fit(data, target(data), RUN).machine().vectors().length;
            }
            case "bayes" -> {
                Frame data = classes(columns("logistic", 31, Integer.MAX_VALUE));
                yield () -> Arrays.stream(new NaiveBayes().fit(data, target(data), RUN).probability(data, "1")).average().orElse(0);
            }
            case "softmax" -> {
                double[][] columns = columns("trees", 21, 50_000);
                for (int i = 0; i < columns[20].length; i++) columns[20][i] += columns[5][i] > 1 ? 1 : 0;
                Frame data = classes(columns);
                yield () -> new SoftmaxRegression(1).fit(data, target(data), RUN).weights()[0];
            }
            case "silhouette" -> {
                double[][] columns = columns("groups", 8, 10_000);
                Frame data = frame(columns);
                double[][] start = IntStream.range(0, 8).mapToObj(i -> row(columns, i)).toArray(double[][]::new);
                int[] labels = KMeans.of(8).unscaled().startingAt(start).fit(data, Task.describe(data.names()), RUN).assign(data);
                yield () -> Silhouette.mean(columns, labels, 8, RUN);
            }
            case "optics" -> {
                Frame data = frame(columns("points", 2, 5_000));
                yield () -> Arrays.stream(new Optics(20, Scaling.NONE)
                                .fit(data, Task.describe(data.names()), RUN)
                                .reachability())
                        .filter(Double::isFinite)
                        .count();
            }
            case "arima" -> {
                Series series = airline().log();
                yield () -> new Arima(0, 1, 1, 0, 1, 1, false).fit(series, RUN).card().metrics().get("logLikelihood");
            }
            case "ets" -> {
                Series series = airline();
                var form = new Ets(Ets.Part.MULTIPLIES, Ets.Part.ADDS, Ets.Part.MULTIPLIES, true);
                yield () -> form.fit(series, RUN).card().metrics().get("logLikelihood");
            }
            case "kmeans-100k" -> grown(100_000);
            case "kmeans-1m" -> grown(1_000_000);
            case "kmeans-10m" -> grown(10_000_000);
            case "eclat", "eclat-100k", "eclat-1m" -> eclat(name.equals("eclat") ? 1 : name.equals("eclat-1m") ? 100 : 10);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Supplier<Object> kMeans(double[][] columns) {
        Frame data = frame(columns);
        double[][] start = IntStream.range(0, 8).mapToObj(i -> row(columns, i)).toArray(double[][]::new);
        var trainer = KMeans.of(8).unscaled().startingAt(start);
        return () -> trainer.fit(data, Task.describe(data.names()), RUN).card().metrics().get("inertia");
    }

    // ten iterations whatever the size, so that only the rows grow
    private static Supplier<Object> grown(int rows) throws IOException {
        double[][] million = columns("groups", 8, Integer.MAX_VALUE);
        double[][] columns = Arrays.stream(million)
                .map(column -> IntStream.range(0, rows).mapToDouble(i -> column[i % column.length] + i * 1e-9).toArray())
                .toArray(double[][]::new);
        Frame data = frame(columns);
        double[][] start = IntStream.range(0, 8).mapToObj(i -> row(columns, i)).toArray(double[][]::new);
        var trainer = new KMeans(8, 1, 10, KMeans.Method.LLOYD, Scaling.NONE, start);
        return () -> trainer.fit(data, Task.describe(data.names()), RUN).card().metrics().get("iterations");
    }

    private static Supplier<Object> eclat(int times) throws IOException {
        var lines = new ArrayList<List<String>>();
        for (String line : Files.readAllLines(real.resolve("groceries/groceries.csv"))) lines.add(Arrays.asList(line.split(",")));
        var all = new ArrayList<List<String>>();
        for (int i = 0; i < times; i++) all.addAll(lines);
        Baskets baskets = Baskets.of(all);
        return () -> new Eclat(0.001, 20).find(baskets, RUN).sets().size();
    }

    private static double accuracy(Classifier model, Frame data) {
        Frame some = data.rows(IntStream.range(0, 20_000).toArray());
        int[] decided = model.predict(some);
        var truth = some.categorical("y");
        int right = 0;
        for (int i = 0; i < decided.length; i++) if (decided[i] == truth.codes()[i]) right++;
        return right / 20_000.0;
    }

    private static Series airline() throws IOException {
        var frame = CsvFrames.read(real.resolve("forecast/airline-passengers.csv"), ',');
        return Series.monthly(LocalDate.of(1949, 1, 1), frame.numeric("Passengers").values());
    }

    private static double[][] columns(String name, int width, int most) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(name + ".bin"))) {
            var doubles = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
            int rows = doubles.remaining() / width;
            double[][] columns = new double[width][Math.min(rows, most)];
            for (int j = 0; j < width; j++) doubles.get(j * rows, columns[j]);
            return columns;
        }
    }

    private static Frame frame(double[][] columns) {
        var list = new ArrayList<Column>();
        for (int j = 0; j < columns.length; j++) list.add(new Column.Numeric("x" + j, columns[j]));
        return Frame.of(list);
    }

    private static Frame numbers(double[][] columns) {
        return last(columns, new Column.Numeric("y", columns[columns.length - 1]));
    }

    private static Frame classes(double[][] columns) {
        int[] codes = Arrays.stream(columns[columns.length - 1]).mapToInt(value -> (int) value).toArray();
        int most = Arrays.stream(codes).max().orElse(0);
        var levels = IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList();
        return last(columns, new Column.Categorical("y", codes, levels));
    }

    private static Frame last(double[][] columns, Column target) {
        return frame(Arrays.copyOf(columns, columns.length - 1)).with(target);
    }

    private static Task target(Frame data) {
        return Task.predict("y").from(data.names().subList(0, data.names().size() - 1));
    }

    private static double[] row(double[][] columns, int row) {
        return Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
    }
}
