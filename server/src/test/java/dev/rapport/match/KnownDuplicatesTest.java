package dev.rapport.match;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real sets of records whose duplicates are known, all judged by the one general set of weights. Pairs that hang together
 * through others count as found, as the queue shows them together.
 */
@Tag("realdata")
class KnownDuplicatesTest {
    private static final Path DATA = Path.of("../../shared/data");

    private record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    private record Labelled(MatchProfile profile, String entity) {}

    /** How many of the pairs found are right, and how many of the right ones were found. */
    private record Quality(double precision, double recall) {
        double f1() {
            return 2 * precision * recall / (precision + recall);
        }
    }

    private static List<Row> rows(String file) {
        try (var reader = CsvReader.builder().ofNamedCsvRecord(DATA.resolve(file), StandardCharsets.UTF_8)) {
            var rows = new ArrayList<Row>();
            for (var record : reader) {
                var row = new HashMap<String, String>();
                record.getFieldsAsMap().forEach((name, value) -> row.put(name.strip(), value.strip()));
                rows.add(new Row(row));
            }
            return rows;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Quality quality(String name, List<Labelled> records) {
        var group = new int[records.size()];
        for (int i = 0; i < group.length; i++) group[i] = i;
        for (var block : blocks(records).values())
            MatchBlock.compare(
                    block.stream().map(i -> records.get(i).profile()).toList(),
                    MatchScore.LIKELY,
                    (i, j, score) -> group[root(group, block.get(i))] = root(group, block.get(j)));
        long found = 0;
        long right = 0;
        long known = 0;
        for (int i = 0; i < group.length; i++)
            for (int j = i + 1; j < group.length; j++) {
                boolean same = records.get(i).entity.equals(records.get(j).entity);
                boolean together = root(group, i) == root(group, j);
                if (same) known++;
                if (together) found++;
                if (same && together) right++;
            }
        var quality = new Quality((double) right / found, (double) right / known);
        System.out.printf(
                Locale.ROOT,
                "%-16s %5d records, %5d pairs: precision %.4f, recall %.4f, F1 %.4f%n",
                name,
                records.size(),
                known,
                quality.precision,
                quality.recall,
                quality.f1());
        return quality;
    }

    private static Map<Long, List<Integer>> blocks(List<Labelled> records) {
        var blocks = new HashMap<Long, List<Integer>>();
        for (int i = 0; i < records.size(); i++)
            for (long key : records.get(i).profile().keys("record"))
                blocks.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        return blocks;
    }

    private static int root(int[] group, int i) {
        int at = i;
        while (group[at] != at) at = group[at] = group[group[at]];
        return at;
    }

    private static void day(MatchProfile.Builder builder, String text) {
        var digits = text.replaceAll("\\D", "");
        if (digits.length() != 8) return;
        try {
            builder.day(LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6))));
        } catch (DateTimeException impossible) {
            // a day that does not exist is as good as none
        }
    }

    private static List<Labelled> read(String file, Function<Row, Labelled> reader) {
        return rows(file).stream().map(reader).toList();
    }

    private static Labelled febrl(Row row) {
        var builder = MatchProfile.builder()
                .person(row.get("surname"), row.get("given_name"))
                .street(row.get("street_number") + " " + row.get("address_1") + " " + row.get("address_2"))
                .city(row.get("suburb"))
                .province(row.get("state"))
                .postcode(row.get("postcode"))
                .identifier(row.get("soc_sec_id"));
        day(builder, row.get("date_of_birth"));
        return new Labelled(builder.build(), row.get("rec_id").split("-")[1]);
    }

    @Test
    void febrl1() {
        assertThat(quality("febrl 1", read("febrl/dataset1.csv", KnownDuplicatesTest::febrl))
                        .f1())
                .isGreaterThan(0.97);
    }

    @Test
    void febrl3() {
        assertThat(quality("febrl 3", read("febrl/dataset3.csv", KnownDuplicatesTest::febrl))
                        .f1())
                .isGreaterThan(0.97);
    }

    @Test
    void rldata() {
        var records = read("rldata/RLdata500.csv", row -> {
            var builder = MatchProfile.builder()
                    .person(
                            row.get("lname_c1") + " " + row.get("lname_c2"),
                            row.get("fname_c1") + " " + row.get("fname_c2"));
            day(
                    builder,
                    "%04d%02d%02d"
                            .formatted(
                                    Integer.parseInt(row.get("by")),
                                    Integer.parseInt(row.get("bm")),
                                    Integer.parseInt(row.get("bd"))));
            return new Labelled(builder.build(), row.get("identity"));
        });
        assertThat(quality("RLdata500", records).f1()).isGreaterThan(0.9);
    }

    @Test
    void splinkFake() {
        var records = read("er_splink_fake/fake_1000.csv", row -> {
            var builder = MatchProfile.builder()
                    .person(row.get("surname"), row.get("first_name"))
                    .city(row.get("city"))
                    .email(row.get("email"));
            day(builder, row.get("dob"));
            return new Labelled(builder.build(), row.get("cluster"));
        });
        assertThat(quality("er_splink_fake", records).f1()).isGreaterThan(0.5);
    }

    @Test
    void chicago() {
        var records = read(
                "er_chicago/csv_example_input_with_true_ids.csv",
                row -> new Labelled(
                        MatchProfile.builder()
                                .company(row.get("Site name"))
                                .street(row.get("Address"))
                                .postcode(row.get("Zip"))
                                .phone(row.get("Phone"))
                                .build(),
                        row.get("True Id")));
        assertThat(quality("er_chicago", records).f1()).isGreaterThan(0.9);
    }
}
