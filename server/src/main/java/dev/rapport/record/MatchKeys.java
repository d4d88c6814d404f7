package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.match.MatchBlock;
import dev.rapport.match.MatchProfile;
import dev.rapport.metadata.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The keys under which records that may mean the same meet, kept in a table of their own. */
@Component
class MatchKeys {
    private static final int COPY_FROM = 100;
    /** A key that more records share is passed over when one is written. */
    private static final int MOST_AT_A_WRITE = 20;

    private static final int MOST_CANDIDATES = 8;

    /** Puts the keys of new records in. */
    void add(Tx tx, String object, Map<UUID, long[]> profiles) {
        try {
            if (profiles.size() >= COPY_FROM) copy(tx, object, profiles);
            else insert(tx, object, profiles);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private static void insert(Tx tx, String object, Map<UUID, long[]> profiles) throws SQLException {
        var sql = "INSERT INTO match_key (object, hash, record_id)"
                + " SELECT ?, hash, ? FROM unnest(?::bigint[]) AS t (hash) ON CONFLICT DO NOTHING";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var entry : profiles.entrySet()) {
                statement.setString(1, object);
                statement.setObject(2, entry.getKey());
                statement.setArray(3, array(tx, entry.getValue()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static java.sql.Array array(Tx tx, long[] keys) throws SQLException {
        var boxed = new Long[keys.length];
        for (int i = 0; i < keys.length; i++) boxed[i] = keys[i];
        return tx.connection().createArrayOf("int8", boxed);
    }

    private static void copy(Tx tx, String object, Map<UUID, long[]> profiles) throws SQLException {
        try (var copy = CopyWriter.open(tx.connection(), "match_key", List.of("object", "hash", "record_id"))) {
            for (var entry : profiles.entrySet())
                for (long key : entry.getValue()) {
                    copy.value(ColumnType.CODE, object);
                    copy.value(ColumnType.BIGINT, key);
                    copy.value(ColumnType.UUID, entry.getKey());
                    copy.endRow();
                }
            copy.finish();
        }
    }

    void remove(Tx tx, Collection<UUID> records) {
        if (records.isEmpty()) return;
        try (var statement = tx.connection().prepareStatement("DELETE FROM match_key WHERE record_id = ANY (?)")) {
            statement.setArray(1, tx.connection().createArrayOf("uuid", records.toArray(UUID[]::new)));
            statement.execute();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /**
     * The records worth comparing with each profile when it is written: they share a strong key or two others, and no key
     * that many share counts. A scan, which need not read them one by one, compares more.
     */
    Map<UUID, Set<UUID>> meeting(Tx tx, String object, Map<UUID, long[]> profiles) {
        var owners = new HashMap<Long, List<UUID>>();
        profiles.forEach((id, own) -> {
            for (long key : own)
                owners.computeIfAbsent(key, k -> new ArrayList<>()).add(id);
        });
        var shared = new HashMap<UUID, Map<UUID, Integer>>();
        holders(tx, object, owners.keySet()).forEach((key, holders) -> {
            if (holders.size() > MOST_AT_A_WRITE) return;
            int weight = MatchProfile.isStrong(key) ? 2 : 1;
            for (var owner : owners.getOrDefault(key, List.of()))
                for (var holder : holders)
                    if (!holder.equals(owner))
                        shared.computeIfAbsent(owner, k -> new HashMap<>()).merge(holder, weight, Integer::sum);
        });
        var meeting = new HashMap<UUID, Set<UUID>>();
        shared.forEach((owner, counts) -> {
            var likeliest = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= 2)
                    .sorted((one, other) -> other.getValue() - one.getValue())
                    .limit(MOST_CANDIDATES)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (!likeliest.isEmpty()) meeting.put(owner, likeliest);
        });
        return meeting;
    }

    private static Map<Long, List<UUID>> holders(Tx tx, String object, Collection<Long> keys) {
        var holders = new HashMap<Long, List<UUID>>();
        if (keys.isEmpty()) return holders;
        var sql = "SELECT h.hash, k.record_id FROM unnest(?::bigint[]) AS h (hash) CROSS JOIN LATERAL"
                + " (SELECT record_id FROM match_key WHERE object = ? AND match_key.hash = h.hash LIMIT "
                + (MOST_AT_A_WRITE + 1) + ") k";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setArray(1, tx.connection().createArrayOf("int8", keys.toArray(Long[]::new)));
            statement.setString(2, object);
            try (var rows = statement.executeQuery()) {
                while (rows.next())
                    holders.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                            .add(rows.getObject(2, UUID.class));
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
        return holders;
    }

    /** The keys of each record, which cost some microseconds to make. */
    static Map<UUID, long[]> of(Map<UUID, MatchProfile> profiles) {
        var keys = new LinkedHashMap<UUID, long[]>();
        profiles.forEach((id, profile) -> keys.put(id, profile.keys()));
        return keys;
    }

    /** Receives the records that share a key. */
    @FunctionalInterface
    interface BlockSink {
        void block(List<UUID> records);
    }

    /** Tells of every key that several records share but not too many, in the order of keys from {@code from} on; returns where it stopped. */
    @Nullable
    Long blocks(Tx tx, String object, long from, int keys, BlockSink sink) {
        var sql =
                "SELECT hash, record_id FROM match_key WHERE object = ? AND hash >= ? ORDER BY object, hash, record_id LIMIT ?";
        var block = new ArrayList<UUID>();
        long at = from;
        int read = 0;
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(10_000);
            statement.setString(1, object);
            statement.setLong(2, from);
            statement.setInt(3, keys);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    long hash = rows.getLong(1);
                    if (hash != at && !block.isEmpty()) {
                        if (block.size() > 1 && block.size() <= MatchBlock.LARGEST) sink.block(List.copyOf(block));
                        block.clear();
                    }
                    at = hash;
                    read++;
                    if (block.size() <= MatchBlock.LARGEST) block.add(rows.getObject(2, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
        if (read < keys) {
            if (block.size() > 1 && block.size() <= MatchBlock.LARGEST) sink.block(List.copyOf(block));
            return null;
        }
        // the last key may go on: it is read again as a whole, unless all that was read has it
        return at == from ? Long.valueOf(at + 1) : Long.valueOf(at);
    }
}
