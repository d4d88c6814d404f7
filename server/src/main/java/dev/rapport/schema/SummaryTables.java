package dev.rapport.schema;

import static dev.rapport.schema.SchemaPlanner.quoted;
import static java.util.stream.Collectors.joining;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Summary;
import dev.rapport.metadata.Summary.Key;
import java.util.List;
import java.util.stream.Stream;

/**
 * The DDL of one summary. Each statement that writes records adds rows with what changed, so that writers never wait for
 * one another; {@link Summary#folding} adds up what belongs together. The triggers see every writer, COPY and undo included.
 */
final class SummaryTables {
    private final ObjectDef object;
    private final List<Key> keys;
    private final List<String> sums;
    private final String table;

    SummaryTables(ObjectDef object, Summary summary) {
        this.object = object;
        this.keys = summary.keyColumns(object);
        this.sums = summary.sumColumns(object);
        this.table = summary.table(object);
    }

    /** Makes the table, the triggers that follow the records, and fills it from the records that are there. */
    List<String> create() {
        return List.of(
                createTable(),
                "CREATE INDEX ON %s (%s)".formatted(quoted(table), leading()),
                "CREATE INDEX ON %s (fresh) WHERE fresh".formatted(quoted(table)),
                createFollower(),
                trigger("insert", "INSERT", "NEW TABLE AS added"),
                trigger("update", "UPDATE", "OLD TABLE AS gone NEW TABLE AS added"),
                trigger("delete", "DELETE", "OLD TABLE AS gone"),
                createFolding(),
                createMending(),
                fill());
    }

    private String fill() {
        return insert("%s, false FROM %s WHERE deleted_at IS NULL GROUP BY %s"
                .formatted(fromRecords(), quoted(object.table()), places()));
    }

    /** What the records come to, without the table's name. */
    private String fromRecords() {
        return "SELECT %s, count(*)%s".formatted(taken(), figures(""));
    }

    static List<String> drop(String table) {
        return List.of(
                "DROP FUNCTION IF EXISTS %s() CASCADE".formatted(quoted(table)),
                "DROP FUNCTION IF EXISTS %s()".formatted(quoted(Summary.folding(table))),
                "DROP FUNCTION IF EXISTS %s()".formatted(quoted(Summary.mending(table))),
                "DROP TABLE " + quoted(table));
    }

    private String createTable() {
        var columns = Stream.concat(
                        keys.stream()
                                .map(key ->
                                        quoted(key.column()) + " " + key.type().ddl()),
                        Stream.concat(
                                Stream.of("n bigint NOT NULL"),
                                sums.stream()
                                        .flatMap(sum -> Stream.of(
                                                quoted(Summary.sum(sum)) + " numeric NOT NULL",
                                                quoted(Summary.count(sum)) + " bigint NOT NULL"))))
                .collect(joining(", "));
        return "CREATE TABLE %s (%s, fresh boolean NOT NULL)".formatted(quoted(table), columns);
    }

    /** The first key and the month narrow most questions. */
    private String leading() {
        return Stream.concat(
                        keys.stream().filter(key -> !key.month()).limit(1),
                        keys.stream().filter(Key::month))
                .map(key -> quoted(key.column()))
                .collect(joining(", "));
    }

    private String createFollower() {
        var one = "SELECT %s, %s%s, true FROM %s WHERE deleted_at IS NULL GROUP BY %s";
        var added = insert(one.formatted(taken(), "count(*)", figures(""), "added", places()));
        var gone = insert(one.formatted(taken(), "-count(*)", figures("-"), "gone", places()));
        var both = Stream.concat(keys.stream().map(Key::column), sums.stream())
                .distinct()
                .map(SchemaPlanner::quoted)
                .collect(joining(", "));
        var signed = sums.stream()
                .map(sum -> change(sum) + ", " + changedCount(sum) + ",")
                .collect(joining(" "));
        var differs = Stream.concat(
                        Stream.of("sum(sign) <> 0"),
                        sums.stream().flatMap(sum -> Stream.of(change(sum) + " <> 0", changedCount(sum) + " <> 0")))
                .collect(joining(" OR "));
        var changed = insert("""
                SELECT %s, sum(sign), %s true FROM (
                  SELECT %s, 1 AS sign FROM added WHERE deleted_at IS NULL
                  UNION ALL SELECT %s, -1 FROM gone WHERE deleted_at IS NULL) AS t
                GROUP BY %s HAVING %s""".formatted(taken(), signed, both, both, places(), differs));
        return """
               CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$
               BEGIN
                 IF TG_OP = 'INSERT' THEN %s;
                 ELSIF TG_OP = 'DELETE' THEN %s;
                 ELSE %s;
                 END IF;
                 RETURN NULL;
               END $$""".formatted(quoted(table), added, gone, changed);
    }

