package dev.rapport.match;

/** A word by its sound: the first letter and the consonants after it, those that sound alike as one (after Soundex, Russell 1918). */
final class Sound {
    private static final String CLASSES = "01230120022455012623010202";

    private Sound() {}

    static String of(String word) {
        var sound = new StringBuilder(6);
        char last = '0';
        for (int i = 0; i < word.length() && sound.length() < 5; i++) {
            char letter = word.charAt(i);
            if (letter < 'a' || letter > 'z') {
                if (letter > 0x7F || Character.isDigit(letter)) sound.append(letter);
                continue;
            }
            char kind = CLASSES.charAt(letter - 'a');
            if (sound.isEmpty()) sound.append(letter);
            else if (kind != '0' && kind != last) sound.append(kind);
            if (letter != 'h' && letter != 'w') last = kind;
        }
        return sound.toString();
    }
}
