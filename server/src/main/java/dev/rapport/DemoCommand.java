package dev.rapport;

import dev.rapport.database.Database;
import dev.rapport.demo.DemoCompany;
import dev.rapport.identity.FirstAdministrator;
import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** {@code ./rapport demo N}: fills the data folder and ends. */
final class DemoCommand {
    private static final Logger log = LoggerFactory.getLogger(DemoCommand.class);
    private static final int MAX = 10_000_000;

    private DemoCommand() {}

    static void run(String size) {
        if (!size.matches("[1-9]\\d{0,7}") || Integer.parseInt(size) > MAX)
            throw new CannotStart("The number of contacts must be between 1 and " + MAX + ", but is: " + size);
        var application = new SpringApplication(Rapport.class);
        application.setDefaultProperties(java.util.Map.of("server.port", 0, "server.address", "127.0.0.1"));
        try (var context = application.run()) {
            var made = context.getBean(FirstAdministrator.class).ensure();
            made.password().ifPresent(password -> log.info("Sign in as admin with the password {}", password));
            context.getBean(DemoCompany.class).fill(made.actor(), Integer.parseInt(size));
            context.getBean(Database.class).analyse();
            log.info(
                    "Start the server on it with ./rapport run; the data is in {}",
                    context.getBean(Settings.class).home());
        }
    }
}
