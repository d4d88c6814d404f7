package dev.rapport.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.EmbeddedPostgres;
import dev.rapport.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Before a new version changes the data, they are kept as they were, and a server can start from what was kept. */
@Tag("faults")
@Tag("long")
class UpgradeTest {
    @TempDir
    Path home;

    @TempDir
    Path other;

    /** Makes the data those of the version before the newest migration. */
    private void stepBack() throws Exception {
        try (var postgres = EmbeddedPostgres.start(home.resolve("data"));
                var connection = DriverManager.getConnection(postgres.jdbcUrl() + "?user=postgres");
                var statement = connection.createStatement()) {
            var newest = statement.executeQuery("SELECT max(version::int) FROM flyway_schema_history");
            newest.next();
            assertThat(newest.getInt(1))
                    .as("this test takes the newest migration back by hand")
                    .isEqualTo(24);
            statement.execute("ALTER TABLE file DROP COLUMN limits");
            statement.execute("DELETE FROM flyway_schema_history WHERE version = '24'");
        }
    }

    private List<Path> snapshots() throws Exception {
        var folder = home.resolve("data/snapshots");
        if (!Files.exists(folder)) return List.of();
        try (var paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void theDataFromBeforeAreKept() throws Exception {
        try (var server = ServerProcess.start(home)) {
            server.client().create("account", "{\"name\":\"Kept\"}");
        }
        assertThat(snapshots()).as("a first start has nothing to keep").isEmpty();
        stepBack();
        for (var earlier : List.of("before-20240101-000000-from-7", "before-20250101-000000-from-12"))
            Files.createDirectories(
                    home.resolve("data/snapshots").resolve(earlier).resolve("base"));
        try (var server = ServerProcess.start(home)) {
            server.client().create("account", "{\"name\":\"Written by the new version\"}");
        }
        var kept = snapshots().stream().sorted().toList();
        assertThat(kept.stream().map(path -> path.getFileName().toString()))
                .as("the newest and the one before")
                .hasSize(2)
                .first()
                .isEqualTo("before-20250101-000000-from-12");
        Files.createDirectories(other.resolve("data"));
        var copied = new ProcessBuilder(
                        "cp",
                        "-a",
                        kept.getLast().toString(),
                        other.resolve("data/postgres").toString())
                .start();
        assertThat(copied.waitFor()).isZero();
        try (var server = ServerProcess.start(other)) {
            assertThat(server.client().get("/api/records/account").text())
                    .contains("Kept")
                    .doesNotContain("Written by the new version");
        }
    }
}
