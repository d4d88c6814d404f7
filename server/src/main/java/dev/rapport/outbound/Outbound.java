package dev.rapport.outbound;

import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;

/**
 * Sends HTTP requests to elsewhere. The address that was looked up and found to lie outside the company's network is the one
 * that is connected to; nothing follows a redirect, and nothing takes long or grows large. Addresses in the company's network
 * are reached only where the operator named host and port ({@code RAPPORT_OUTBOUND_ALLOW} and the services of the environment).
 */
@Component
public class Outbound {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(5);
    private static final int DEADLINE_SECONDS = 15;
    private static final int LARGEST = 1 << 20;

    private final Destinations destinations;
    private final CloseableHttpClient toOutside;
    private final CloseableHttpClient toNamed;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("outbound-deadlines").factory());

    /** A request. @param body null for none */
    public record Request(String method, URI address, Map<String, String> headers, byte @Nullable [] body) {}

    /** An answer. @param headers by name in lower case */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    Outbound(List<OperatorAddresses> operator) {
        var named = new ArrayList<>(allowed(Settings.find("RAPPORT_OUTBOUND_ALLOW")));
        operator.forEach(one -> named.addAll(one.addresses()));
        this.destinations = new Destinations(named);
        this.toOutside = client(new OutsideOnly());
        this.toNamed = client(SystemDefaultDnsResolver.INSTANCE);
    }

    /** @throws CannotStart if a part is no address */
    static List<URI> allowed(@Nullable String setting) {
        if (setting == null) return List.of();
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Outbound::address)
                .toList();
    }

    private static URI address(String part) {
        try {
            var address = new URI(part);
            boolean web = address.getScheme() != null && address.getScheme().matches("(?i)https?");
            if (web && address.getHost() != null) return address;
        } catch (java.net.URISyntaxException e) {
            // told below
        }
        throw new CannotStart("RAPPORT_OUTBOUND_ALLOW must be addresses such as https://host:8443, but has: " + part);
    }

    private static CloseableHttpClient client(DnsResolver names) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .setTimeToLive(Timeout.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(SILENCE)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Rapport")
                .build();
    }

    /**
     * Sends the request and reads the answer, whatever its status.
     *
     * @throws OutboundRefused if the request may not go there
     * @throws IOException if there is no answer in time, or it is larger than a mebibyte
     */
    public Answer send(Request request) throws IOException {
        destinations.require(request.address());
        var sent = new HttpUriRequestBase(request.method(), request.address());
        request.headers().forEach(sent::setHeader);
        if (request.body() != null) sent.setEntity(new ByteArrayEntity(request.body(), null));
        var client = destinations.isNamed(request.address()) ? toNamed : toOutside;
        var deadline = deadlines.schedule(sent::abort, DEADLINE_SECONDS, TimeUnit.SECONDS);
        try {
            return client.execute(sent, Outbound::read);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        var headers = new TreeMap<String, List<String>>();
        for (var header : response.getHeaders())
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                    .add(header.getValue());
        var entity = response.getEntity();
        if (entity == null) return new Answer(response.getCode(), headers, new byte[0]);
        try (var content = entity.getContent()) {
            var body = content.readNBytes(LARGEST + 1);
            if (body.length > LARGEST) throw new IOException("The answer is larger than " + LARGEST + " bytes");
            return new Answer(response.getCode(), headers, body);
        }
    }

    @PreDestroy
    void close() throws IOException {
        deadlines.shutdownNow();
        toOutside.close();
        toNamed.close();
    }

    /** Looks names up and gives only addresses that lie outside of every private network. */
    private static final class OutsideOnly implements DnsResolver {
        private static final InetAddressFilter OUTSIDE = InetAddressFilter.externalAddresses();

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var outside = Arrays.stream(InetAddress.getAllByName(host))
                    .filter(OUTSIDE::matches)
                    .toArray(InetAddress[]::new);
            if (outside.length == 0) throw new UnknownHostException(host + " has no address outside");
            return outside;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
