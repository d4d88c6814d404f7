package dev.rapport.identity.external;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.rapport.identity.PasswordDirectory;
import dev.rapport.identity.external.DirectorySettings.Ldap;
import dev.rapport.kernel.Actor;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Passwords of an LDAP directory (RFC 4511, 4513): the person is searched for by their username and has to be the only one,
 * then the directory itself is asked whether the password is theirs. Passwords go over TLS or do not leave the computer.
 */
@Component
class LdapDirectory implements PasswordDirectory {
    private static final Logger log = LoggerFactory.getLogger(LdapDirectory.class);
    private static final int TIMEOUT_MS = 5_000;
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;

    private final DirectorySettings directories;
    private final ExternalUsers users;

    LdapDirectory(DirectorySettings directories, ExternalUsers users) {
        this.directories = directories;
        this.users = users;
    }

    @Override
    public Optional<Actor> authenticate(String username, String password) {
        var ldap = directories.ldap();
        // a bind with a name and without a password succeeds and proves nothing (RFC 4513, 5.1.2)
        if (ldap == null || username.isBlank() || password.isEmpty()) return Optional.empty();
        return proven(ldap, username.strip(), password).flatMap(users::find);
    }

    private static Optional<ExternalPerson> proven(Ldap ldap, String username, String password) {
        try (var connection = connect(ldap)) {
            if (ldap.bindName() != null)
                connection.bind(ldap.bindName(), Objects.requireNonNullElse(ldap.bindPassword(), ""));
            var request = new SearchRequest(
                    ldap.base(),
                    SearchScope.SUB,
                    Filter.createEqualityFilter(ldap.attribute(), username),
                    ldap.attribute(),
                    "entryUUID",
                    "displayName",
                    "cn",
                    "mail");
            request.setSizeLimit(2);
            request.setTimeLimitSeconds(TIMEOUT_MS / 1000);
            List<SearchResultEntry> found = connection.search(request).getSearchEntries();
            if (found == null || found.size() != 1) return Optional.empty();
            var entry = found.getFirst();
            connection.bind(entry.getDN(), password);
            return Optional.of(person(ldap, entry, username));
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
                    && !e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED))
                log.warn("The directory {} did not answer as it should: {}", ldap.url(), e.getResultCode());
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            log.warn("The directory {} cannot be reached by TLS", ldap.url(), e);
            return Optional.empty();
        }
    }

    private static ExternalPerson person(Ldap ldap, SearchResultEntry entry, String username) {
        var id = entry.getAttributeValue("entryUUID");
        var name = Optional.ofNullable(entry.getAttributeValue("displayName"))
                .or(() -> Optional.ofNullable(entry.getAttributeValue("cn")))
                .orElse(username);
        return new ExternalPerson(
                ldap.url() + "/" + ldap.base(),
                id == null ? entry.getDN() : id,
                Objects.requireNonNullElse(entry.getAttributeValue(ldap.attribute()), username),
                name,
                entry.getAttributeValue("mail"));
    }

    private static LDAPConnection connect(Ldap ldap) throws LDAPException, GeneralSecurityException {
        var host = ldap.url().getHost();
        boolean secure = "ldaps".equals(ldap.url().getScheme());
        int port = ldap.url().getPort() > 0 ? ldap.url().getPort() : secure ? LDAPS_PORT : LDAP_PORT;
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(TIMEOUT_MS);
        options.setResponseTimeoutMillis(TIMEOUT_MS);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        var tls = new SSLUtil(JVMDefaultTrustManager.getInstance());
        if (secure) return new LDAPConnection(tls.createSSLSocketFactory(), options, host, port);
        var connection = new LDAPConnection(options, host, port);
        if (!DirectorySettings.isLoopback(host)) {
            var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(tls.createSSLContext()));
            if (!answer.getResultCode().equals(ResultCode.SUCCESS)) {
                connection.close();
                throw new LDAPException(answer.getResultCode(), "No TLS");
            }
        }
        return connection;
    }
}
