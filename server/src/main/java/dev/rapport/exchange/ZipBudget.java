package dev.rapport.exchange;

import dev.rapport.kernel.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks through a workbook's archive before any parser does, and refuses it when it would unpack to more than is
 * reasonable, names an entry twice, or declares a document type (entity bombs, external entities).
 */
final class ZipBudget {
    private static final int MAX_ENTRIES = 2_000;
    private static final long MAX_TOTAL = 1L << 30;
    private static final long MAX_STRINGS = 128L << 20;
    private static final long FREE_RATIO_BELOW = 10L << 20;
    private static final int MAX_RATIO = 150;

    private ZipBudget() {}

    /** @throws Refusal 422 if the archive is not to be trusted */
    static void check(File file) {
        try (var zip = new ZipFile(file)) {
            if (zip.size() > MAX_ENTRIES) throw refused("entries");
            var names = new HashSet<String>();
            long total = 0;
            for (var entry : (Iterable<ZipEntry>)
                    () -> zip.stream().map(e -> (ZipEntry) e).iterator()) {
                if (!names.add(entry.getName().toLowerCase(java.util.Locale.ROOT))) throw refused("duplicate entry");
                total += inflate(zip, entry, MAX_TOTAL - total);
            }
        } catch (IOException e) {
            throw refused("not a workbook");
        }
    }

    private static long inflate(ZipFile zip, ZipEntry entry, long budget) throws IOException {
        boolean strings = entry.getName().endsWith("sharedStrings.xml");
        long limit = strings ? Math.min(MAX_STRINGS, budget) : budget;
        var buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream content = zip.getInputStream(entry)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                if (size == 0) refuseDoctype(entry, buffer, read);
                size += read;
                boolean bomb = size > FREE_RATIO_BELOW && size / Math.max(1, entry.getCompressedSize()) > MAX_RATIO;
                if (size > limit || bomb) throw refused("too large when unpacked");
            }
        }
        return size;
    }

    private static void refuseDoctype(ZipEntry entry, byte[] head, int length) {
        if (!entry.getName().endsWith(".xml") && !entry.getName().endsWith(".rels")) return;
        var text = new String(head, 0, length, StandardCharsets.ISO_8859_1).replace("\0", "");
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) throw refused("document type");
    }

    private static Refusal refused(String reason) {
        return Headers.Unreadable.because("XLSX", reason);
    }
}
