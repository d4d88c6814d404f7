import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time that the application and its PostgreSQL have used, from /proc; the load generator's own is not in it. */
final class CpuClock {
    private static final double TICKS_PER_SECOND = 100;

    private final long application;
    private final long postmaster;

    CpuClock(long application, long postmaster) {
        this.application = application;
        this.postmaster = postmaster;
    }

    /** Seconds used by the application process. */
    double application() throws IOException {
        return seconds(application, false);
    }

    /** Seconds used by all PostgreSQL processes, those that have ended included. */
    double database() throws IOException {
        double sum = seconds(postmaster, true);
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var fields = stat(Long.parseLong(process.getFileName().toString()));
                if (fields != null && Long.parseLong(fields[1]) == postmaster)
                    sum += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
            }
        }
        return sum;
    }

    private static double seconds(long pid, boolean withEndedChildren) throws IOException {
        var fields = stat(pid);
        if (fields == null) throw new IOException("Process " + pid + " is gone");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        if (withEndedChildren) ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
        return ticks / TICKS_PER_SECOND;
    }

    /** The fields of /proc/PID/stat after the command's name: state, parent, … ; null if there is no such process. */
    private static String[] stat(long pid) throws IOException {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.UTF_8);
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (java.nio.file.NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) return null;
            throw e;
        }
    }

    /** Resident memory of the application in MiB. */
    double residentMiB() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(application), "status")))
            if (line.startsWith("VmRSS:")) return Double.parseDouble(line.replaceAll("\\D+", "")) / 1024;
        return 0;
    }
}
