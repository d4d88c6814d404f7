import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.cluster.GroupCount;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.evaluate.BinaryReport;
import dev.rapport.mining.evaluate.CrossValidation;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.series.BestForecaster;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.tree.Cart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** The tour of README.md on made-up customers: prints what it finds and writes what plots.py draws. */
final class Tour {
    private static final Run RUN = Run.of(2026);
    private static Path folder;

    public static void main(String[] arguments) throws IOException {
        folder = Path.of(arguments[0]);
        Frame customers = customers(3000);
        groups(customers);
        churn(customers);
        forecast();
    }

    private static Frame customers(int n) {
        var random = new SplittableRandom(7);
        double[] recency = new double[n];
        double[] spent = new double[n];
        double[] tickets = new double[n];
        String[] contract = new String[n];
        String[] churned = new String[n];
        for (int i = 0; i < n; i++) {
            int kind = random.nextInt(3);
            recency[i] = Math.max(1, new double[] {15, 45, 160}[kind] + new double[] {7, 14, 35}[kind] * random.nextGaussian());
            spent[i] = Math.max(10, new double[] {900, 300, 150}[kind] + new double[] {160, 90, 60}[kind] * random.nextGaussian());
            tickets[i] = random.nextInt(6);
            contract[i] = random.nextInt(10) < 4 ? "yearly" : "monthly";
            double odds = -4 + 0.018 * recency[i] + 0.5 * tickets[i] + (contract[i].equals("yearly") ? -1.5 : 0.3);
            churned[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? "yes" : "no";
        }
        return Frame.of(
                Column.numeric("days since order", recency),
                Column.numeric("spent", spent),
                Column.numeric("tickets", tickets),
                Column.categorical("contract", contract),
                Column.categorical("churned", churned));
    }

    private static void groups(Frame customers) throws IOException {
        var task = Task.describe("days since order", "spent");
        var choice = GroupCount.tried(KMeans.of(2), customers, task, 2, 7, RUN);
        var model = KMeans.of(choice.bySilhouette()).fit(customers, task, RUN);
        System.out.println(model.explanation().text(Locale.ENGLISH));
        System.out.println(model.explanation().text(Locale.SIMPLIFIED_CHINESE));
        int[] group = model.assign(customers);
        var lines = new StringBuilder("recency,spent,group\n");
        for (int i = 0; i < group.length; i += 2) {
            lines.append(customers.numeric("days since order").values()[i]).append(',');
            lines.append(customers.numeric("spent").values()[i]).append(',').append(group[i]).append('\n');
        }
        Files.writeString(folder.resolve("groups.csv"), lines);
        var tried = new StringBuilder("k,silhouette\n");
        choice.tried().forEach(each -> tried.append(each.k()).append(',').append(each.silhouette()).append('\n'));
        Files.writeString(folder.resolve("choice.csv"), tried);
    }

    private static void churn(Frame customers) throws IOException {
        var task = Task.predict("churned").from("days since order", "spent", "tickets", "contract");
        var model = new LogisticRegression().fit(customers, task, RUN);
        System.out.println(model.explanation().text(Locale.ENGLISH));
        System.out.println(model.why(customers, 0).text(Locale.ENGLISH, 3));
        System.out.println(model.why(customers, 0).text(Locale.SIMPLIFIED_CHINESE, 3));
        var scores = CrossValidation.classify(new LogisticRegression(), customers, task, 5, RUN);
        double[] truth = Arrays.stream(customers.categorical("churned").codes()).mapToDouble(c -> c).toArray();
        var report = BinaryReport.of(scores.probabilities(), truth, 0.5);
        System.out.printf(Locale.ROOT, "AUC %.3f, lift of the top tenth %.2f%n", report.auc(), report.liftTopTenth());
        var lines = new StringBuilder("kind,x,y\n");
        report.roc().forEach(point -> lines.append("roc,").append(point.x()).append(',').append(point.y()).append('\n'));
        report.calibration().forEach(point -> lines.append("calibration,").append(point.x()).append(',').append(point.y()).append('\n'));
        Files.writeString(folder.resolve("churn.csv"), lines);
        var tree = new Cart().deep(3).leavesOf(100).fit(customers, task, RUN);
        System.out.println(tree.explanation().text(Locale.ENGLISH));
        Files.writeString(folder.resolve("tree.svg"), tree.drawing(Locale.ENGLISH).svg());
    }

    private static void forecast() throws IOException {
        var random = new SplittableRandom(3);
        double[] sales = new double[60];
        for (int i = 0; i < 60; i++) {
            double season = 1 + 0.25 * Math.sin(i * Math.PI / 6) + (i % 12 == 10 ? 0.35 : 0);
            sales[i] = (200 + 4 * i) * season * (1 + 0.04 * random.nextGaussian());
        }
        var series = Series.monthly(LocalDate.of(2021, 11, 1), sales);
        var best = new BestForecaster(12).fit(series, RUN);
        System.out.println(best.explanation().text(Locale.ENGLISH));
        var lines = new StringBuilder("date,value,low80,high80,low95,high95\n");
        for (int i = 0; i < 60; i++) lines.append(series.date(i)).append(',').append(sales[i]).append(",,,,\n");
        best.forecast(12).steps().forEach(at -> lines.append(at.date()).append(',').append(at.mean()).append(',').append(at.low80())
                .append(',').append(at.high80()).append(',').append(at.low95()).append(',').append(at.high95()).append('\n'));
        Files.writeString(folder.resolve("forecast.csv"), lines);
    }
}
