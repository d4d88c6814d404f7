package dev.rapport.access;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import dev.rapport.query.RowCriteria;
import dev.rapport.query.RowScope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what roles, shares and rules say into conditions on rows, for one operation. There are two shapes (see
 * {@code docs/decisions/019-record-scopes.md}): a check of each row, and, for people who see few of many, the ids of their
 * records, branch by branch.
 */
final class ActorScope implements RowScope {
    /** Whoever sees more records than this has lists read in their own order, checking each row. */
    static final double FEW = 5_000;

    private static final int DEEPEST = 5;
    private static final String SHARE = "record_share";

    private final Rights rights;
    private final Terms terms;
    private final Operation operation;
    private final Predicate<ObjectDef> few;
    private final @Nullable Templates templates;

    /** What holds for all people of a kind. */
    record Rights(Catalogue catalogue, List<Grants> grants, List<SharingRule> rules) {}

    /** The two shapes with placeholders, shared by all people of a kind. */
    record Templates(ActorScope wide, ActorScope narrow) {
        static Templates of(Rights rights, Operation operation) {
            return new Templates(
                    new ActorScope(rights, Terms.Placeholders.INSTANCE, operation, object -> false, null),
                    new ActorScope(rights, Terms.Placeholders.INSTANCE, operation, object -> true, null));
        }

        /** @param few whether the person sees few records of an object of which there are many */
        ActorScope filledWith(Terms terms, Predicate<ObjectDef> few) {
            return new ActorScope(wide.rights, terms, wide.operation, few, this);
        }
    }

    private ActorScope(
            Rights rights, Terms terms, Operation operation, Predicate<ObjectDef> few, @Nullable Templates templates) {
        this.rights = rights;
        this.terms = terms;
        this.operation = operation;
        this.few = few;
        this.templates = templates;
    }

    /** Whether somebody with these rights and terms sees few records of an object of which there are many. */
    static boolean seesFew(Rights rights, Terms terms, ObjectDef object, RowCounts counts) {
        var scope = new ActorScope(rights, terms, Operation.READ, any -> false, null);
        return counts.rows(object.table()) > 2 * FEW && scope.rows(object, counts, 0) < FEW;
    }

    @Override
    public RowScope template(ObjectDef root) {
        if (templates == null) return this;
        return few.test(root) ? templates.narrow() : templates.wide();
    }

    @Override
    public @Nullable Object filled(@Nullable Object value) {
        return value == null ? null : Terms.Placeholders.filled(value, terms);
    }

    @Override
    public boolean reads(ObjectDef object, Field<?> field) {
        return Access.reads(rights.grants(), object, field);
    }

    @Override
    public Condition visible(ObjectDef object, Table<?> source) {
        return visible(object, source, operation, 0);
    }

    @Override
    public Condition listed(ObjectDef object, Table<?> source) {
        if (!few.test(object)) return visible(object, source);
        var id = field(name(source.getName(), "id"), SQLDataType.UUID);
        return id.in(ids(object, 0));
    }

    @Override
    public @Nullable Condition masked(ObjectDef object, Field<?> field, Table<?> source) {
        if (Access.isMasked(rights.grants(), object, field)) return trueCondition();
        return masksInPools(rights.grants(), object) && isContactData(field)
                ? DSL.coalesce(DSL.field(column(source, "pool").eq(any(terms.maskedPools()))), DSL.inline(false))
                        .isTrue()
                : null;
    }

    /** Whether contact data of records in pools may be hidden: from all whose roles do not let them see every record. */
    static boolean masksInPools(List<Grants> grants, ObjectDef object) {
        if (!isLink(object, "pool")) return false;
        var branches = branches(grants, object, Operation.READ);
        return branches != null && !branches.contains(Branch.ALL);
    }

    /** What a pool keeps to itself until a record is claimed. */
    static boolean isContactData(Field<?> field) {
        return field.type() instanceof TextTypes.Phone || field.type() instanceof TextTypes.Email;
    }

