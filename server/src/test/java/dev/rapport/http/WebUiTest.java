package dev.rapport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.RapportServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every address of the UI is answered with its page, so that it can be opened, reloaded and sent to others. */
class WebUiTest {
    private static final Pattern PATH = Pattern.compile("path: '(/[^']*)'");

    @TestFactory
    List<DynamicTest> everyAddressIsAnsweredWithThePage() throws IOException {
        var routes = Files.readString(Path.of("../web/ui/src/app/routes.tsx"));
        return PATH.matcher(routes)
                .results()
                .map(match -> match.group(1).replaceAll(":\\w+", "x"))
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    var answer = RapportServer.get().as("member").get(path);
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.header("Content-Type")).startsWith("text/html");
                }))
                .toList();
    }
}
