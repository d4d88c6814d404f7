package dev.rapport.mining;

import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.CsvFrames;
import dev.rapport.mining.frame.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The public data sets beside the project; tests that read them are skipped where they are not there. */
public final class RealData {
    private RealData() {}

    /** A file below the data folder. */
    public static Path file(String name) {
        Path file = Path.of("../../shared/data").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");
        return file;
    }

    public static Frame csv(String name, char delimiter) {
        try {
            return CsvFrames.read(file(name), delimiter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String name) {
        try {
            return Files.readAllLines(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Baskets groceries() {
        return Baskets.of(lines("groceries/groceries.csv").stream()
                .map(line -> Arrays.asList(line.split(",")))
                .toList());
    }

    static Baskets mushroom() {
        return Baskets.of(lines("fimi/mushroom.dat").stream()
                .map(line -> Arrays.asList(line.strip().split(" ")))
                .toList());
    }

    static Frame telco() {
        return csv("telco_churn/Telco-Customer-Churn.csv", ',');
    }

    static Frame mall() {
        return csv("mall_customers/Mall_Customers.csv", ',');
    }

    /** The CDNOW sample as orders with customer, time and amount. */
    static Frame cdnow() {
        var customers = new ArrayList<String>();
        var lines = lines("cdnow_sample/CDNOW_sample.txt").stream()
                .filter(line -> !line.isBlank())
                .toList();
        long[] times = new long[lines.size()];
        double[] amounts = new double[lines.size()];
        for (int i = 0; i < times.length; i++) {
            String[] cells = lines.get(i).strip().split("\\s+");
            customers.add(cells[1]);
            times[i] = java.time.LocalDate.parse(cells[2], java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
                            .toEpochDay()
                    * 86_400_000L;
            amounts[i] = Double.parseDouble(cells[4]);
        }
        return Frame.of(
                Column.categorical("customer", customers),
                new Column.Time("at", times),
                new Column.Numeric("amount", amounts));
    }
}
