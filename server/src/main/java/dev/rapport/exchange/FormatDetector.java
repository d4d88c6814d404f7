package dev.rapport.exchange;

import dev.rapport.exchange.FileFormat.Kind;
import dev.rapport.kernel.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out from a file's bytes what it is and how its text is encoded and divided. */
final class FormatDetector {
    private static final int HEAD = 1 << 16;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private FormatDetector() {}

    /** @throws Refusal 415 if it is nothing that can be imported */
    static FileFormat detect(Supplier<InputStream> file) {
        try {
            var head = head(file);
            if (startsWith(head, 'P', 'K')) return new FileFormat(Kind.XLSX, "UTF-8", ',', true, "");
            if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) return new FileFormat(Kind.XLS, "UTF-8", ',', true, "");
            if (startsWith(head, '%', 'P', 'D', 'F')
                    || startsWith(head, 0x89, 'P', 'N', 'G')
                    || startsWith(head, 0x7F, 'E', 'L', 'F')) throw Refusal.of(Refusal.Kind.UNSUPPORTED, "file-format");
            return text(file, head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileFormat text(Supplier<InputStream> file, byte[] head) throws IOException {
        var charset = charset(file, head);
        var sample = new String(head, charset);
        if (sample.stripLeading().replace("\uFEFF", "").regionMatches(true, 0, "BEGIN:VCARD", 0, 11))
            return new FileFormat(Kind.VCARD, charset.name(), ',', true, "");
        if (sample.indexOf('\0') >= 0) throw Refusal.of(Refusal.Kind.UNSUPPORTED, "file-format");
        char delimiter = delimiter(sample);
        var format = new FileFormat(Kind.CSV, charset.name(), delimiter, true, "");
        return format.withHeader(
                firstRow(sample, delimiter).map(Headers::isHeader).orElse(true));
    }

    private static java.util.Optional<List<String>> firstRow(String sample, char delimiter) throws IOException {
        try (var records = CsvSource.parser(new StringReader(sample.replace("\uFEFF", "")), delimiter)) {
            for (var row : records) {
                var first = row.getField(0);
                if (!first.startsWith("#") && !first.startsWith("//")) return java.util.Optional.of(row.getFields());
            }
        } catch (RuntimeException e) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.empty();
    }

    private static byte[] head(Supplier<InputStream> file) throws IOException {
        try (var stream = file.get()) {
            return stream.readNBytes(HEAD);
        }
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) return false;
        for (int i = 0; i < magic.length; i++) if ((bytes[i] & 0xFF) != magic[i]) return false;
        return true;
    }

    private static Charset charset(Supplier<InputStream> file, byte[] head) throws IOException {
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) return StandardCharsets.UTF_8;
        if (startsWith(head, 0xFE, 0xFF)) return StandardCharsets.UTF_16BE;
        if (startsWith(head, 0xFF, 0xFE)) return StandardCharsets.UTF_16LE;
        int evenZeros = zeros(head, 0);
        int oddZeros = zeros(head, 1);
        if (oddZeros > head.length / 8 && evenZeros < oddZeros / 4) return StandardCharsets.UTF_16LE;
        if (evenZeros > head.length / 8 && oddZeros < evenZeros / 4) return StandardCharsets.UTF_16BE;
        if (decodes(file, StandardCharsets.UTF_8)) return StandardCharsets.UTF_8;
        return guessed(file);
    }

    private static int zeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int i = from; i < bytes.length; i += 2) if (bytes[i] == 0) zeros++;
        return zeros;
    }

    /** Chinese files are GB18030 or one of its subsets; other text of one byte a character is read as Windows-1252. */
    private static Charset guessed(Supplier<InputStream> file) throws IOException {
        var detector = new UniversalDetector();
        try (var stream = new BufferedInputStream(file.get())) {
            var buffer = new byte[8192];
            for (int read = stream.read(buffer); read > 0 && !detector.isDone(); read = stream.read(buffer))
                detector.handleData(buffer, 0, read);
        }
        detector.dataEnd();
        var name = detector.getDetectedCharset();
        boolean chinese = name != null && (name.startsWith("GB") || name.equals("HZ-GB-2312") || name.equals("BIG5"));
        if (name != null && name.equals("BIG5") && decodes(file, Charset.forName("Big5")))
            return Charset.forName("Big5");
        var gb18030 = Charset.forName("GB18030");
        if ((chinese || isMostlyPairs(file)) && decodes(file, gb18030)) return gb18030;
        return Charset.forName("windows-1252");
    }

    /** Whether high bytes come in pairs, as in Chinese text, rather than alone between letters, as accents do. */
    private static boolean isMostlyPairs(Supplier<InputStream> file) throws IOException {
        var head = head(file);
        int pairs = 0;
        int alone = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] >= 0) continue;
            boolean pair = i + 1 < head.length && head[i + 1] < 0;
            if (pair) {
                pairs++;
                i++;
            } else alone++;
        }
        return pairs > 4 * alone;
    }

    private static boolean decodes(Supplier<InputStream> file, Charset charset) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(HEAD);
        var chars = CharBuffer.allocate(HEAD * 2);
        try (var stream = file.get()) {
            while (true) {
                int read = stream.read(bytes.array(), bytes.position(), bytes.remaining());
                boolean end = read < 0;
                if (!end) bytes.position(bytes.position() + read);
                bytes.flip();
                CoderResult result = decoder.decode(bytes, chars, end);
                if (result.isError()) return false;
                if (end) return true;
                bytes.compact();
                chars.clear();
            }
        }
    }

    private static char delimiter(String sample) throws IOException {
        char best = ',';
        double bestScore = 0;
        int cut = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'));
        var whole = sample.length() < HEAD / 4 || cut < 0 ? sample : sample.substring(0, cut + 1);
        for (char delimiter : DELIMITERS) {
            double score = score(whole, delimiter);
            if (score > bestScore) {
                best = delimiter;
                bestScore = score;
            }
        }
        return best;
    }

    /** Rows that agree on how many cells they have, weighted by how many that is. */
    private static double score(String sample, char delimiter) throws IOException {
        Map<Integer, Integer> widths = new HashMap<>();
        int rows = 0;
        try (var records = CsvSource.parser(new StringReader(sample), delimiter)) {
            for (var row : records) {
                widths.merge(row.getFieldCount(), 1, Integer::sum);
                if (++rows == 100) break;
            }
        } catch (RuntimeException e) {
            return 0;
        }
        double best = 0;
        for (var width : widths.entrySet())
            if (width.getKey() > 1)
                best = Math.max(best, (double) width.getValue() / rows * (1 + Math.log(width.getKey())));
        return best;
    }
}
