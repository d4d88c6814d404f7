package dev.rapport.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Counts the rows of a table as {@code COPY} writes them and adds up a hash of each, so that two tables with the same rows
 * agree in whatever order these lie. One row is one line: COPY writes no line break inside values.
 */
final class RowChecksum extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest;
    private long rows;
    private long sum;

    RowChecksum(OutputStream out) {
        this.out = out;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != '\n') continue;
            digest.update(bytes, from, i - from);
            endRow();
            from = i + 1;
        }
        digest.update(bytes, from, offset + length - from);
    }

    private void endRow() {
        var hash = digest.digest();
        long first = 0;
        for (int i = 0; i < 8; i++) first = first << 8 | hash[i] & 0xff;
        sum += first;
        rows++;
    }

    long rows() {
        return rows;
    }

    String sum() {
        return Long.toHexString(sum);
    }
}
