package dev.rapport.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.kernel.Refusal;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Token buckets per caller, kept in memory and forgotten when idle. */
@Component
public class RateLimits {
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /**
     * Takes one token from the bucket named {@code key}.
     *
     * @throws Refusal 429 with the seconds to wait when it is empty
     */
    public void take(String key, int capacity, Duration refillOne) {
        var bucket = buckets.get(
                key,
                k -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, refillOne))
                        .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) return;
        long seconds =
                Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1);
        throw Refusal.of(Refusal.Kind.TOO_MANY, "too-many-requests", Map.of("retryAfter", seconds));
    }

    public void forget(String key) {
        buckets.invalidate(key);
    }
}
