package dev.rapport.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The one-time passwords are those of RFC 6238, appendix B (its eight digits cut to six). */
class OneTimePasswordsTest {
    @TestFactory
    Stream<DynamicTest> codesAreThoseOfTheStandard() {
        var secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                        new long[] {59, 287_082},
                        new long[] {1_111_111_109, 81_804},
                        new long[] {1_111_111_111, 50_471},
                        new long[] {1_234_567_890, 5_924},
                        new long[] {2_000_000_000, 279_037},
                        new long[] {20_000_000_000L, 353_130})
                .map(vector -> DynamicTest.dynamicTest(
                        "at " + vector[0],
                        () -> assertThat(OneTimePasswords.code(secret, vector[0] / 30))
                                .isEqualTo((int) vector[1])));
    }
}
