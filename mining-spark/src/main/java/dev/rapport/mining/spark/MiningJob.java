package dev.rapport.mining.spark;

import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.GammaGamma;
import dev.rapport.mining.value.Rfm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One training as a process of its own: reads a table, learns a model, writes it as JSON, says why when it cannot. See
 * mining-spark/README.md for the command.
 *
 * <pre>{@code
 * MiningJob kmeans parquet=/data/customers features=recency,spent k=5 output=/data/model.json
 * }</pre>
 */
public final class MiningJob {
    private final Map<String, String> options;

    private MiningJob(Map<String, String> options) {
        this.options = options;
    }

    /** Ends with 0 when the model is written, with 2 when the data or the command give none. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("MiningJob kmeans|logistic|cart|rules|rfm|bgnbd|gammagamma name=value …");
            System.exit(2);
        }
        var options = new HashMap<String, String>();
        for (int i = 1; i < arguments.length; i++) {
            int at = arguments[i].indexOf('=');
            if (at < 1) throw new IllegalArgumentException(arguments[i] + " is not name=value");
            options.put(arguments[i].substring(0, at), arguments[i].substring(at + 1));
        }
        int exit = 0;
        try (var session =
                SparkSession.builder().appName("rapport " + arguments[0]).getOrCreate()) {
            var job = new MiningJob(options);
            Path output = Path.of(job.needed("output"));
            Model model = job.fit(arguments[0], job.read(session));
            // whole or not at all, should the process be killed
            Path draft = output.resolveSibling(output.getFileName() + ".part");
            Files.writeString(draft, model.toJson());
            Files.move(draft, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (Refusal refusal) {
            System.err.println(refusal.text(Locale.forLanguageTag(options.getOrDefault("locale", "en"))));
            exit = 2;
        }
        System.exit(exit);
    }

    private String needed(String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + "= is missing"));
    }

    private Dataset<Row> read(SparkSession session) {
        String parquet = options.get("parquet");
        if (parquet != null) return SparkData.parquet(session, parquet);
        // never on the command line, where every user of the machine can read it
        String password =
                Optional.ofNullable(System.getenv("RAPPORT_MINING_PASSWORD")).orElse("");
        return SparkData.table(
                session,
                needed("jdbc"),
                needed("table"),
                new SparkData.Reader(needed("user"), password),
                new SparkData.Parts(
                        needed("partition"),
                        Long.parseLong(needed("first")),
                        Long.parseLong(needed("last")),
                        Integer.parseInt(options.getOrDefault("parts", "4"))));
    }

    private Model fit(String algorithm, Dataset<Row> data) {
        var run = Run.of(Long.parseLong(options.getOrDefault("seed", "1")));
        return switch (algorithm) {
            case "kmeans" ->
                new SparkKMeans(Integer.parseInt(needed("k")), 300, Encoding.Scaling.STANDARD, new double[0][])
                        .fit(data, Task.describe(features()), run);
            case "logistic" ->
                new SparkLogisticRegression(
                                Double.parseDouble(options.getOrDefault("c", "1")), Encoding.Scaling.STANDARD)
                        .fit(data, Task.predict(needed("target")).from(features()), run);
            case "cart" ->
                new SparkCart(
                                Integer.parseInt(options.getOrDefault("depth", "6")),
                                Integer.parseInt(options.getOrDefault("leafRows", "20")))
                        .fit(data, Task.predict(needed("target")).from(features()), run);
            case "rules" ->
                AssociationRules.of(
                        new SparkFpGrowth(Double.parseDouble(needed("support")))
                                .find(data, needed("basket"), needed("item")),
                        Double.parseDouble(options.getOrDefault("confidence", "0.5")),
                        2,
                        run);
            case "rfm", "bgnbd", "gammagamma" -> {
                var purchases = SparkPurchases.of(
                        data,
                        needed("customer"),
                        needed("time"),
                        needed("amount"),
                        LocalDate.parse(needed("asOf")),
                        Double.parseDouble(options.getOrDefault("unit", "7")));
                yield algorithm.equals("rfm")
                        ? Rfm.of(purchases, run)
                        : algorithm.equals("bgnbd")
                                ? new BgNbd().fit(purchases, run)
                                : new GammaGamma().fit(purchases, run);
            }
            default -> throw new IllegalArgumentException("no algorithm " + algorithm);
        };
    }

    private List<String> features() {
        return List.of(needed("features").split(","));
    }
}
