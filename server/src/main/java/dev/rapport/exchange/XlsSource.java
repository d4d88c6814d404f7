package dev.rapport.exchange;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;

/** One sheet of an old Excel workbook (BIFF8). Such files hold at most 65,536 rows and are read whole. */
final class XlsSource implements TableSource {
    private static final long MAX_SIZE = 100L << 20;

    private final File file;
    private final FileFormat format;
    private final List<String> header;

    XlsSource(File file, FileFormat format) {
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

    static List<String> sheets(File file) {
        try (var workbook = open(file)) {
            var names = new ArrayList<String>();
            for (int i = 0; i < workbook.getNumberOfSheets(); i++) names.add(workbook.getSheetName(i));
            return names;
        } catch (IOException e) {
            throw Headers.Unreadable.because("XLS", "-");
        }
    }

    private static HSSFWorkbook open(File file) {
        if (file.length() > MAX_SIZE) throw Headers.Unreadable.because("XLS", "> 100 MB");
        try {
            return new HSSFWorkbook(new POIFSFileSystem(file, true), false);
        } catch (IOException | RuntimeException e) {
            throw Headers.Unreadable.because("XLS", "-");
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
        try (var workbook = open(file)) {
            Sheet sheet = format.sheet().isEmpty() ? workbook.getSheetAt(0) : workbook.getSheet(format.sheet());
            if (sheet == null) throw Headers.Unreadable.because("XLS", format.sheet());
            long number = 0;
            for (Row row : sheet) {
                var cells = cells(row);
                if (cells.isEmpty()) continue;
                if (!sink.row(++number, cells)) return;
            }
        } catch (IOException e) {
            throw Headers.Unreadable.because("XLS", "-");
        }
    }

    private static List<String> cells(Row row) {
        var cells = new ArrayList<String>();
        int last = -1;
        for (int i = 0; i < row.getLastCellNum(); i++) {
            var cell = row.getCell(i);
            var text = cell == null ? "" : text(cell);
            cells.add(text);
            if (!text.isBlank()) last = i;
        }
        return cells.subList(0, last + 1);
    }

    private static String text(Cell cell) {
        var type = cell.getCellType() == org.apache.poi.ss.usermodel.CellType.FORMULA
                ? cell.getCachedFormulaResultType()
                : cell.getCellType();
        return switch (type) {
            case STRING -> cell.getStringCellValue();
            case NUMERIC -> number(cell);
            case BOOLEAN -> String.valueOf(cell.getBooleanCellValue());
            case _NONE, BLANK, ERROR, FORMULA -> "";
        };
    }

    private static String number(Cell cell) {
        if (DateUtil.isCellDateFormatted(cell)) {
            var moment = cell.getLocalDateTimeCellValue();
            boolean midnight = moment.toLocalTime().toSecondOfDay() == 0;
            return midnight
                    ? moment.toLocalDate().toString()
                    : moment.toString().replace('T', ' ');
        }
        return CellNumber.text(BigDecimal.valueOf(cell.getNumericCellValue()));
    }
}
