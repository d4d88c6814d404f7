package dev.rapport.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How copies of the data are encrypted before they leave the data folder, and read again. */
public interface Seal {
    /** What is written there is encrypted; it is whole once the stream is closed. */
    OutputStream sealing(OutputStream to) throws IOException;

    /** @throws IOException here or while reading, if it was changed, cut off or sealed otherwise */
    InputStream opening(InputStream from) throws IOException;
}
