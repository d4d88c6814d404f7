package dev.rapport.http;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a POST with an {@code Idempotency-Key} happen once: the same key with the same body gets the first answer again,
 * with another body it is refused. A request that died half-way leaves its key locked for a minute. Answers are kept a day.
 */
@Component
@Order(0)
class IdempotencyFilter extends OncePerRequestFilter {
    private static final Table<Record> TABLE = table(name("idempotency"));
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final Field<String> KEY = field(name("key"), SQLDataType.VARCHAR);
    private static final Field<byte[]> HASH = field(name("request_hash"), SQLDataType.BLOB);
    private static final Field<String> STATE = field(name("state"), SQLDataType.VARCHAR);
    private static final Field<Integer> STATUS = field(name("status"), SQLDataType.INTEGER);
    private static final Field<JSONB> HEADERS = field(name("headers"), SQLDataType.JSONB);
    private static final Field<byte[]> BODY = field(name("body"), SQLDataType.BLOB);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final int WAITS = 100;

    private final Database database;

    IdempotencyFilter(Database database) {
        this.database = database;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader("Idempotency-Key") == null
                || Caller.find(request).isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var actor = Caller.of(request);
            var key = request.getHeader("Idempotency-Key");
            if (key.isBlank() || key.length() > 200)
                throw Refusal.invalid(Violation.of("Idempotency-Key", "too-long", "max", 200));
            var repeatable = Repeatable.of(request);
            var hash = hash(repeatable);
            if (claim(actor, key, hash)) first(actor, key, repeatable, response, chain);
            else again(actor, key, hash, response);
        } catch (Refusal refusal) {
            ProblemWriter.write(request, response, refusal);
        }
    }

    private boolean claim(Actor actor, String key, byte[] hash) {
        return database.transact(tx -> {
            var stale = Instant.now().minusSeconds(60);
            tx.dsl()
                    .deleteFrom(TABLE)
                    .where(mine(actor, key).and(STATE.eq("running")).and(CREATED_AT.lt(stale)))
                    .execute();
            return tx.dsl()
                            .insertInto(TABLE)
                            .set(ACTOR, actor.id().value())
                            .set(KEY, key)
                            .set(HASH, hash)
                            .set(STATE, "running")
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        });
    }

    private void first(
            Actor actor, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caching = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, caching);
        } catch (ServletException | IOException | RuntimeException e) {
            forget(actor, key);
            throw e;
        }
        if (caching.getStatus() >= 500) forget(actor, key);
        else keep(actor, key, caching);
        caching.copyBodyToResponse();
    }

    private void keep(Actor actor, String key, ContentCachingResponseWrapper response) {
        var headers = Json.object();
        for (var header : new String[] {"Content-Type", "Location", "ETag"})
            if (response.getHeader(header) != null) headers.put(header, response.getHeader(header));
        if (response.getContentType() != null) headers.put("Content-Type", response.getContentType());
        database.run(tx -> {
            tx.dsl()
                    .update(TABLE)
                    .set(STATE, "done")
                    .set(STATUS, response.getStatus())
                    .set(HEADERS, JSONB.valueOf(headers.toString()))
                    .set(BODY, response.getContentAsByteArray())
                    .where(mine(actor, key))
                    .execute();
            tx.dsl()
                    .deleteFrom(TABLE)
                    .where(CREATED_AT.lt(Instant.now().minus(java.time.Duration.ofDays(1))))
                    .execute();
        });
    }

    private void forget(Actor actor, String key) {
        database.run(tx -> tx.dsl().deleteFrom(TABLE).where(mine(actor, key)).execute());
    }

    private void again(Actor actor, String key, byte[] hash, HttpServletResponse response) throws IOException {
        for (int wait = 0; wait < WAITS; wait++) {
            var row = database.read(tx -> tx.dsl()
                            .select(HASH, STATE, STATUS, HEADERS, BODY)
                            .from(TABLE)
                            .where(mine(actor, key))
                            .fetchOptional())
                    .map(found -> (Record) found)
                    .orElseThrow(() -> Refusal.of(Refusal.Kind.CONFLICT, "idempotency-running"));
            if (!Arrays.equals(row.get(HASH), hash))
                throw Refusal.invalid(Violation.of("Idempotency-Key", "key-reused"));
            if ("done".equals(row.get(STATE))) {
                replay(row, response);
                return;
            }
            pause();
        }
        throw Refusal.of(Refusal.Kind.CONFLICT, "idempotency-running");
    }

    private static void replay(Record row, HttpServletResponse response) throws IOException {
        response.setStatus(Objects.requireNonNull(row.get(STATUS)));
        Json.stored(Objects.requireNonNull(row.get(HEADERS)).data())
                .properties()
                .forEach(header ->
                        response.setHeader(header.getKey(), header.getValue().asString()));
        response.setHeader("Idempotent-Replayed", "true");
        byte @Nullable [] body = row.get(BODY);
        if (body != null) response.getOutputStream().write(body);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Condition mine(Actor actor, String key) {
        return ACTOR.eq(actor.id().value()).and(KEY.eq(key));
    }

    private static byte[] hash(HttpServletRequest request) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getRequestURI() + "?" + request.getQueryString()).getBytes(StandardCharsets.UTF_8));
            if (request instanceof Repeatable repeatable) digest.update(repeatable.body);
            else addParts(request, digest);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parts of an upload, which lie in memory or in files by then; one that cannot be read is refused further on. */
    private static void addParts(HttpServletRequest request, MessageDigest digest) throws IOException {
        try {
            for (var part : request.getParts()) {
                var file = part.getSubmittedFileName();
                digest.update((part.getName() + "\0" + (file == null ? "" : file) + "\0" + part.getSize() + "\0")
                        .getBytes(StandardCharsets.UTF_8));
                try (var content = new DigestInputStream(part.getInputStream(), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (ServletException | IllegalStateException e) {
            digest.update((byte) 0);
        }
    }

    /** A request whose body was read to hash it and can be read once more. */
    private static final class Repeatable extends HttpServletRequestWrapper {
        private final byte[] body;

        private Repeatable(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        static HttpServletRequest of(HttpServletRequest request) throws IOException {
            var type = request.getContentType();
            if (type != null && type.startsWith("multipart/")) return request;
            var body = request.getInputStream().readNBytes(Json.MAX_DOCUMENT + 1);
            if (body.length > Json.MAX_DOCUMENT) throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large");
            return new Repeatable(request, body);
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("Bodies are read at once");
                }
            };
        }
    }
}
