package dev.rapport.http;

import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Serves the web UI from the jar: assets for a year under their hashed names, the page itself always fresh. */
@Component
class WebUi implements WebMvcConfigurer {
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var encoded = new EncodedResourceResolver();
        encoded.setContentCodings(List.of("br", "gzip"));
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/META-INF/resources/assets/")
                .setCacheControl(CacheControl.maxAge(java.time.Duration.ofDays(365))
                        .cachePublic()
                        .immutable())
                .resourceChain(true)
                .addResolver(encoded)
                .addResolver(new PathResourceResolver());
        // what makes the product installable, asked for anew each time as its names stay
        registry.addResourceHandler("/sw.js", "/index.html", "/manifest.webmanifest", "/icon.svg", "/icon-*.png")
                .addResourceLocations("classpath:/META-INF/resources/")
                .setCacheControl(CacheControl.noCache());
    }

    /** The page for every address that belongs to the UI. */
    @Controller
    static class Page {
        private static final Resource INDEX = new ClassPathResource("META-INF/resources/index.html");

        @GetMapping({
            "/",
            "/sign-in",
            "/setup",
            "/join",
            "/forgotten",
            "/profile",
            "/o/**",
            "/imports",
            "/imports/**",
            "/recycle-bin",
            "/recycle-bin/**",
            "/settings/**",
            "/changes",
            "/changes/**",
            "/duplicates",
            "/duplicates/**",
            "/quality",
            "/quality/**",
            "/sales",
            "/dashboards",
            "/dashboards/**",
            "/reports",
            "/reports/**",
            "/forecast",
            "/commissions",
            "/calendar",
            "/pools",
            "/notifications",
            "/q/**",
            "/f/**",
            "/outbox",
            "/activity",
            "/jobs"
        })
        ResponseEntity<Resource> page() {
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noCache())
                    .contentType(MediaType.TEXT_HTML)
                    .body(INDEX);
        }
    }
}
