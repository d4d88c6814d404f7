package dev.rapport.kernel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides, read once from the environment.
 *
 * @param home folder that holds everything this installation keeps on disk
 * @param databaseUrl JDBC URL of an external PostgreSQL; {@code null} starts the embedded one in {@code home}
 * @param port HTTP port on the loopback address, 0 for any free one
 * @param metricsPort Prometheus metrics on the loopback address, 0 for any free one, negative for none
 * @param bindAddress address to listen on
 * @param url where people reach the server, for links in mails
 * @param region ISO country that phone numbers without a country code belong to
 * @param currency ISO currency of amounts written without one
 * @param zone time zone of users who have not chosen theirs
 * @param smtpUrl the mail server, such as {@code smtp://user:password@host:587}; {@code null} for none
 * @param mailFrom the address that mails come from
 * @param mailRecallSeconds so long a mail waits before it goes, so that it can be kept back
 * @param secureCookies whether browsers reach this server by HTTPS
 * @param exportRowsPerDay how many rows one person may export in a day
 * @param workQuota the seconds of this server's time that one person has in reserve; a twentieth comes back each second
 */
public record Settings(
        Path home,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        int port,
        int metricsPort,
        String bindAddress,
        String url,
        String region,
        String currency,
        String zone,
        @Nullable String smtpUrl,
        @Nullable String mailFrom,
        int mailRecallSeconds,
        boolean secureCookies,
        int workQuota,
        int exportRowsPerDay) {

    /** @throws CannotStart naming the variable that cannot be used, and why */
    public static Settings fromEnvironment() {
        return new Settings(
                Path.of(text("RAPPORT_HOME", System.getProperty("user.home") + "/.rapport"))
                        .toAbsolutePath(),
                find("RAPPORT_DATABASE_URL"),
                find("RAPPORT_DATABASE_USER"),
                find("RAPPORT_DATABASE_PASSWORD"),
                number("RAPPORT_PORT", 8080),
                number("RAPPORT_METRICS_PORT", 9090),
                text("RAPPORT_BIND", "127.0.0.1"),
                text("RAPPORT_URL", "http://127.0.0.1:" + number("RAPPORT_PORT", 8080))
                        .replaceAll("/+$", ""),
                text("RAPPORT_REGION", "CN"),
                text("RAPPORT_CURRENCY", "CNY"),
                text("RAPPORT_ZONE", "Asia/Shanghai"),
                find("RAPPORT_SMTP_URL"),
                find("RAPPORT_MAIL_FROM"),
                number("RAPPORT_MAIL_RECALL_SECONDS", 10),
                Boolean.parseBoolean(text("RAPPORT_HTTPS", "false")),
                positive("RAPPORT_WORK_QUOTA", 1000),
                positive("RAPPORT_EXPORT_ROWS_PER_DAY", 1_000_000));
    }

    /** A file or folder that the operator names, or one in the data folder. */
    public Path path(String name, String inHome) {
        var named = find(name);
        return named == null ? home.resolve(inHome) : Path.of(named).toAbsolutePath();
    }

    private static String text(String name, String fallback) {
        var value = find(name);
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    /** From the environment, or from a system property of the same name. */
    public static @Nullable String find(String name) {
        var value = System.getenv(name);
        var found = value == null ? System.getProperty(name) : value;
        return found == null || found.isBlank() ? null : found.strip();
    }

    private static int positive(String name, int fallback) {
        int value = number(name, fallback);
        if (value <= 0) throw new CannotStart(name + " must be greater than 0, but is: " + value);
        return value;
    }

    private static int number(String name, int fallback) {
        var value = text(name, Integer.toString(fallback));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new CannotStart(name + " must be a whole number, but is: " + value, e);
        }
    }
}
