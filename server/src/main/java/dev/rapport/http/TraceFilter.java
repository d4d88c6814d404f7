package dev.rapport.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request a trace id, in logs and in error bodies, and measures it. */
@Component
@Order(Integer.MIN_VALUE)
class TraceFilter extends OncePerRequestFilter {
    private final MeterRegistry metrics;

    TraceFilter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long began = System.nanoTime();
        MDC.put(
                "traceId",
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        try {
            chain.doFilter(request, response);
        } finally {
            metrics.timer(
                            "http.server.requests",
                            "method",
                            known(request.getMethod()),
                            "status",
                            Integer.toString(response.getStatus()))
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            MDC.remove("traceId");
        }
    }

    private static String known(String method) {
        return switch (method) {
            case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> method;
            default -> "other";
        };
    }
}
