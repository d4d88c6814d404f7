package dev.rapport.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rapport.kernel.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave, and where to: nothing reaches the company's own network unless the operator named the place. */
class OutboundTest {
    private final AtomicInteger reached = new AtomicInteger();
    private HttpServer inside;
    private int port;

    @BeforeEach
    void somethingListensInside() throws IOException {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        port = inside.getAddress().getPort();
        inside.createContext("/", exchange -> {
            reached.incrementAndGet();
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port + "/inside");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/large")) {
                exchange.sendResponseHeaders(200, 0);
                try (var body = exchange.getResponseBody()) {
                    for (int i = 0; i < 2_000; i++) body.write(new byte[1_000]);
                } catch (IOException e) {
                    // the other side has had enough
                }
            } else {
                var body = ("said " + exchange.getRequestMethod() + " " + path).getBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void itStops() {
        inside.stop(0);
    }

    private static Outbound.Request get(String address) {
        return new Outbound.Request("GET", URI.create(address), Map.of(), null);
    }

    private Outbound naming(String... addresses) {
        var named = java.util.Arrays.stream(addresses).map(URI::create).toList();
        return new Outbound(List.of(() -> named));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "localhost.",
                "169.254.169.254",
                "100.100.100.200",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "[fd00::1]",
                "[fe80::1]",
            })
    void noSpellingOfAnInnerAddressIsReached(String host) {
        var outbound = naming();
        for (var address : List.of(
                "https://" + host + "/", "http://" + host + ":" + port + "/", "https://" + host + ":" + port + "/"))
            assertThatThrownBy(() -> outbound.send(get(address))).as(address).isInstanceOf(IOException.class);
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://example.com:22/",
                "https://example.com:5432/",
                "https://user:password@example.com/",
                "file:///etc/passwd",
                "ftp://example.com/",
                "https:/nohost",
            })
    void onlyTheWebIsSpokenTo(String address) {
        assertThatThrownBy(() -> naming().send(get(address))).isInstanceOf(OutboundRefused.class);
    }

    @Test
    void whatTheOperatorNamedIsReachedThereAndNowhereElse() throws IOException {
        var outbound = naming("http://127.0.0.1:" + port + "/realms/company");
        var answer = outbound.send(new Outbound.Request(
                "POST", URI.create("http://127.0.0.1:" + port + "/token"), Map.of(), "x".getBytes()));
        assertThat(new String(answer.body())).isEqualTo("said POST /token");
        for (var other : List.of(
                "http://localhost:" + port + "/",
                "http://127.0.0.2:" + port + "/",
                "https://127.0.0.1:" + port + "/",
                "http://127.0.0.1/"))
            assertThatThrownBy(() -> outbound.send(get(other))).as(other).isInstanceOf(OutboundRefused.class);
        assertThat(reached).hasValue(1);
    }

    @Test
    void redirectsAreNotFollowedAndLargeAnswersNotRead() throws IOException {
        var outbound = naming("http://127.0.0.1:" + port);
        assertThat(outbound.send(get("http://127.0.0.1:" + port + "/moved")).status())
                .isEqualTo(302);
        assertThat(reached).hasValue(1);
        assertThatThrownBy(() -> outbound.send(get("http://127.0.0.1:" + port + "/large")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void theSettingNamesAddressesOfTheWeb() {
        assertThat(Outbound.allowed("https://a.example:8443, http://b.example"))
                .containsExactly(URI.create("https://a.example:8443"), URI.create("http://b.example"));
        for (var wrong : List.of("a.example:8443", "ftp://a.example", "https://", "not an address"))
            assertThatThrownBy(() -> Outbound.allowed(wrong)).as(wrong).isInstanceOf(CannotStart.class);
    }
}
