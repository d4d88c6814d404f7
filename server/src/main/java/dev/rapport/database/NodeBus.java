package dev.rapport.database;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jooq.impl.SQLDataType;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the other nodes on the same database what happened here, and hears what happened there, by PostgreSQL's NOTIFY and
 * LISTEN. Messages are hints: one may be lost when a node dies or a queue is full, so nothing may depend on them for
 * being right.
 */
@Component
public class NodeBus implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(NodeBus.class);
    private static final String CHANNEL = "rapport_nodes";
    /** PostgreSQL takes less than 8,000 bytes. */
    private static final int MAX_PAYLOAD = 7_500;

    private static final int GATHER_MS = 30;
    /** How long a stop may have to wait. */
    private static final int WAIT_MS = 250;

    /** What another node told. */
    public record Heard(String topic, String body) {}

    private record Message(String topic, String body) {
        String line() {
            return topic + "\t" + body + "\n";
        }
    }

    private final Database database;
    private final ApplicationEventPublisher events;
    private final String node = UUID.randomUUID().toString();
    private final BlockingQueue<Message> outgoing = new ArrayBlockingQueue<>(10_000);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    public NodeBus(Database database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
    }

    /** Tells the other nodes soon. @param body one line of text without tabs, such as JSON */
    public void tell(String topic, String body) {
        if (!outgoing.offer(new Message(topic, body)))
            log.debug("Too much to tell other nodes; one message is dropped");
    }

    @Override
    public void start() {
        running = true;
        threads.add(Thread.ofVirtual().name("node-bus-tell").start(this::tellAll));
        threads.add(Thread.ofVirtual().name("node-bus-hear").start(this::hearAll));
    }

    @Override
    public void stop() {
        running = false;
        // an interrupt would break the listening connection, which ends its wait soon by itself
        threads.getFirst().interrupt();
        try {
            for (var thread : threads) thread.join(Duration.ofMillis(4 * WAIT_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void tellAll() {
        try {
            Message next = null;
            while (running) {
                var payload = new StringBuilder(node).append('\n');
                if (next == null) next = outgoing.take();
                Thread.sleep(GATHER_MS);
                while (next != null && bytes(payload) + bytes(next.line()) <= MAX_PAYLOAD) {
                    payload.append(next.line());
                    next = outgoing.poll();
                }
                if (payload.length() == node.length() + 1) next = null; // longer than a message may be
                else send(payload.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private void send(String payload) {
        try {
            database.read(tx -> tx.dsl()
                    .select(function(name("pg_notify"), SQLDataType.OTHER, val(CHANNEL), val(payload)))
                    .fetch());
        } catch (RuntimeException e) {
            if (running) log.warn("Other nodes could not be told: {}", e.getMessage());
        }
    }

    private void hearAll() {
        while (running) {
            try (var connection = database.dataSource().getConnection()) {
                hear(connection);
            } catch (SQLException e) {
                if (running) log.debug("Listening to other nodes begins again", e);
            }
            if (running && !pause()) return;
        }
    }

    private void hear(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
        }
        var notifications = connection.unwrap(PGConnection.class);
        while (running)
            for (var notification : notifications.getNotifications(WAIT_MS)) receive(notification.getParameter());
    }

    private void receive(String payload) {
        var lines = payload.split("\n");
        if (lines[0].equals(node)) return;
        for (int i = 1; i < lines.length; i++) {
            int tab = lines[i].indexOf('\t');
            if (tab > 0) events.publishEvent(new Heard(lines[i].substring(0, tab), lines[i].substring(tab + 1)));
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(1_000);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