    /** Branches by which some role allows the operation on the object; empty if none allows it. */
    static @Nullable Set<Branch> branches(List<Grants> grants, ObjectDef object, Operation operation) {
        @Nullable Set<Branch> branches = null;
        for (var grant : grants) {
            if (!grant.allows(object.name(), operation)) continue;
            if (branches == null) branches = EnumSet.noneOf(Branch.class);
            branches.addAll(grant.scope(object.name(), operation));
        }
        return branches;
    }

    private Condition visible(ObjectDef object, Table<?> source, Operation op, int depth) {
        var branches = branches(rights.grants(), object, op);
        if (branches == null || depth > DEEPEST) return falseCondition();
        return switch (object.sharing().mode()) {
            case COMMON -> trueCondition();
            case PERSONAL -> personal(object, source, op, branches);
            case CONTROLLED -> controlled(object, source, op, depth);
            case OWNED ->
                branches.contains(Branch.ALL)
                        ? trueCondition()
                        : or(owned(object, source, op, branches, List.of(byOwner(branches)), depth).stream()
                                .map(Reason::condition)
                                .toList());
        };
    }

    /**
     * One way by which the operation is allowed, with the rows it holds for.
     *
     * @param by a branch's code, {@code shared}, {@code rule}, {@code common} or {@code public}
     * @param of the rule, if it is one
     * @param kind the lookup to the parent, if it is by one
     */
    record Reason(String by, @Nullable UUID of, @Nullable String kind, Condition condition) {}

    /** Everything that {@link #visible} allows, way by way. */
    List<Reason> reasons(ObjectDef object, Table<?> source) {
        var branches = branches(rights.grants(), object, operation);
        if (branches == null) return List.of();
        var everything = trueCondition();
        return switch (object.sharing().mode()) {
            case COMMON -> List.of(new Reason("common", null, null, everything));
            case PERSONAL -> List.of(new Reason("own", null, null, personal(object, source, operation, branches)));
            case CONTROLLED -> parents(object, source, operation, 0);
            case OWNED ->
                branches.contains(Branch.ALL)
                        ? List.of(new Reason("all", null, null, everything))
                        : owned(object, source, operation, branches, oneByOne(byOwner(branches)), 0);
        };
    }

    /** Its owner's; read by those whom its audience names, and cared for by those whose roles reach everything. */
    private Condition personal(ObjectDef object, Table<?> source, Operation op, Set<Branch> branches) {
        var owner = column(source, "owner");
        var own = owner.eq(any(terms.me()));
        if (object.field("audience").isEmpty()) return own;
        var audience = field(name(source.getName(), "audience"), SQLDataType.VARCHAR);
        if (op != Operation.READ) return branches.contains(Branch.ALL) ? own.or(audience.ne("private")) : own;
        var team = audience.eq("team").and(owner.eq(any(terms.owners(EnumSet.of(Branch.TEAM)))));
        return own.or(audience.eq("all")).or(team);
    }

    /** By a parent; records without any belong to their owner alone. */
    private Condition controlled(ObjectDef object, Table<?> source, Operation op, int depth) {
        var parents = object.sharing().parents();
        boolean all = parents.stream().allMatch(parent -> {
            var target = target(object.require(parent));
            return parentScope(target, parentTable(target, depth), op, depth).equals(trueCondition());
        });
        if (all) return trueCondition();
        var options = new ArrayList<Condition>();
        parents(object, source, op, depth).forEach(reason -> options.add(reason.condition()));
        options.add(controlledOrphan(object, source));
        return or(options);
    }

    private Condition parentScope(ObjectDef target, Table<?> parents, Operation op, int depth) {
        return visible(target, parents, op == Operation.DELETE ? Operation.UPDATE : op, depth + 1);
    }

    private List<Reason> parents(ObjectDef object, Table<?> source, Operation op, int depth) {
        var reasons = new ArrayList<Reason>();
        for (var parent : object.sharing().parents()) {
            var lookup = object.require(parent);
            var target = target(lookup);
            var parents = parentTable(target, depth);
            var seen = parentScope(target, parents, op, depth);
            var link = column(source, lookup.columnName(""));
            if (seen.equals(falseCondition())) continue;
            var condition = seen.equals(trueCondition()) ? link.isNotNull() : exists(selectParent(parents, link, seen));
            reasons.add(new Reason("parent", null, parent, condition));
        }
        return reasons;
    }

