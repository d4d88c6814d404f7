package dev.rapport.text;

/** Texts as they may stand in a cell of a spreadsheet. */
public final class SpreadsheetText {
    private SpreadsheetText() {}

    /** Characters that make a spreadsheet read a cell as a formula, full-width forms included. */
    public static boolean isDangerous(char first) {
        return "=+-@\t\r\n＝＋－＠".indexOf(first) >= 0;
    }

    /** The text with a quote before what a spreadsheet would run. */
    public static String guarded(String text) {
        return !text.isEmpty() && isDangerous(text.charAt(0)) ? "'" + text : text;
    }
}
