package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void bothLanguagesHaveTheSameSentencesWithTheSamePlaces() throws IOException {
        var english = load("words.properties");
        var chinese = load("words_zh_CN.properties");
        assertThat(new TreeSet<>(chinese.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        for (String key : english.stringPropertyNames()) {
            assertThat(places(chinese.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void chineseSentencesUseChinesePunctuation() throws IOException {
        var chinese = load("words_zh_CN.properties");
        for (String key : chinese.stringPropertyNames()) {
            assertThat(chinese.getProperty(key)).as(key).doesNotContainPattern("[\\p{IsHan}][,;:?!]");
        }
    }

    @Test
    void everyFindingHasASentence() throws IOException {
        var english = load("words.properties");
        var pattern =
                Pattern.compile("(?:Finding\\.(?:warning|note|refusal)|Refusal\\.because)\\(\\s*\"([a-z0-9-]+)\"");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var found = pattern.matcher(Files.readString(file));
                while (found.find()) assertThat(english).containsKey("finding." + found.group(1));
            }
        }
    }

    @Test
    void sentencesFollowTheLocaleNotTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
            assertThat(Words.text(Locale.ENGLISH, "drawing.yes")).isEqualTo("yes");
            Locale.setDefault(Locale.GERMANY);
            assertThat(Words.text(Locale.forLanguageTag("zh-CN"), "drawing.yes"))
                    .isEqualTo("是");
            assertThat(Words.text(Locale.FRANCE, "drawing.yes")).isEqualTo("yes");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Properties load(String name) throws IOException {
        var properties = new Properties();
        try (var stream = WordsTest.class.getResourceAsStream("/dev/rapport/mining/" + name)) {
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return properties;
    }

    private static TreeSet<String> places(String sentence) {
        var places = new TreeSet<String>();
        var found = Pattern.compile("\\{(\\d)").matcher(sentence);
        while (found.find()) places.add(found.group(1));
        return places;
    }
}
