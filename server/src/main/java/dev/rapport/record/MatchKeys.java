package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.match.MatchBlock;
import dev.rapport.match.MatchProfile;
import dev.rapport.metadata.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
    private static final String HELD = "SELECT h.hash, k.record_id FROM h CROSS JOIN LATERAL"
            + " (SELECT record_id FROM match_key WHERE match_key.hash = h.hash LIMIT " + (MOST_AT_A_WRITE + 1) + ") k";
    private static final String HOLDERS = "WITH h AS (SELECT unnest(?::bigint[]) AS hash) " + HELD;
    private static final String ADD_AND_HOLDERS =
            "WITH h AS MATERIALIZED (SELECT unnest(?::bigint[]) AS hash), added AS"
                    + " (INSERT INTO match_key (hash, record_id) SELECT hash, ? FROM h ON CONFLICT DO NOTHING) " + HELD;

    /** Puts keys in, each with the record that has it. */
    void add(Tx tx, Map<UUID, long[]> keys) {
        change(
                tx,
                keys,
                "INSERT INTO match_key (hash, record_id) SELECT unnest(?::bigint[]), ? ON CONFLICT DO NOTHING");
    }

    /** Takes keys out. What is not there, because it was made by other rules, is passed over. */
    void remove(Tx tx, Map<UUID, long[]> keys) {
        change(tx, keys, "DELETE FROM match_key WHERE hash = ANY (?) AND record_id = ?");
    }

    private static void change(Tx tx, Map<UUID, long[]> keys, String sql) {
        if (keys.isEmpty()) return;
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var entry : keys.entrySet()) {
                if (entry.getValue().length == 0) continue;
                statement.setArray(1, array(tx, entry.getValue()));
                statement.setObject(2, entry.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private static java.sql.Array array(Tx tx, long[] keys) throws SQLException {
        return tx.connection().createArrayOf("int8", Arrays.stream(keys).boxed().toArray());
    }

    /** Puts the keys of new records in, in the order of the index: so the pages of many are read and written once. */
    private static void copy(Tx tx, Map<UUID, long[]> keys) {
        record Entry(long hash, UUID record) {}
        var entries = new ArrayList<Entry>();
        keys.forEach((record, hashes) -> {
            for (long hash : hashes) entries.add(new Entry(hash, record));
        });
        entries.sort(Comparator.comparingLong(Entry::hash));
        try (var copy = CopyWriter.open(tx.connection(), "match_key", List.of("hash", "record_id"))) {
            for (var entry : entries) {
                copy.value(ColumnType.BIGINT, entry.hash());
                copy.value(ColumnType.UUID, entry.record());
                copy.endRow();
            }
            copy.finish();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /**
     * The records worth comparing with each profile when it is written: they share a strong key or two others, and no key
     * that many share counts. A scan, which need not read them one by one, compares more.
     */
    Map<UUID, Set<UUID>> meeting(Tx tx, Map<UUID, long[]> keys) {
        return meeting(keys, holders(tx, sorted(keys), null));
    }

    /** Puts the keys of new records in, and finds who had one of them. */
    Map<UUID, Set<UUID>> addAndMeet(Tx tx, Map<UUID, long[]> keys) {
        if (keys.size() == 1) {
            var only = keys.entrySet().iterator().next();
            return meeting(keys, holders(tx, only.getValue(), only.getKey()));
        }
        // asked before they are put in, so that the answer is of others and not of each key's own record
        var held = holders(tx, sorted(keys), null);
        if (keys.size() < COPY_FROM) add(tx, keys);
        else copy(tx, keys);
        return meeting(keys, held);
    }

    private static long[] sorted(Map<UUID, long[]> keys) {
        return keys.values().stream()
                .flatMapToLong(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
    }

    /** The keys that several of these records have. */
    private static Set<Long> repeated(Map<UUID, long[]> keys) {
        var all = keys.values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
        var repeated = new HashSet<Long>();
        for (int i = 1; i < all.length; i++) if (all[i] == all[i - 1]) repeated.add(all[i]);
        return repeated;
    }

    private static Map<UUID, Set<UUID>> meeting(Map<UUID, long[]> keys, Map<Long, List<UUID>> held) {
        var met = new HashSet<>(held.keySet());
        met.addAll(repeated(keys));
        var owners = new HashMap<Long, List<UUID>>();
        keys.forEach((id, own) -> {
            for (long key : own)
                if (met.contains(key))
                    owners.computeIfAbsent(key, k -> new ArrayList<>()).add(id);
        });
        var shared = new HashMap<UUID, Map<UUID, Integer>>();
        owners.forEach((key, own) -> {
            var holders = new HashSet<>(held.getOrDefault(key, List.of()));
            holders.addAll(own);
            if (holders.size() > MOST_AT_A_WRITE) return;
            int weight = MatchProfile.isStrong(key) ? 2 : 1;
            for (var owner : own)
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

    /** @param owner the record to put in under these keys in the same step; null for none */
    private static Map<Long, List<UUID>> holders(Tx tx, long[] keys, @Nullable UUID owner) {
        var holders = new HashMap<Long, List<UUID>>();
        if (keys.length == 0) return holders;
        try (var statement = tx.connection().prepareStatement(owner == null ? HOLDERS : ADD_AND_HOLDERS)) {
            statement.setArray(1, array(tx, keys));
            if (owner != null) statement.setObject(2, owner);
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

    /** The keys of each record, which cost some microseconds to make. Keys of two objects never meet. */
    static Map<UUID, long[]> of(String object, Map<UUID, MatchProfile> profiles) {
        var keys = new LinkedHashMap<UUID, long[]>();
        profiles.forEach((id, profile) -> keys.put(id, of(object, profile)));
        return keys;
    }

    static long[] of(String object, MatchProfile profile) {
        return profile.keys(object);
    }

    /** Receives the records that share a key. */
    @FunctionalInterface
    interface BlockSink {
        void block(List<UUID> records);
    }

    /** Tells of every key that several records share but not too many, in the order of keys from {@code from} on; returns where it stopped. */
    @Nullable
    Long blocks(Tx tx, long from, int keys, BlockSink sink) {
        var sql = "SELECT hash, record_id FROM match_key WHERE hash >= ? ORDER BY hash, record_id LIMIT ?";
        var block = new ArrayList<UUID>();
        long at = from;
        int read = 0;
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setFetchSize(10_000);
            statement.setLong(1, from);
            statement.setInt(2, keys);
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
