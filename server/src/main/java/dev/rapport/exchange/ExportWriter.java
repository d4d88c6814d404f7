package dev.rapport.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.rapport.text.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows as CSV or XLSX, streaming. Text that a spreadsheet would run as a formula is guarded by a quote. */
sealed interface ExportWriter extends AutoCloseable {
    /** Most rows that fit on a sheet. */
    int MAX_SHEET_ROWS = 1_048_575;

    /** One cell. @param text whether it is words, which may need a guard, rather than a number, date or the like */
    record Cell(String value, boolean text) {}

    void row(List<Cell> cells);

    @Override
    void close();

    static ExportWriter open(String format, OutputStream out) {
        return format.equals("xlsx") ? new Xlsx(out) : new Csv(out);
    }

    static String guarded(Cell cell) {
        return cell.text() ? SpreadsheetText.guarded(cell.value()) : cell.value();
    }

    /** RFC 4180 with a byte order mark, without which Excel misreads Chinese. */
    final class Csv implements ExportWriter {
        private final CsvWriter writer;

        Csv(OutputStream out) {
            var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            try {
                text.write('\uFEFF');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            writer = CsvWriter.builder().build(text);
        }

        @Override
        public void row(List<Cell> cells) {
            writer.writeRecord(cells.stream().map(ExportWriter::guarded).toList());
        }

        @Override
        public void close() {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One sheet whose cells are all strings: no cell can be a formula. */
    final class Xlsx implements ExportWriter {
        private static final int FLUSH = 1_000;
        private final Workbook workbook;
        private final Worksheet sheet;
        private int at;

        Xlsx(OutputStream out) {
            workbook = new Workbook(out, "Rapport", "1.0");
            sheet = workbook.newWorksheet("Records");
        }

        @Override
        public void row(List<Cell> cells) {
            for (int i = 0; i < cells.size(); i++) {
                var value = cells.get(i).value();
                sheet.inlineString(at, i, value.length() > 32_767 ? value.substring(0, 32_767) : value);
            }
            if (++at % FLUSH == 0) flush();
        }

        private void flush() {
            try {
                sheet.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                workbook.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
