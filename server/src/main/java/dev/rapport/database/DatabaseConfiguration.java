package dev.rapport.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.kernel.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to the external PostgreSQL that the operator names, or starts the embedded one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /**
     * What holds for every connection unless a transaction says otherwise. What waits to be sorted into a GIN index is read by
     * every search, so little may wait.
     */
    static final String SESSION = "SET statement_timeout = '15s'; SET lock_timeout = '5s';"
            + " SET idle_in_transaction_session_timeout = '60s'; SET TimeZone = 'UTC'; SET jit = off;"
            + " SET pg_trgm.word_similarity_threshold = 0.5; SET gin_pending_list_limit = '512kB'";

    /** The embedded server, or nothing where an external one is used. Stopped after everything that needs it. */
    static final class PostgresHolder implements DisposableBean {
        final @Nullable EmbeddedPostgres embedded;

        PostgresHolder(@Nullable EmbeddedPostgres embedded) {
            this.embedded = embedded;
        }

        @Override
        public void destroy() {
            if (embedded != null) embedded.close();
        }
    }

    @Bean
    PostgresHolder postgres(Settings settings) {
        return new PostgresHolder(settings.databaseUrl() == null ? EmbeddedPostgres.start(settings.home()) : null);
    }

    @Bean
    HikariDataSource dataSource(Settings settings, PostgresHolder postgres) {
        var config = new HikariConfig();
        if (postgres.embedded != null) {
            config.setJdbcUrl(postgres.embedded.jdbcUrl());
            config.setUsername("postgres");
        }
        if (settings.databaseUrl() != null) {
            config.setJdbcUrl(settings.databaseUrl());
            if (settings.databaseUser() != null) config.setUsername(settings.databaseUser());
            if (settings.databasePassword() != null) config.setPassword(settings.databasePassword());
        }
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(4);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(30_000);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("prepareThreshold", "2");
        config.addDataSourceProperty("preparedStatementCacheQueries", "512");
        config.addDataSourceProperty("ApplicationName", "rapport");
        config.addDataSourceProperty("socketTimeout", String.valueOf(Database.SILENCE.toSeconds()));
        return new HikariDataSource(config);
    }

    @Bean
    Prepared prepared(Database database) {
        return new Prepared(database);
    }

    @Bean
    Database database(HikariDataSource dataSource) {
        return new Database(dataSource);
    }
}
