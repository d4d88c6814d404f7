package dev.rapport.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.http.Json;
import dev.rapport.match.MatchScore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The queue of pairs that may mean the same. */
@Component
class DuplicatePairs {
    private static final Table<Record> PAIR = table(name("duplicate_pair"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> A = field(name("a"), SQLDataType.UUID);
    private static final Field<UUID> B = field(name("b"), SQLDataType.UUID);
    private static final Field<Float> POINTS = field(name("points"), SQLDataType.REAL);
    private static final Field<JSONB> REASONS = field(name("reasons"), SQLDataType.JSONB);
    private static final Field<Boolean> DISMISSED = field(name("dismissed"), SQLDataType.BOOLEAN);

    /** Two records that may mean the same, {@code a} the one with the lower id. */
    record Pair(UUID a, UUID b, double points, JsonNode reasons) {
        static Pair of(UUID one, UUID other, MatchScore score) {
            var reasons = Json.MAPPER.createArrayNode();
            for (var reason : score.reasons())
                reasons.addObject()
                        .put("attribute", reason.attribute())
                        .put("level", reason.level())
                        .put("points", reason.points());
            boolean ordered = compare(one, other) < 0;
            return new Pair(ordered ? one : other, ordered ? other : one, score.points(), reasons);
        }

        /** As PostgreSQL orders them: by their bytes. */
        private static int compare(UUID one, UUID other) {
            int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
    }

    void add(Tx tx, String object, Collection<Pair> pairs) {
        if (pairs.isEmpty()) return;
        var sql = "INSERT INTO duplicate_pair (object, a, b, points, reasons) VALUES (?, ?, ?, ?, ?::jsonb)"
                + " ON CONFLICT (object, a, b) DO UPDATE SET points = excluded.points, reasons = excluded.reasons";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var pair : pairs) {
                statement.setString(1, object);
                statement.setObject(2, pair.a());
                statement.setObject(3, pair.b());
                statement.setFloat(4, (float) pair.points());
                statement.setString(5, pair.reasons().toString());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** Takes open pairs with any of these records off the queue. */
    void removeOpen(Tx tx, Collection<UUID> records) {
        if (records.isEmpty()) return;
        var ids = records.toArray(UUID[]::new);
        tx.dsl()
                .deleteFrom(PAIR)
                .where(A.eq(any(ids)).or(B.eq(any(ids))))
                .and(DISMISSED.isFalse())
                .execute();
    }

    /** The likeliest open pairs after {@code after}. */
    List<Pair> open(Tx tx, String object, @Nullable Pair after, int limit) {
        Condition further = after == null
                ? DSL.noCondition()
                : POINTS.lt((float) after.points())
                        .or(POINTS.eq((float) after.points())
                                .and(row(A, B).gt(row(DSL.val(after.a()), DSL.val(after.b())))));
        return tx.dsl()
                .select(A, B, POINTS, REASONS)
                .from(PAIR)
                .where(OBJECT.eq(object).and(DISMISSED.isFalse()).and(further))
                .orderBy(POINTS.desc(), A, B)
                .limit(limit)
                .fetch(found -> new Pair(
                        found.value1(),
                        found.value2(),
                        found.value3(),
                        Json.stored(found.value4().data())));
    }

    int countOpen(Tx tx, String object, int most) {
        return tx.dsl()
                .fetchCount(tx.dsl()
                        .select(A)
                        .from(PAIR)
                        .where(OBJECT.eq(object).and(DISMISSED.isFalse()))
                        .limit(most));
    }

    /** Whether there is such a pair. */
    boolean dismiss(Tx tx, String object, UUID a, UUID b, boolean dismissed) {
        return tx.dsl()
                        .update(PAIR)
                        .set(DISMISSED, dismissed)
                        .where(OBJECT.eq(object))
                        .and(A.eq(a).and(B.eq(b)).or(A.eq(b).and(B.eq(a))))
                        .execute()
                > 0;
    }
}
