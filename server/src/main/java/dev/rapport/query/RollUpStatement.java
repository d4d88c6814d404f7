package dev.rapport.query;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import dev.rapport.database.Tx;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Brings a roll-up of some records up to date by one statement over their children. Every child counts, seen by somebody
 * or not: who may read the figure is decided when it is read.
 */
public final class RollUpStatement {
    private static final RowScope ALL_CHILDREN = (object, table) -> trueCondition();
    private static final String PARENT = "p";
    private static final String FIGURE = "f";

    private final ObjectDef parent;
    private final Field<?> target;
    private final Computation.RollUp rollUp;
    private final ObjectDef child;
    private final @Nullable Predicate filter;

    /** @param filter which children count, read from the roll-up's own filter; null for all */
    public RollUpStatement(
            ObjectDef parent, Field<?> target, Computation.RollUp rollUp, ObjectDef child, @Nullable Predicate filter) {
        this.parent = parent;
        this.target = target;
        this.rollUp = rollUp;
        this.child = child;
        this.filter = filter;
    }

    public ObjectDef parent() {
        return parent;
    }

    public Field<?> target() {
        return target;
    }

    public Computation.RollUp rollUp() {
        return rollUp;
    }

    /** Fields of the child whose change may change the figure. */
    public boolean dependsOn(String childField) {
        return childField.equals(rollUp.via())
                || rollUp.fields().stream().anyMatch(path -> path.split("\\.")[0].equals(childField));
    }

    /**
     * Sets the figure of these parents and returns those whose figure has changed. The parents are locked in id order
     * before the children are read, so that two transactions adding children to one parent both count.
     */
    public List<UUID> refresh(Tx tx, Collection<UUID> parents) {
        if (parents.isEmpty()) return List.of();
        var ids = parents.toArray(UUID[]::new);
        var source = table(name(parent.table())).as(name(PARENT));
        var id = field(name(PARENT, "id"), SQLDataType.UUID);
        tx.dsl()
                .select(id)
                .from(source)
                .where(id.eq(any(ids)))
                .orderBy(id)
                .forUpdate()
                .fetch();
        var assignments = new LinkedHashMap<org.jooq.Field<?>, org.jooq.Field<?>>();
        Condition differs = DSL.falseCondition();
        for (var column : target.columns()) {
            var type = SqlTypes.of(column.type());
            var now = field(name(PARENT, column.name()), type);
            var next = field(name(FIGURE, column.name()), type);
            assignments.put(field(name(column.name()), type), next);
            differs = differs.or(now.coerce(Object.class).isDistinctFrom(next.coerce(Object.class)));
        }
        return tx.dsl()
                .update(source)
                .set(assignments)
                .from(figuresOf(ids).asTable(name(FIGURE)))
                .where(id.eq(field(name(FIGURE, "parent_id"), SQLDataType.UUID)))
                .and(differs)
                .returningResult(id)
                .fetch(row -> row.value1());
    }

    /** One row for each of these parents. */
    private org.jooq.Select<?> figuresOf(UUID[] ids) {
        var id = field(name("q", "id"), SQLDataType.UUID);
        var fields = new ArrayList<org.jooq.Field<?>>();
        fields.add(id.as(name("parent_id")));
        for (var column : target.columns()) fields.add(field(name("g", column.name()), SqlTypes.of(column.type())));
        return select(fields)
                .from(table(name(parent.table())).as(name("q")))
                .crossJoin(lateral(figures(id)).as(name("g")))
                .where(id.eq(any(ids)));
    }

    /**
     * One row: the figure's columns over the live children of the record with this id. {@code FILTER}
     * keeps PostgreSQL from any index but that of the link: before it has looked at a table that has just been filled, it
     * takes those of the filter or of the least value for cheaper, and reads most of the table for each parent.
     */
    private org.jooq.Select<?> figures(org.jooq.Field<UUID> parentId) {
        var relation = new Relation(child, "r", ALL_CHILDREN);
        var counted = filter == null ? trueCondition() : new PredicateRenderer().render(filter, relation);
        var via = relation.column(
                child.require(rollUp.via()), child.require(rollUp.via()).type().mainPart());
        var measures = measures(relation, counted);
        return select(measures)
                .from(relation.from())
                .where(via.coerce(UUID.class).eq(parentId))
                .and(relation.live());
    }

    private List<org.jooq.Field<?>> measures(Relation relation, Condition counted) {
        var columns = target.columns();
        if (rollUp.function() == Computation.Function.COUNT)
            return List.of(count().filterWhere(counted)
                    .cast(SQLDataType.BIGINT)
                    .as(name(columns.getFirst().name())));
        var measured = child.require(Objects.requireNonNull(rollUp.childField()));
        if (measured.type() instanceof NumberTypes.MoneyAmount) return money(relation, measured, columns, counted);
        var part = measured.type().mainPart();
        var value = relation.column(measured, part);
        return List.of(figure(value, columns.getFirst().type(), counted)
                .as(name(columns.getFirst().name())));
    }

    private org.jooq.Field<?> figure(org.jooq.Field<Object> value, ColumnType type, Condition counted) {
        return switch (rollUp.function()) {
            case MIN -> min(value).filterWhere(counted);
            case MAX -> max(value).filterWhere(counted);
            case AVG -> round(avg(value.coerce(BigDecimal.class)).filterWhere(counted), 6);
            default -> sum(value.coerce(BigDecimal.class)).filterWhere(counted).cast(SqlTypes.of(type));
        };
    }

    /** Amounts of several currencies have neither a sum nor an order. */
    private List<org.jooq.Field<?>> money(
            Relation relation, Field<?> measured, List<Field.Column> columns, Condition counted) {
        var minor = relation.column(measured.columnName("minor"), ColumnType.BIGINT);
        var currency = relation.column(measured.columnName("currency"), ColumnType.CODE)
                .coerce(String.class);
        var least = min(currency).filterWhere(counted);
        var one = least.eq(max(currency).filterWhere(counted));
        var figure = switch (rollUp.function()) {
            case MIN -> min(minor).filterWhere(counted).cast(SQLDataType.BIGINT);
            case MAX -> max(minor).filterWhere(counted).cast(SQLDataType.BIGINT);
            case AVG ->
                round(avg(minor.coerce(BigDecimal.class)).filterWhere(counted)).cast(SQLDataType.BIGINT);
            default -> sum(minor.coerce(BigDecimal.class)).filterWhere(counted).cast(SQLDataType.BIGINT);
        };
        return List.of(
                when(one, figure).as(name(columns.get(0).name())),
                when(one, least).as(name(columns.get(1).name())));
    }
}
