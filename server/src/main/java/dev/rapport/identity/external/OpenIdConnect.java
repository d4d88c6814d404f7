package dev.rapport.identity.external;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.rapport.database.Database;
import dev.rapport.identity.external.DirectorySettings.OpenId;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Since;
import dev.rapport.outbound.Outbound;
import dev.rapport.schema.SchemaMigration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signing in by the company's identity provider: OpenID Connect's code flow (OpenID Connect Core 1.0) with PKCE (RFC 7636), a
 * nonce, and a state that is bound to the browser and works once. Whether a second factor is asked for is the provider's
 * business.
 */
@Component
public class OpenIdConnect {
    private static final Logger log = LoggerFactory.getLogger(OpenIdConnect.class);
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration METADATA_LIFE = Duration.ofHours(1);

    private static final Table<Record> ATTEMPT = table(name("sign_in_attempt"));
    private static final Field<byte[]> STATE = field(name("state_hash"), SQLDataType.BLOB);
    private static final Field<byte[]> BROWSER = field(name("browser_hash"), SQLDataType.BLOB);
    private static final Field<String> NONCE = field(name("nonce"), SQLDataType.VARCHAR);
    private static final Field<String> VERIFIER = field(name("verifier"), SQLDataType.VARCHAR);
    private static final Field<Instant> EXPIRES_AT = field(name("expires_at"), SQLDataType.INSTANT);

    private final Database database;
    private final DirectorySettings directories;
    private final ExternalUsers users;
    private final ProviderRequests provider;
    private final URI callback;
    private volatile @Nullable Known known;

    private record Known(OIDCProviderMetadata metadata, Since read) {}

    /** @param migrated makes sure that the tables are there */
    OpenIdConnect(
            Database database,
            DirectorySettings directories,
            ExternalUsers users,
            Outbound outbound,
            Settings settings,
            SchemaMigration migrated) {
        this.database = database;
        this.directories = directories;
        this.users = users;
        this.provider = new ProviderRequests(outbound);
        this.callback = URI.create(settings.url() + "/api/public/oidc/callback");
    }

    /** What the button on the sign-in page says; empty if there is no provider. */
    public Optional<String> label() {
        return Optional.ofNullable(directories.openId()).map(OpenId::label);
    }

    /** Where a browser goes to sign in, and the secret that it keeps meanwhile. */
    public record Begun(URI goTo, String browser) {}

