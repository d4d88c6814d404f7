package dev.rapport.sales;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.rapport.kernel.Labels;
import dev.rapport.text.SpreadsheetText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/** A report as a file: its columns and rows, figures as figures. */
final class ReportFile {
    private ReportFile() {}

    static byte[] csv(ReportTable table, Locale locale) {
        var out = new ByteArrayOutputStream();
        try (var text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            text.write('\uFEFF');
            try (var csv = CsvWriter.builder().build(text)) {
                csv.writeRecord(table.columns().stream()
                        .map(column -> column.labels().in(locale))
                        .toList());
                for (var row : table.rows()) csv.writeRecord(cells(table, row, locale));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static List<String> cells(ReportTable table, ReportTable.Row row, Locale locale) {
        var cells = new ArrayList<String>();
        for (var column : table.columns()) {
            var value = row.cells().get(column.key());
            cells.add(value instanceof Number ? plain(value) : SpreadsheetText.guarded(text(value, locale)));
        }
        return cells;
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String text(@Nullable Object value, Locale locale) {
        return switch (value) {
            case null -> "";
            case Labels labels -> labels.in(locale);
            default -> value.toString();
        };
    }

    static byte[] xlsx(ReportTable table, String title, Locale locale) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Rapport", "1.0")) {
            // a sheet's name is at most 31 characters, none of them one of these
            var name = title.replaceAll("[\\\\/*?:\\[\\]]", " ");
            var sheet = book.newWorksheet(name.length() > 31 ? name.substring(0, 31) : name);
            for (int i = 0; i < table.columns().size(); i++) {
                sheet.value(0, i, table.columns().get(i).labels().in(locale));
                sheet.style(0, i).bold().set();
            }
            for (int at = 0; at < table.rows().size(); at++)
                for (int i = 0; i < table.columns().size(); i++) {
                    var value = table.rows()
                            .get(at)
                            .cells()
                            .get(table.columns().get(i).key());
                    if (value instanceof Number number) sheet.value(at + 1, i, number);
                    else if (value != null) sheet.value(at + 1, i, text(value, locale));
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
