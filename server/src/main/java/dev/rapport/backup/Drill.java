package dev.rapport.backup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Restores a backup in a process and a folder of its own, starts the server on it, and throws both away. Nothing of the real
 * data is touched.
 */
final class Drill {
    private static final long LONGEST_HOURS = 6;
    private static final int SAID = 4_000;

    private Drill() {}

    /** @param report what the restore said, for people */
    record Outcome(boolean good, String report) {}

    /** @param cancelled whether somebody asked for it to stop */
    static Outcome run(Path archive, Path key, BooleanSupplier cancelled) throws IOException, InterruptedException {
        var place = Files.createTempDirectory("rapport-drill");
        var said = place.resolve("said");
        try {
            var builder = new ProcessBuilder(command(archive));
            var environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("RAPPORT_"));
            environment.put("RAPPORT_HOME", place.resolve("data").toString());
            environment.put("RAPPORT_BACKUP_KEY", key.toString());
            environment.put("RAPPORT_METRICS_PORT", "-1");
            environment.put("RAPPORT_PORT", "0");
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                for (long i = 0; i < TimeUnit.HOURS.toSeconds(LONGEST_HOURS); i++) {
                    if (process.waitFor(1, TimeUnit.SECONDS))
                        return new Outcome(process.exitValue() == 0, report(said));
                    if (cancelled.getAsBoolean()) return new Outcome(false, "Cancelled");
                }
                return new Outcome(false, "The drill took longer than " + LONGEST_HOURS + " hours");
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            }
        } finally {
            delete(place);
        }
    }

    /** This very program, as it was started. */
    private static List<String> command(Path archive) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (var option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            boolean own = option.startsWith("-XX:AOT")
                    || option.startsWith("-agentlib")
                    || option.startsWith("-javaagent")
                    || option.startsWith("-DRAPPORT");
            if (!own) command.add(option);
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.rapport.Rapport");
        command.add("verify-backup");
        command.add(archive.toString());
        return command;
    }

    /** The lines for people, without the server's log. */
    private static String report(Path said) throws IOException {
        var report = new StringBuilder();
        for (var line : Files.readAllLines(said))
            if (!line.matches("^(\\d{4}-.*|WARNING.*|\\s+at .*|)$") && !line.isBlank())
                report.append(line).append('\n');
        return report.length() > SAID ? report.substring(report.length() - SAID) : report.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