    /** Empty if there is no provider, or it cannot be reached. */
    public Optional<Begun> begin() {
        var openId = directories.openId();
        if (openId == null) return Optional.empty();
        try {
            var metadata = metadata(openId);
            var state = new State(32);
            var nonce = new Nonce(32);
            var verifier = new CodeVerifier();
            var browser = new State(32).getValue();
            database.run(tx -> {
                tx.dsl()
                        .deleteFrom(ATTEMPT)
                        .where(EXPIRES_AT.lt(currentInstant()))
                        .execute();
                tx.dsl()
                        .insertInto(ATTEMPT)
                        .set(STATE, hash(state.getValue()))
                        .set(BROWSER, hash(browser))
                        .set(NONCE, nonce.getValue())
                        .set(VERIFIER, verifier.getValue())
                        .set(EXPIRES_AT, Instant.now().plus(LIFE))
                        .execute();
            });
            var request = new AuthenticationRequest.Builder(
                            ResponseType.CODE,
                            new Scope("openid", "profile", "email"),
                            new ClientID(openId.clientId()),
                            callback)
                    .endpointURI(metadata.getAuthorizationEndpointURI())
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256)
                    .build();
            return Optional.of(new Begun(request.toURI(), browser));
        } catch (GeneralException | IOException e) {
            log.warn("The identity provider {} cannot be reached: {}", openId.issuer(), e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] hash(String secret) {
        return dev.rapport.identity.Secret.hash(secret);
    }

    private record Attempt(Nonce nonce, CodeVerifier verifier) {}

    /** The attempt that the state and the browser belong to, once. */
    private Optional<Attempt> take(String state, String browser) {
        return database.transact(tx -> tx.dsl()
                .deleteFrom(ATTEMPT)
                .where(STATE.eq(hash(state)))
                .and(BROWSER.eq(hash(browser)))
                .and(EXPIRES_AT.gt(currentInstant()))
                .returningResult(NONCE, VERIFIER)
                .fetchOptional()
                .map(row -> new Attempt(new Nonce(row.value1()), new CodeVerifier(row.value2()))));
    }

    /**
     * Who came back from the provider.
     *
     * @param browser the secret that the browser kept
     * @return empty if the state is none of this browser, what the provider says does not hold, or they are nobody here
     */
    public Optional<Actor> complete(String state, String code, String browser) {
        var openId = directories.openId();
        if (openId == null || state.isEmpty() || code.isEmpty() || browser.isEmpty()) return Optional.empty();
        var attempt = take(state, browser);
        if (attempt.isEmpty()) return Optional.empty();
        try {
            return users.find(person(openId, attempt.get(), code));
        } catch (GeneralException | IOException | BadJOSEException | JOSEException e) {
            log.warn("A sign-in by {} did not hold: {}", openId.issuer(), e.getMessage());
            return Optional.empty();
        }
    }

    private ExternalPerson person(OpenId openId, Attempt attempt, String code)
            throws GeneralException, IOException, BadJOSEException, JOSEException {
        var metadata = metadata(openId);
        var client = new ClientID(openId.clientId());
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), callback, attempt.verifier());
        var request = new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        new ClientSecretBasic(client, new Secret(openId.clientSecret())),
                        grant)
                .build();
        var response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(provider));
        if (!response.indicatesSuccess())
            throw new GeneralException(String.valueOf(response.toErrorResponse().getErrorObject()));
        OIDCTokens tokens = (OIDCTokens) response.toSuccessResponse().getTokens();
        var validator = new IDTokenValidator(
                new Issuer(openId.issuer()),
                client,
                JWSAlgorithm.RS256,
                metadata.getJWKSetURI().toURL(),
                provider);
        var claims = validator.validate(tokens.getIDToken(), attempt.nonce());
        var subject = claims.getSubject().getValue();
        var info = info(metadata, tokens);
        // the answer must be about the very person of the token (Core 1.0, 5.3.2)
        boolean same = info != null && info.getSubject().getValue().equals(subject);
        var person = same ? Objects.requireNonNull(info) : new UserInfo(claims.getSubject());
        var email = Boolean.TRUE.equals(person.getEmailVerified()) ? person.getEmailAddress() : null;
        var name = Optional.ofNullable(person.getName())
                .or(() -> Optional.ofNullable(person.getPreferredUsername()))
                .orElse(subject);
        var username = Optional.ofNullable(person.getPreferredUsername())
                .or(() -> Optional.ofNullable(email))
                .orElse(subject);
        return new ExternalPerson(openId.issuer().toString(), subject, username, name, email);
    }

    private @Nullable UserInfo info(OIDCProviderMetadata metadata, OIDCTokens tokens)
            throws GeneralException, IOException {
        if (metadata.getUserInfoEndpointURI() == null) return null;
        var request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getBearerAccessToken());
        var response = UserInfoResponse.parse(request.toHTTPRequest().send(provider));
        return response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
    }

    private OIDCProviderMetadata metadata(OpenId openId) throws GeneralException, IOException {
        var present = known;
        if (present != null && !present.read().isOlderThan(METADATA_LIFE)) return present.metadata();
        var issuer = new Issuer(openId.issuer());
        var document = provider.retrieveResource(OIDCProviderMetadata.resolveURL(issuer));
        var read = OIDCProviderMetadata.parse(document.getContent());
        // whoever speaks for another issuer is not the one that the operator named (Discovery 1.0, 4.3)
        if (!issuer.equals(read.getIssuer())) throw new GeneralException("The document is one of " + read.getIssuer());
        known = new Known(read, Since.now());
        return read;
    }
}
