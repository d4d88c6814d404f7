package dev.rapport.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormaliserTest {
    @Test
    void wordsOfPlainTextAreThoseOfItsLettersAndDigits() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) text.append((char) (0x20 + random.nextInt(0x5F)));
            var lower = text.toString().toLowerCase(java.util.Locale.ROOT);
            assertThat(Normaliser.plain(text.toString()))
                    .as("of «" + text + "»")
                    .isEqualTo(lower.replaceAll("['`.]", "")
                            .replaceAll("[^\\p{L}\\p{N}]+", " ")
                            .strip());
        }
    }

    @Test
    void writtenOtherwiseIsTheSame() {
        assertThat(Normaliser.plain("  O'Brien-Smith, Ltd. ")).isEqualTo("obrien smith ltd");
        assertThat(Normaliser.plain("Ｍüller　ＧｍｂＨ")).isEqualTo("muller gmbh");
        assertThat(Normaliser.plain("華為技術")).isEqualTo("华为技术");
    }
}
