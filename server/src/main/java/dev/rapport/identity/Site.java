package dev.rapport.identity;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.server.ServerProperty;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where passkeys work.
 *
 * @param id the name of the host that they are bound to (WebAuthn's relying party identifier)
 * @param origin the address at which browsers offer them, without a path
 */
record Site(String id, String origin) {
    /** The site of this address; its own machine is called localhost. Null if the host is a number, which no passkey is bound to. */
    static @Nullable Site of(String url) {
        var address = URI.create(url);
        var host = address.getHost();
        if (host == null) return null;
        boolean loopback = host.startsWith("127.") || host.equals("[::1]");
        if (!loopback && (host.startsWith("[") || host.matches("[0-9.]+"))) return null;
        var id = loopback ? "localhost" : host;
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return new Site(id, address.getScheme() + "://" + id + port);
    }

    ServerProperty property(Challenge challenge) {
        return ServerProperty.builder()
                .origin(Origin.create(origin))
                .rpId(id)
                .challenge(challenge)
                .build();
    }
}
