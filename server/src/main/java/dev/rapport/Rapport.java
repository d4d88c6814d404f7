package dev.rapport;

import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import java.time.Clock;
import org.springframework.beans.BeansException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the server. */
@SpringBootApplication
public class Rapport {
    public static void main(String[] arguments) {
        try {
            if (arguments.length == 2 && arguments[0].equals("demo")) DemoCommand.run(arguments[1]);
            else if (arguments.length == 1 && arguments[0].equals("check")) CheckCommand.run();
            else if (arguments.length == 2 && arguments[0].equals("backup")) BackupCommand.backup(arguments[1]);
            else if (arguments.length == 2 && arguments[0].equals("restore")) BackupCommand.restore(arguments[1]);
            else if (arguments.length == 2 && arguments[0].equals("verify-backup")) BackupCommand.verify(arguments[1]);
            else if (arguments.length == 2 && arguments[0].equals("restore-to")) BackupCommand.restoreTo(arguments[1]);
            else if (arguments.length == 1 && arguments[0].equals("check-upgrade")) BackupCommand.checkUpgrade();
            else serve(arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CannotStart e) {
            System.err.println("rapport: " + e.getMessage());
            System.exit(1);
        } catch (BeansException e) {
            System.exit(1); // said already by Spring's log or by CannotStartAnalyzer
        }
    }

    private static void serve(String[] arguments) {
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
