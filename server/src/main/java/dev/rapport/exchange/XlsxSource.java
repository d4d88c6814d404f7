package dev.rapport.exchange;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** One sheet of an XLSX workbook. */
final class XlsxSource implements TableSource {
    private static final int MAX_CELL = 32_767;

    private final File file;
    private final FileFormat format;
    private final List<String> header;

    XlsxSource(File file, FileFormat format) {
        ZipBudget.check(file);
        this.file = file;
        this.format = format;
        var first = new ArrayList<List<String>>();
        read((number, cells) -> {
            first.add(cells);
            return false;
        });
        var cells = first.isEmpty() ? List.<String>of() : first.getFirst();
        header = format.header()
                ? Headers.clean(cells)
                : Headers.numbered(Headers.clean(cells).size());
    }

    /** Names of the workbook's sheets. */
    static List<String> sheets(File file) {
        ZipBudget.check(file);
        try (var workbook = new ReadableWorkbook(file)) {
            return workbook.getSheets().map(sheet -> sheet.getName()).toList();
        } catch (IOException | ExcelReaderException e) {
            throw Headers.Unreadable.because("XLSX", "-");
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public void rows(Sink sink) {
        int skip = format.header() ? 1 : 0;
        read((number, cells) -> number <= skip || sink.row(number - skip, cells));
    }

    private void read(Sink sink) {
        try (var workbook = new ReadableWorkbook(file, new ReadingOptions(true, true))) {
            var sheet = format.sheet().isEmpty()
                    ? workbook.getFirstSheet()
                    : workbook.findSheet(format.sheet())
                            .orElseThrow(() -> Headers.Unreadable.because("XLSX", format.sheet()));
            try (var rows = sheet.openStream()) {
                long number = 0;
                for (var row : (Iterable<Row>) rows::iterator) {
                    var cells = cells(row);
                    if (cells.isEmpty()) continue;
                    if (!sink.row(++number, cells)) return;
                }
            }
        } catch (IOException | ExcelReaderException e) {
            throw Headers.Unreadable.because("XLSX", "-");
        }
    }

    /** The row's texts up to its last cell that has one; empty for a row that is blank or only styled. */
    private static List<String> cells(Row row) {
        var cells = new ArrayList<String>();
        int last = -1;
        for (int i = 0; i < row.getCellCount(); i++) {
            if (i >= Headers.MAX_COLUMNS) throw Headers.Unreadable.because("XLSX", i);
            var text = row.getOptionalCell(i).map(XlsxSource::text).orElse("");
            cells.add(text);
            if (!text.isBlank()) last = i;
        }
        return cells.subList(0, last + 1);
    }

    private static String text(Cell cell) {
        if (cell.getType() == CellType.NUMBER) return number(cell);
        if (cell.getType() == CellType.BOOLEAN)
            return String.valueOf(cell.getRawValue()).equals("1") ? "true" : "false";
        var text = cell.getText();
        return text == null ? "" : text.length() > MAX_CELL ? text.substring(0, MAX_CELL) : text;
    }

    private static String number(Cell cell) {
        var pattern = cell.getDataFormatString();
        if (pattern != null && isDate(pattern)) {
            var moment = cell.asDate();
            boolean midnight = moment.toLocalTime().toSecondOfDay() == 0;
            return midnight
                    ? moment.toLocalDate().toString()
                    : moment.toString().replace('T', ' ');
        }
        return CellNumber.text(new BigDecimal(cell.getRawValue()));
    }

    static boolean isDate(String pattern) {
        var bare = pattern.replaceAll("\"[^\"]*\"|\\[[^]]*]|\\\\.", "").toLowerCase(java.util.Locale.ROOT);
        return bare.contains("yy") || bare.contains("d") && bare.contains("m") || bare.contains("年");
    }
}
