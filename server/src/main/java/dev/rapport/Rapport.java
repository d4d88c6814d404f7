package dev.rapport;

import dev.rapport.kernel.Settings;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the server. */
@SpringBootApplication
public class Rapport {
    public static void main(String[] arguments) {
        if (arguments.length == 2 && arguments[0].equals("demo")) {
            DemoCommand.run(arguments[1]);
            return;
        }
        var settings = Settings.fromEnvironment();
        var application = new SpringApplication(Rapport.class);
        application.setDefaultProperties(
                java.util.Map.of("server.port", settings.port(), "server.address", settings.bindAddress()));
        application.run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Settings settings() {
        return Settings.fromEnvironment();
    }
}
