package dev.rapport.mining.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.KMeansModel;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.frame.JdbcFrames;
import dev.rapport.mining.json.ModelJson;
import dev.rapport.mining.prepare.ClassWeights;
import dev.rapport.mining.prepare.Encoding.Scaling;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.GammaGamma;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same models as in process, learned by a master and two workers from PostgreSQL and Parquet. */
class ClusterTest {
    private static final int ROWS = 20_000;
    private static final Run RUN = Run.of(1);
    private static LocalCluster cluster;
    private static SparkSession session;
    private static EmbeddedPostgres postgres;
    private static Dataset<Row> customers;
    private static Frame frame;

    @BeforeAll
    static void start() throws Exception {
        cluster = new LocalCluster();
        session = cluster.session();
        postgres = EmbeddedPostgres.builder().start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        var random = new SplittableRandom(4);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table customers (id int primary key, age double precision, spent double precision,"
                            + " tickets int, city text, churned text)");
            var insert = connection.prepareStatement("insert into customers values (?, ?, ?, ?, ?, ?)");
            for (int i = 1; i <= ROWS; i++) {
                int group = random.nextInt(3);
                double age = 25 + 15 * group + 3 * random.nextGaussian();
                double spent = 100 + 80 * group + 10 * random.nextGaussian();
                int tickets = random.nextInt(6);
                String city = new String[] {"北京", "Paris", "Lyon"}[random.nextInt(3)];
                double odds = 0.6 * tickets - 0.02 * spent + ("Paris".equals(city) ? 1 : 0) + 1.5;
                insert.setInt(1, i);
                insert.setDouble(2, age);
                insert.setObject(3, i % 50 == 0 ? null : spent);
                insert.setInt(4, tickets);
                insert.setString(5, city);
                insert.setString(6, random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? "yes" : "no");
                insert.addBatch();
                if (i % 1000 == 0) insert.executeBatch();
            }
            frame = JdbcFrames.read(
                    statement.executeQuery("select age, spent, tickets, city, churned from customers order by id"));
        }
        customers = SparkData.table(
                session, url, "customers", new SparkData.Reader("postgres", ""), new SparkData.Parts("id", 1, ROWS, 4));
    }

    @AfterAll
    static void stop() throws Exception {
        if (session != null) session.stop();
        if (postgres != null) postgres.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void theWorkIsDoneByTwoWorkers() {
        assertThat(customers.rdd().getNumPartitions()).isEqualTo(4);
        assertThat(customers.count()).isEqualTo(ROWS);
        assertThat(session.sparkContext().statusTracker().getExecutorInfos().length)
                .isEqualTo(3);
    }

    @Test
    void kMeansFromTheSameStart() {
        // a third column flags the missing amounts
        double[][] start = {{-1, -1, 0}, {0, 0, 0}, {1, 1, 0}};
        var task = Task.describe("age", "spent");
        var here = KMeans.of(3).startingAt(start).fit(frame, task, RUN);
        var there = new SparkKMeans(3, 300, Scaling.STANDARD, start).fit(customers, task, RUN);
        for (int c = 0; c < 3; c++)
            for (int j = 0; j < 3; j++) {
                assertThat(there.centres()[c][j]).isCloseTo(here.centres()[c][j], within(1e-6));
            }
        assertThat(there.card().metrics().get("inertia"))
                .isCloseTo(here.card().metrics().get("inertia"), within(1e-4));
        assertThat(there.assign(frame)).isEqualTo(here.assign(frame));
        assertThat(there.profiles().groups().stream()
                        .mapToInt(group -> group.size())
                        .sum())
                .isEqualTo(ROWS);
        assertThat(there.profiles().groups().get(0).centre().get("age"))
                .isCloseTo(here.profiles().groups().get(0).centre().get("age"), within(1e-6));
    }

    @Test
    void logisticRegressionWithCategoriesAndMissingValues() {
        var task = Task.predict("churned").from("spent", "tickets", "city");
        var here = new LogisticRegression(1, Scaling.STANDARD, ClassWeights.EQUAL).fit(frame, task, RUN);
        var there = new SparkLogisticRegression(1, Scaling.STANDARD).fit(customers, task, RUN);
        assertThat(there.encoder().names()).isEqualTo(here.encoder().names());
        for (int j = 0; j < here.weights().length; j++) {
            assertThat(there.weights()[j]).as(here.encoder().names().get(j)).isCloseTo(here.weights()[j], within(1e-4));
        }
        double[] a = here.probability(frame, "yes");
        double[] b = there.probability(frame, "yes");
        for (int i = 0; i < ROWS; i += 97) assertThat(b[i]).isCloseTo(a[i], within(1e-4));
    }

    @Test
    void aTreeOfTheSameQuality() {
        var task = Task.predict("churned").from("age", "tickets");
        var here = new Cart().deep(4).leavesOf(50).fit(frame, task, RUN);
        var there = new SparkCart(4, 50).fit(customers, task, RUN);
        var truth = frame.categorical("churned");
        double[] right = new double[2];
        int[] a = here.predict(frame);
        int[] b = there.predict(frame);
        for (int i = 0; i < ROWS; i++) {
            if (here.classes().get(a[i]).equals(truth.written(i))) right[0]++;
            if (there.classes().get(b[i]).equals(truth.written(i))) right[1]++;
        }
        // its thresholds lie on 256 bins, so it is not the same tree
        assertThat(right[1] / ROWS).isCloseTo(right[0] / ROWS, within(0.005));
        assertThat(there.drawing(java.util.Locale.ENGLISH).svg()).contains("tickets");
    }

    private static Path data(String name) {
        Path file = Path.of("../../shared/data").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");
        return file;
    }

    @Test
    @Tag("realdata")
    void itemsetsAndRulesOfGroceries() throws Exception {
        var lines = Files.readAllLines(data("groceries/groceries.csv"));
        var rows = IntStream.range(0, lines.size())
                .boxed()
                .flatMap(i -> Arrays.stream(lines.get(i).split(",")).map(item -> i + "\t" + item))
                .toList();
        var table = session.createDataset(rows, org.apache.spark.sql.Encoders.STRING())
                .selectExpr("split(value, '\\t')[0] as basket", "split(value, '\\t')[1] as item");
        String folder = cluster.home().resolve("lines.parquet").toString();
        table.write().parquet(folder);
        var there = new SparkFpGrowth(0.001).find(SparkData.parquet(session, folder), "basket", "item");
        var here = new Eclat(0.001, 20)
                .find(
                        Baskets.of(lines.stream()
                                .map(line -> Arrays.asList(line.split(",")))
                                .toList()),
                        RUN);
        assertThat(there.asMap()).hasSize(13_492).isEqualTo(here.asMap());
        assertThat(AssociationRules.of(there, 0.8, 1, RUN).rules()).hasSize(410);
    }

    @Test
    @Tag("realdata")
    void customerValueOfCdnow() throws Exception {
        var rows = Files.readAllLines(data("cdnow_sample/CDNOW_sample.txt")).stream()
                .filter(line -> !line.isBlank())
                .map(line -> String.join("\t", line.strip().split("\\s+")))
                .toList();
        var orders = session.createDataset(rows, org.apache.spark.sql.Encoders.STRING())
                .selectExpr(
                        "split(value, '\\t')[1] as customer",
                        "to_date(split(value, '\\t')[2], 'yyyyMMdd') as day",
                        "cast(split(value, '\\t')[4] as double) as amount");
        var purchases = SparkPurchases.of(orders, "customer", "day", "amount", LocalDate.of(1997, 10, 1), 7);
        assertThat(purchases.size()).isEqualTo(2357);
        assertThat(Arrays.stream(purchases.repeats()).filter(each -> each > 0).count())
                .isEqualTo(946);
        var model = new BgNbd().fit(purchases, RUN);
        // the literature ends on 30 September, a day before
        assertThat(model.r()).isCloseTo(0.243, within(0.002));
        assertThat(new GammaGamma().fit(purchases, RUN).p()).isCloseTo(6.25, within(0.02));
    }

    @Test
    void badDataIsRefusedInWords() {
        assertThatThrownBy(() -> new SparkKMeans(2, 10, Scaling.NONE, new double[0][])
                        .fit(customers, Task.describe("nowhere"), RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> new SparkLogisticRegression(1, Scaling.NONE)
                        .fit(customers, Task.predict("city").from("age"), RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("3 different values");
    }

    @Test
    void aJobOfItsOwnWritesTheModel() throws Exception {
        String parquet = cluster.home().resolve("customers.parquet").toString();
        customers.write().parquet(parquet);
        Path output = cluster.home().resolve("model.json");
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of(
                "-Xmx600m",
                "-Dspark.master=local[1]",
                "-Dspark.ui.enabled=false",
                "-cp",
                System.getProperty("java.class.path"),
                MiningJob.class.getName(),
                "kmeans",
                "parquet=" + parquet,
                "features=age,spent",
                "k=3",
                "output=" + output));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(cluster.home().resolve("job.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(cluster.home().resolve("job.log")))
                .isZero();
        var model = (KMeansModel) ModelJson.read(Files.readString(output));
        assertThat(model.centres()).hasDimensions(3, 3);
        assertThat(model.assign(frame)).hasSize(ROWS);
    }
}