    private static Select<?> selectParent(Table<?> parents, org.jooq.Field<UUID> link, Condition seen) {
        return selectOne().from(parents).where(column(parents, "id").eq(link)).and(seen);
    }

    private static Table<?> parentTable(ObjectDef target, int depth) {
        return table(name(target.table())).as(name("v" + depth + "_" + target.table()));
    }

    private ObjectDef target(Field<?> lookup) {
        return rights.catalogue().require(((LinkTypes.Lookup) lookup.type()).target());
    }

    /** @param owners sets of branches by the owner, each of which becomes one condition */
    private List<Reason> owned(
            ObjectDef object,
            Table<?> source,
            Operation op,
            Set<Branch> branches,
            List<Set<Branch>> owners,
            int depth) {
        var reasons = new ArrayList<Reason>();
        for (var some : owners)
            if (!some.isEmpty())
                reasons.add(new Reason(
                        some.iterator().next().code(),
                        null,
                        null,
                        column(source, "owner").eq(any(terms.owners(some)))));
        byColumn(object, source, branches, Branch.TERRITORY, "territory", terms.territories(), reasons);
        byColumn(object, source, branches, Branch.POOL, "pool", terms.pools(), reasons);
        for (var rule : rules(object, op))
            reasons.add(new Reason("rule", rule.id(), null, RowCriteria.on(object, source, rule.condition())));
        if (branches.contains(Branch.PARENT)) reasons.addAll(parents(object, source, op, depth));
        var share = table(name(SHARE)).as(name("s" + depth));
        var given = exists(selectOne()
                .from(share)
                .where(shared(object, share, op))
                .and(column(share, "record_id").eq(column(source, "id"))));
        reasons.add(new Reason("shared", null, null, given));
        return reasons;
    }

    private Condition shared(ObjectDef object, Table<?> share, Operation op) {
        var alias = share.getName();
        var holds = field(name(alias, "object"), SQLDataType.VARCHAR)
                .eq(object.name())
                .and(column(share, "principal").eq(any(terms.principals())))
                .and(field(name(alias, "expires_at"), SQLDataType.INSTANT)
                        .isNull()
                        .or(field(name(alias, "expires_at"), SQLDataType.INSTANT)
                                .gt(currentInstant())));
        return op == Operation.READ
                ? holds
                : holds.and(field(name(alias, "level"), SQLDataType.VARCHAR).eq("write"));
    }

    private List<SharingRule> rules(ObjectDef object, Operation op) {
        return rights.rules().stream()
                .filter(rule -> rule.object().equals(object.name()) && (op == Operation.READ || rule.mayWrite()))
                .toList();
    }

    private static Set<Branch> byOwner(Set<Branch> branches) {
        var owners = EnumSet.noneOf(Branch.class);
        for (var branch : branches) if (Branch.BY_OWNER.contains(branch)) owners.add(branch);
        return owners;
    }

    private static List<Set<Branch>> oneByOne(Set<Branch> branches) {
        return branches.stream().map(branch -> (Set<Branch>) EnumSet.of(branch)).toList();
    }

    private static void byColumn(
            ObjectDef object,
            Table<?> source,
            Set<Branch> branches,
            Branch branch,
            String fieldName,
            UUID[] ids,
            List<Reason> reasons) {
        if (branches.contains(branch) && isLink(object, fieldName))
            reasons.add(new Reason(
                    branch.code(), null, null, column(source, fieldName).eq(any(ids))));
    }

    private static boolean isLink(ObjectDef object, String fieldName) {
        return object.field(fieldName)
                .filter(f -> f.type() instanceof LinkTypes.Lookup)
                .isPresent();
    }

    private static org.jooq.Field<UUID> column(Table<?> source, String column) {
        return field(name(source.getName(), column), SQLDataType.UUID);
    }

