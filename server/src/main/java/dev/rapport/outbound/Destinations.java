package dev.rapport.outbound;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which addresses a request may go to at all, before a name is looked up. */
final class Destinations {
    private static final Set<Integer> PORTS = Set.of(443, 8443);

    private final Set<String> named = new HashSet<>();

    Destinations(List<URI> named) {
        named.forEach(address -> this.named.add(place(address)));
    }

    /** Whether the operator named this host and port. */
    boolean isNamed(URI address) {
        return address.getHost() != null && named.contains(place(address));
    }

    /** @throws OutboundRefused unless it is HTTPS at a usual port, or the operator named the host and port */
    void require(URI address) throws OutboundRefused {
        if (address.getHost() == null || address.getRawUserInfo() != null)
            throw new OutboundRefused("There must be a host, and no name or password before it: " + address);
        if (isNamed(address)) return;
        if (!"https".equalsIgnoreCase(address.getScheme())) throw new OutboundRefused("Not HTTPS: " + address);
        if (!PORTS.contains(port(address))) throw new OutboundRefused("Not a port of the web: " + address);
    }

    private static String place(URI address) {
        return address.getScheme().toLowerCase(Locale.ROOT) + " "
                + address.getHost().toLowerCase(Locale.ROOT) + " " + port(address);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) return address.getPort();
        return "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
    }
}
