package dev.rapport.kernel;

import java.util.regex.Pattern;

/**
 * A person's name in the two parts every culture's forms ask for. Chinese names are written family first without a
 * space (张三), all others given first with one (Ada Lovelace); either part may be empty, never both.
 */
public record PersonName(String family, String given) {
    /** Digits tell apart people of one name, as in 张伟2. */
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}[\\p{IsHan}·0-9]*");

    private static final String COMPOUND_SURNAMES =
            " 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 端木 百里 南宫 独孤 轩辕 澹台 闻人 申屠 太史 ";

    /** How the name is written in full, in its own script's order. */
    public String full() {
        if (family.isEmpty()) return given;
        if (given.isEmpty()) return family;
        return isChinese(family) && isChinese(given) ? family + given : given + " " + family;
    }

    private static boolean isChinese(String part) {
        if (part.charAt(0) < 0x2E80) return false;
        for (int i = 0; i < part.length(); i++)
            if (part.charAt(i) < 0x4E00 || part.charAt(i) > 0x9FFF)
                return HAN.matcher(part).matches();
        return true;
    }

    /**
     * Splits a full name: Chinese by its surname (one character, or two for the known compound ones), {@code Last, First} at
     * the comma, all others before the last word.
     */
    public static PersonName parse(String full) {
        var text = full.strip();
        if (HAN.matcher(text).matches()) return parseChinese(text);
        int comma = text.indexOf(',');
        if (comma > 0)
            return new PersonName(
                    text.substring(0, comma).strip(), text.substring(comma + 1).strip());
        int space = text.lastIndexOf(' ');
        if (space < 0) return new PersonName(text, "");
        return new PersonName(
                text.substring(space + 1), text.substring(0, space).strip());
    }

    private static PersonName parseChinese(String text) {
        int surname = text.length() > 2 && COMPOUND_SURNAMES.contains(" " + text.substring(0, 2) + " ") ? 2 : 1;
        if (text.length() <= surname) return new PersonName(text, "");
        return new PersonName(text.substring(0, surname), text.substring(surname));
    }
}
