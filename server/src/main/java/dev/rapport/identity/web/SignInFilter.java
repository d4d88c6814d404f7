package dev.rapport.identity.web;

import dev.rapport.http.Caller;
import dev.rapport.http.ProblemWriter;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Sessions.Credentials;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Establishes who calls, from the session cookie or a bearer token and nothing else. A request that changes something with
 * a cookie must prove with {@code X-CSRF-Token} that it comes from our own page.
 */
final class SignInFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Sessions sessions;
    private final SessionCookie cookie;

    SignInFilter(Sessions sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            credentials(request).ifPresent(found -> admit(request, found));
        } catch (Refusal refusal) {
            ProblemWriter.write(request, response, refusal);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private Optional<Credentials> credentials(HttpServletRequest request) {
        // what a link opens for the public is the same for whoever happens to be signed in
        if (request.getRequestURI().startsWith("/api/public/")) return Optional.empty();
        var bearer = bearer(request);
        if (bearer != null) {
            var found = sessions.byToken(bearer);
            if (found.isEmpty()) throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated");
            return found;
        }
        return cookie.read(request).map(Cookie::getValue).flatMap(sessions::bySession);
    }

    private static @Nullable String bearer(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    private static void admit(HttpServletRequest request, Credentials found) {
        boolean unsafe = !SAFE.contains(request.getMethod());
        boolean signingIn = request.getRequestURI().equals("/api/session")
                && request.getMethod().equals("POST");
        if (unsafe && !found.isToken() && !signingIn) requireCsrfToken(request, found);
        if (found.isToken()) TokenScope.require(request, found.scopes());
        if (found.mustEnrol() && !request.getRequestURI().startsWith("/api/session"))
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "second-factor-needed");
        Caller.establish(request, found.actor());
        request.setAttribute(Credentials.class.getName(), found);
        var authorities = AuthorityUtils.createAuthorityList(
                found.actor().roles().stream().map(role -> "ROLE_" + role).toList());
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(
                        found.actor().id().toString(), null, authorities));
    }

    private static void requireCsrfToken(HttpServletRequest request, Credentials found) {
        var sent = request.getHeader("X-CSRF-Token");
        boolean matches = sent != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), found.csrfToken().getBytes(StandardCharsets.UTF_8));
        if (!matches) throw Refusal.of(Refusal.Kind.FORBIDDEN, "csrf");
    }
}
