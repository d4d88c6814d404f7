package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("faults")
class EmbeddedPostgresTest {
    @TempDir
    Path home;

    @Test
    void comesBackAfterAKillAndKeepsWhatWasCommitted() throws Exception {
        try (var postgres = EmbeddedPostgres.start(home)) {
            execute(postgres, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
            new ProcessBuilder("kill", "-9", Long.toString(postgres.pid()))
                    .start()
                    .waitFor();
            assertThat(eventually(postgres, "SELECT n FROM kept")).isEqualTo(1);
        }
    }

    @Test
    void aStalePidFileOfAnotherProcessHarmsNobody() throws Exception {
        EmbeddedPostgres.start(home).close();
        var other = new ProcessBuilder("sleep", "60").start();
        Files.writeString(
                home.resolve("postgres/postmaster.pid"), other.pid() + "\n" + home.resolve("postgres") + "\n");
        try (var postgres = EmbeddedPostgres.start(home)) {
            assertThat(eventually(postgres, "SELECT 2")).isEqualTo(2);
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroy();
        }
    }

    @Test
    void twoServersNeverShareAFolder() {
        try (var postgres = EmbeddedPostgres.start(home)) {
            assertThat(postgres.isRunning()).isTrue();
            assertThatThrownBy(() -> EmbeddedPostgres.start(home)).hasMessageContaining("Another Rapport is running");
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int eventually(EmbeddedPostgres postgres, String sql) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            } catch (SQLException e) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("PostgreSQL did not come back");
    }
}
