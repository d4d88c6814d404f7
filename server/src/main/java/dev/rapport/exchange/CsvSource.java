package dev.rapport.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Supplier;

/** CSV and its relatives: any delimiter, any line end, quotes, a BOM, comment lines before the header. */
final class CsvSource implements TableSource {
    private final Supplier<InputStream> file;
    private final FileFormat format;
    private final List<String> header;

    CsvSource(Supplier<InputStream> file, FileFormat format) {
        this.file = file;
        this.format = format;
        this.header = readHeader();
    }

    static CsvReader<CsvRecord> parser(Reader reader, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .detectBomHeader(false)
                .ofCsvRecord(reader);
    }

    private List<String> readHeader() {
        try (var reader = open();
                var records = parser(reader, format.delimiter())) {
            for (var csv : records) {
                var cells = cells(csv);
                if (isBlank(cells) || isComment(cells)) continue;
                return format.header()
                        ? Headers.clean(cells)
                        : Headers.numbered(Headers.clean(cells).size());
            }
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CsvParseException e) {
            throw Headers.Unreadable.because("CSV", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public void rows(Sink sink) {
        long number = 0;
        boolean headerSeen = !format.header();
        boolean begun = false;
        try (var reader = open();
                var records = parser(reader, format.delimiter())) {
            for (var csv : records) {
                var cells = cells(csv);
                if (isBlank(cells) || !begun && isComment(cells)) continue;
                begun = true;
                if (!headerSeen) {
                    headerSeen = true;
                    continue;
                }
                if (!sink.row(++number, cells)) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CsvParseException e) {
            throw Headers.Unreadable.because("CSV", String.valueOf(e.getMessage()));
        }
    }

    private Reader open() throws IOException {
        var reader = new InputStreamReader(file.get(), Charset.forName(format.charset()));
        var pushback = new java.io.PushbackReader(new java.io.BufferedReader(reader, 1 << 16), 1);
        int first = pushback.read();
        if (first != 0xFEFF && first >= 0) pushback.unread(first);
        return pushback;
    }

    private static List<String> cells(CsvRecord csv) {
        return csv.getFields();
    }

    private static boolean isBlank(List<String> cells) {
        for (var cell : cells) if (!cell.isBlank()) return false;
        return true;
    }

    private static boolean isComment(List<String> cells) {
        return cells.getFirst().startsWith("#") || cells.getFirst().startsWith("//");
    }
}
