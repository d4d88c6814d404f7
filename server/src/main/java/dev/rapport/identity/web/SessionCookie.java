package dev.rapport.identity.web;

import dev.rapport.kernel.Settings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The cookie that carries a browser's session: out of reach of scripts, and bound to this host where HTTPS is used. */
@Component
class SessionCookie {
    private final boolean secure;
    private final String name;

    SessionCookie(Settings settings) {
        secure = settings.secureCookies();
        name = secure ? "__Host-rapport" : "rapport_session";
    }

    Optional<Cookie> read(HttpServletRequest request) {
        if (request.getCookies() == null) return Optional.empty();
        return Arrays.stream(request.getCookies())
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    String write(String secret) {
        return cookie(secret, Duration.ofDays(14));
    }

    String clear() {
        return cookie("", Duration.ZERO);
    }

    private String cookie(String value, Duration age) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/")
                .maxAge(age)
                .build()
                .toString();
    }
}
