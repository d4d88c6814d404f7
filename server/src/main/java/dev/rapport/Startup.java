package dev.rapport;

import dev.rapport.identity.FirstAdministrator;
import dev.rapport.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the operator where to go once the server is ready. */
@Component
class Startup {
    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    private final FirstAdministrator firstAdministrator;
    private final Settings settings;

    Startup(FirstAdministrator firstAdministrator, Settings settings) {
        this.firstAdministrator = firstAdministrator;
        this.settings = settings;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext context)) return;
        var server = context.getWebServer();
        var address = "http://" + settings.bindAddress() + ":" + (server == null ? settings.port() : server.getPort());
        var setupToken = firstAdministrator.prepare();
        log.info("Rapport is ready at {}", address);
        setupToken.ifPresent(token -> log.info(
                "First run: create the administrator with this link, which works once: {}/setup?token={}",
                address,
                token));
    }
}
