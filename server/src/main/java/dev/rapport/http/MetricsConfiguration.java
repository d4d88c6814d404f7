package dev.rapport.http;

import com.sun.net.httpserver.HttpServer;
import dev.rapport.kernel.Settings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics for Prometheus on a port of their own, reachable from this machine only. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    private static final Logger log = LoggerFactory.getLogger(MetricsConfiguration.class);

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    DisposableBean metricsServer(Settings settings, PrometheusMeterRegistry registry) {
        var gc = new JvmGcMetrics();
        gc.bindTo(registry);
        var server = start(settings, registry);
        return () -> {
            gc.close();
            if (server != null) server.stop(0);
        };
    }

    private static @Nullable HttpServer start(Settings settings, PrometheusMeterRegistry registry) {
        if (settings.metricsPort() < 0) return null;
        try {
            var server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.metricsPort()), 4);
            server.createContext("/metrics", exchange -> {
                var text = registry.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            log.warn(
                    "No metrics: port {} is taken. Set RAPPORT_METRICS_PORT to another, or to -1 for none.",
                    settings.metricsPort());
            return null;
        }
    }
}
