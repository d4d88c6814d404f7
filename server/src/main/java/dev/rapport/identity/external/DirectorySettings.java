package dev.rapport.identity.external;

import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import dev.rapport.outbound.OperatorAddresses;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the company's people are known, as the operator says in the environment.
 *
 * @param openId the provider of OpenID Connect; null for none
 * @param ldap the LDAP directory; null for none
 * @param role of people who sign in for the first time; null lets only those in who are users already
 */
public record DirectorySettings(
        @Nullable OpenId openId,
        @Nullable Ldap ldap,
        @Nullable String role) implements OperatorAddresses {

    /**
     * @param issuer of ID tokens, from which all else is discovered
     * @param label what the button on the sign-in page says
     */
    public record OpenId(URI issuer, String clientId, String clientSecret, String label) {}

    /**
     * @param url {@code ldaps://host} or {@code ldap://host}, which is turned to TLS before anything is said unless it is this
     *     computer
     * @param base below which people are looked for
     * @param attribute that holds what people type as their username
     * @param bindName whoever may search; null searches without a name
     */
    public record Ldap(
            URI url,
            String base,
            String attribute,
            @Nullable String bindName,
            @Nullable String bindPassword) {}

    /** The identity provider; the directory is not spoken to by HTTP. */
    @Override
    public List<URI> addresses() {
        return openId == null ? List.of() : List.of(openId.issuer());
    }

    /** @throws CannotStart if a part of what is needed is missing */
    public static DirectorySettings fromEnvironment() {
        return new DirectorySettings(readOpenId(), readLdap(), Settings.find("RAPPORT_EXTERNAL_ROLE"));
    }

    private static @Nullable OpenId readOpenId() {
        var issuer = Settings.find("RAPPORT_OIDC_ISSUER");
        if (issuer == null) return null;
        return new OpenId(
                uri("RAPPORT_OIDC_ISSUER", issuer),
                required("RAPPORT_OIDC_CLIENT_ID"),
                required("RAPPORT_OIDC_CLIENT_SECRET"),
                Optional.ofNullable(Settings.find("RAPPORT_OIDC_LABEL")).orElse(""));
    }

    private static @Nullable Ldap readLdap() {
        var url = Settings.find("RAPPORT_LDAP_URL");
        if (url == null) return null;
        return new Ldap(
                uri("RAPPORT_LDAP_URL", url),
                required("RAPPORT_LDAP_BASE"),
                Optional.ofNullable(Settings.find("RAPPORT_LDAP_ATTRIBUTE")).orElse("uid"),
                Settings.find("RAPPORT_LDAP_BIND_DN"),
                Settings.find("RAPPORT_LDAP_BIND_PASSWORD"));
    }

    private static URI uri(String name, String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null) return uri;
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new CannotStart(name + " must be an address such as https://login.example.com, but is: " + text);
    }

    private static String required(String name) {
        var value = Settings.find(name);
        if (value == null) throw new CannotStart(name + " is missing: sign-in by the directory needs it.");
        return value;
    }

    /** Whether this is the very computer that the server runs on. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
