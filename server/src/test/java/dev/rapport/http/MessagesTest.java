package dev.rapport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final ResourceBundle EN = ResourceBundle.getBundle("messages", Locale.ROOT);
    private static final ResourceBundle ZH = ResourceBundle.getBundle("messages", Locale.SIMPLIFIED_CHINESE);

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(new TreeSet<>(ZH.keySet())).isEqualTo(new TreeSet<>(EN.keySet()));
    }

    @Test
    void chineseIsNotEnglish() {
        assertThat(EN.keySet()).allSatisfy(key -> assertThat(ZH.getString(key)).isNotEqualTo(EN.getString(key)));
    }

    @Test
    void everyCodeInTheSourcesHasItsWords() throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                var source = Files.readString(file);
                var matcher =
                        Pattern.compile("InvalidValue\\.of\\(\\s*\"([a-z-]+)\"").matcher(source);
                while (matcher.find()) codes.add("violation." + matcher.group(1));
                var refusals =
                        Pattern.compile("Kind\\.[A-Z_]+,\\s*\"([a-z-]+)\"").matcher(source);
                while (refusals.find()) codes.add("problem." + refusals.group(1));
            }
        }
        assertThat(EN.keySet()).containsAll(codes);
    }
}
