package dev.rapport.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one person from taking the server away from all others. What counts is not how often somebody asks but how long the
 * answers take: each request is charged with its time. Everybody has a reserve of {@link Settings#workQuota()} seconds, of
 * which a twentieth comes back each second; whoever has used it up waits. Without an account, the address counts as the
 * person.
 *
 * <p>Answers carry {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code RateLimit-Reset} in seconds, by
 * draft-ietf-httpapi-ratelimit-headers-07. The reserve is kept by each server for itself.
 */
@Component
@Order(-10)
class WorkQuotaFilter extends OncePerRequestFilter {
    private static final int SECONDS_TO_REFILL = 20;

    private final Cache<String, Bucket> reserves = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private final long capacity;

    WorkQuotaFilter(Settings settings) {
        this.capacity = TimeUnit.SECONDS.toMillis(settings.workQuota());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return !path.startsWith("/api/") || path.equals("/api/health") || path.equals("/api/ready");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var reserve = reserves.get(person(request), unused -> full());
        long left = reserve.getAvailableTokens();
        response.setHeader("RateLimit-Limit", seconds(capacity));
        response.setHeader("RateLimit-Remaining", seconds(Math.max(0, left)));
        response.setHeader("RateLimit-Reset", seconds(refillTime(capacity - left)));
        if (left <= 0) {
            long wait = refillTime(1 - left) / 1000 + 1;
            ProblemWriter.write(
                    request, response, Refusal.of(Refusal.Kind.TOO_MANY, "too-much-work", Map.of("retryAfter", wait)));
            return;
        }
        long begin = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            reserve.consumeIgnoringRateLimits(
                    Math.max(1, Duration.ofNanos(System.nanoTime() - begin).toMillis()));
        }
    }

    private static String person(HttpServletRequest request) {
        return Caller.find(request)
                .map(actor -> actor.id().toString())
                .orElseGet(() -> "address " + request.getRemoteAddr());
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(capacity).refillGreedy(capacity, Duration.ofSeconds(SECONDS_TO_REFILL)))
                .build();
    }

    /** The milliseconds until {@code missing} milliseconds of work have come back. */
    private long refillTime(long missing) {
        return missing * TimeUnit.SECONDS.toMillis(SECONDS_TO_REFILL) / capacity;
    }

    private static String seconds(long milliseconds) {
        return Long.toString(TimeUnit.MILLISECONDS.toSeconds(milliseconds));
    }
}