    private static String change(String sum) {
        return "coalesce(sum(sign * %s), 0)".formatted(quoted(sum));
    }

    private static String changedCount(String sum) {
        return "coalesce(sum(sign) FILTER (WHERE %s IS NOT NULL), 0)".formatted(quoted(sum));
    }

    private String trigger(String when, String event, String tables) {
        return "CREATE TRIGGER %s AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %s()"
                .formatted(quoted(table + "_" + when), event, quoted(object.table()), tables, quoted(table));
    }

    private String createFolding() {
        var all = sums.stream()
                .flatMap(sum -> Stream.of(Summary.sum(sum), Summary.count(sum)))
                .map(column -> "sum(%s),".formatted(quoted(column)))
                .collect(joining(" "));
        var holds = Stream.concat(
                        Stream.of("n"), sums.stream().flatMap(sum -> Stream.of(Summary.sum(sum), Summary.count(sum))))
                .map(column -> "sum(%s) <> 0".formatted(quoted(column)))
                .collect(joining(" OR "));
        var fold = "WITH gone AS (DELETE FROM %s RETURNING *) ".formatted(quoted(table))
                + insert("SELECT %s, sum(n), %s false FROM gone GROUP BY %s HAVING %s"
                        .formatted(names(), all, places(), holds));
        return "CREATE FUNCTION %s() RETURNS bigint LANGUAGE sql AS $$ %s; SELECT 0::bigint $$"
                .formatted(quoted(Summary.folding(table)), fold);
    }

    private String createMending() {
        var kept = Stream.concat(
                        Stream.of("n"), sums.stream().flatMap(sum -> Stream.of(Summary.sum(sum), Summary.count(sum))))
                .map(column -> "sum(%s)".formatted(quoted(column)))
                .collect(joining(", "));
        var records = "%s FROM %s WHERE deleted_at IS NULL GROUP BY %s"
                .formatted(fromRecords(), quoted(object.table()), places());
        var own = "SELECT %s, %s FROM %s GROUP BY %s HAVING sum(n) <> 0"
                .formatted(names(), kept, quoted(table), places());
        return """
               CREATE FUNCTION %s() RETURNS bigint LANGUAGE plpgsql AS $$
               DECLARE differing bigint;
               BEGIN
                 SELECT greatest(
                   (SELECT count(*) FROM ((%s) EXCEPT ALL (%s)) AS missing),
                   (SELECT count(*) FROM ((%s) EXCEPT ALL (%s)) AS wrong)) INTO differing;
                 IF differing > 0 THEN
                   LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE;
                   DELETE FROM %s;
                   %s;
                 END IF;
                 RETURN differing;
               END $$""".formatted(
                        quoted(Summary.mending(table)),
                        records,
                        own,
                        own,
                        records,
                        quoted(object.table()),
                        quoted(table),
                        fill());
    }

    private String insert(String select) {
        var columns = Stream.concat(
                        keys.stream().map(Key::column),
                        Stream.concat(
                                Stream.of("n"),
                                Stream.concat(
                                        sums.stream().flatMap(sum -> Stream.of(Summary.sum(sum), Summary.count(sum))),
                                        Stream.of("fresh"))))
                .map(SchemaPlanner::quoted)
                .collect(joining(", "));
        return "INSERT INTO %s (%s) %s".formatted(quoted(table), columns, select);
    }

    /** The sums of records, each with a comma before it. */
    private String figures(String sign) {
        return sums.stream()
                .map(sum -> ", %1$scoalesce(sum(%2$s), 0), %1$scount(%2$s)".formatted(sign, quoted(sum)))
                .collect(joining());
    }

    private String names() {
        return keys.stream().map(key -> quoted(key.column())).collect(joining(", "));
    }

    /** The keys as they are taken from a record. */
    private String taken() {
        return keys.stream().map(SummaryTables::taken).collect(joining(", "));
    }

    private static String taken(Key key) {
        var column = quoted(key.column());
        if (!key.month()) return column;
        return key.type() == ColumnType.DATE
                ? "date_trunc('month', %s::timestamp)::date".formatted(column)
                : "date_trunc('month', %s, 'UTC')".formatted(column);
    }

    private String places() {
        return Stream.iterate(1, place -> place <= keys.size(), place -> place + 1)
                .map(String::valueOf)
                .collect(joining(", "));
    }
}
