package dev.rapport.exchange;

import java.util.List;

/** A file seen as rows of text cells under a header. Reading is streamed: memory does not grow with the file. */
interface TableSource {
    /** Names of the columns: unique, never empty, stripped. */
    List<String> header();

    /** Hands over every row that is not blank, in order, until {@code sink} has had enough. */
    void rows(Sink sink);

    /** Takes rows one by one. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param number the row's place among the rows that are not blank, from 1
         * @return whether more rows are wanted
         */
        boolean row(long number, List<String> cells);
    }
}