    /** The ids of all records that may be read, one branch after the other; an id may come twice. */
    private Select<Record1<UUID>> ids(ObjectDef object, int depth) {
        var source = table(name(object.table())).as(name("n" + depth + "_" + object.table()));
        var branches = branches(rights.grants(), object, Operation.READ);
        var parts = new ArrayList<Select<Record1<UUID>>>();
        if (branches != null && depth <= DEEPEST) {
            var owners = byOwner(branches);
            if (object.sharing().mode() == Sharing.Mode.OWNED && branches.contains(Branch.ALL))
                parts.add(live(source, trueCondition()));
            else if (object.sharing().mode() == Sharing.Mode.CONTROLLED) {
                parents(object, source, depth, parts);
                parts.add(live(source, controlledOrphan(object, source)));
            } else {
                if (!owners.isEmpty())
                    parts.add(live(source, column(source, "owner").eq(any(terms.owners(owners)))));
                var others = new ArrayList<Reason>();
                byColumn(object, source, branches, Branch.TERRITORY, "territory", terms.territories(), others);
                byColumn(object, source, branches, Branch.POOL, "pool", terms.pools(), others);
                for (var other : others) parts.add(live(source, other.condition()));
                for (var rule : rules(object, Operation.READ))
                    parts.add(live(source, RowCriteria.on(object, source, rule.condition())));
                if (branches.contains(Branch.PARENT)) parents(object, source, depth, parts);
                var share = table(name(SHARE)).as(name("m" + depth));
                parts.add(select(column(share, "record_id")).from(share).where(shared(object, share, Operation.READ)));
            }
        }
        Select<Record1<UUID>> all = live(source, falseCondition());
        if (!parts.isEmpty()) all = parts.getFirst();
        for (int i = 1; i < parts.size(); i++) all = all.unionAll(parts.get(i));
        return all;
    }

    private void parents(ObjectDef object, Table<?> source, int depth, List<Select<Record1<UUID>>> parts) {
        for (var parent : object.sharing().parents()) {
            var lookup = object.require(parent);
            parts.add(live(source, column(source, lookup.columnName("")).in(ids(target(lookup), depth + 1))));
        }
    }

    private Condition controlledOrphan(ObjectDef object, Table<?> source) {
        Condition orphan = column(source, "owner").eq(any(terms.me()));
        for (var parent : object.sharing().parents())
            orphan = orphan.and(
                    column(source, object.require(parent).columnName("")).isNull());
        return orphan;
    }

    private static Select<Record1<UUID>> live(Table<?> source, Condition condition) {
        return select(column(source, "id"))
                .from(source)
                .where(condition)
                .and(DSL.field(name(source.getName(), "deleted_at")).isNull());
    }

    /** About how many records may be read; many where nothing is known. */
    private double rows(ObjectDef object, RowCounts statistics, int depth) {
        var branches = branches(rights.grants(), object, Operation.READ);
        if (branches == null || depth > DEEPEST) return 0;
        var mode = object.sharing().mode();
        if (mode == Sharing.Mode.CONTROLLED) return rowsByParents(object, statistics, depth);
        if (mode != Sharing.Mode.OWNED || branches.contains(Branch.ALL)) return Double.MAX_VALUE;
        var tableName = object.table();
        double rows = statistics.rows(tableName, "owner", terms.owners(byOwner(branches)));
        if (branches.contains(Branch.TERRITORY) && isLink(object, "territory"))
            rows += statistics.rows(tableName, "territory", terms.territories());
        if (branches.contains(Branch.POOL) && isLink(object, "pool"))
            rows += statistics.rows(tableName, "pool", terms.pools());
        for (var rule : rules(object, Operation.READ)) rows += rule.rows();
        if (branches.contains(Branch.PARENT)) rows += rowsByParents(object, statistics, depth);
        return rows + statistics.rows(SHARE, "principal", terms.principals());
    }

    private double rowsByParents(ObjectDef object, RowCounts statistics, int depth) {
        double rows = 0;
        for (var parent : object.sharing().parents()) {
            var target = target(object.require(parent));
            double perParent =
                    Math.max(1, statistics.rows(object.table())) / Math.max(1, statistics.rows(target.table()));
            rows += rows(target, statistics, depth + 1) * Math.max(perParent, 0.001);
        }
        return rows;
    }
}
