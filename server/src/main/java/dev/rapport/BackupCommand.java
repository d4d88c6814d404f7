package dev.rapport;

import dev.rapport.backup.BackupTool;
import dev.rapport.kernel.Settings;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** {@code ./rapport backup}, {@code restore} and {@code verify-backup}. */
final class BackupCommand {
    private BackupCommand() {}

    static void backup(String target) {
        tool().backup(target);
    }

    static void restore(String archive) {
        tool().restore(archive);
    }

    /** A restore into a place that is thrown away, and a start of the server on what came back. */
    static void verify(String archive) {
        tool().restore(archive);
        startOnce();
    }

    /** Starts this version once on a copy of the data. */
    static void checkUpgrade() {
        var begun = System.nanoTime();
        startOnce();
        System.out.printf(
                "This version starts on the data, after %d seconds.%n", (System.nanoTime() - begun) / 1_000_000_000L);
    }

    static void restoreTo(String moment) {
        tool().restoreTo(moment);
    }

    private static BackupTool tool() {
        return new BackupTool(Settings.fromEnvironment(), BackupCommand::startOnce);
    }

    /** It brings the schema up to date, and shows that the server can run on the data. */
    private static void startOnce() {
        var application = new SpringApplication(Rapport.class);
        application.setDefaultProperties(Map.of("server.port", 0, "server.address", "127.0.0.1"));
        application.run().close();
    }
}
