package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Roles as administrators see and change them. What a role says holds from the next request on. */
@Component
public class Roles {
    /** What belongs to no object: the functions there are. */
    public static final Set<String> FUNCTIONS =
            Set.of("users", "jobs", "customize", "approve", "sales", "audit", "privacy", "backup");

    /** The role that may do everything cannot be changed: somebody must be able to mend what others break. */
    static final String ADMINISTRATOR = "admin";

    private static final Set<String> FIELD_LEVELS = Set.of("none", "masked", "read");
    private static final Table<Record> ROLE = table(name("role"));
    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<JSONB> GRANTS = field(name("grants"), SQLDataType.JSONB);
    private static final Field<String> LABEL_EN = field(name("label_en"), SQLDataType.VARCHAR);
    private static final Field<String> LABEL_ZH = field(name("label_zh"), SQLDataType.VARCHAR);
    private static final Field<String> NOTE = field(name("note"), SQLDataType.VARCHAR);
    private static final Field<Boolean> SECOND_FACTOR = field(name("second_factor"), SQLDataType.BOOLEAN);
    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);

    private final Database database;
    private final Access access;
    private final Catalogue catalogue;
    private final Audit audit;

    /**
     * A role.
     *
     * @param grants {@code {"objects": {object: [operations]}, "scopes": {object: {operation: [branches]}}, "fields":
     *     {"object.field": level}, "functions": […]}}; the object {@code *} stands for all others
     * @param secondFactor whether whoever has it must have a second factor
     * @param members how many people have it
     */
    public record Role(
            String name, Labels labels, String note, JsonNode grants, boolean secondFactor, int version, int members) {
        public boolean isFixed() {
            return name.equals(ADMINISTRATOR);
        }
    }

    /** What somebody wants a role to be. */
    public record RoleDraft(String name, Labels labels, String note, JsonNode grants, boolean secondFactor) {}

    public Roles(Database database, Access access, Catalogue catalogue, Audit audit) {
        this.database = database;
        this.access = access;
        this.catalogue = catalogue;
        this.audit = audit;
    }

    public List<Role> all(Actor actor) {
        access.requireFunction(actor, "users");
        return database.read(tx -> {
            Map<String, Integer> members = tx.dsl()
                    .select(field(name("role"), SQLDataType.VARCHAR), org.jooq.impl.DSL.count())
                    .from(table(name("user_role")))
                    .groupBy(field(name("role")))
                    .fetchMap(row -> row.value1(), row -> row.value2());
            return tx.dsl()
                    .select(NAME, LABEL_EN, LABEL_ZH, NOTE, GRANTS, SECOND_FACTOR, VERSION)
                    .from(ROLE)
                    .orderBy(NAME)
                    .fetch(row -> new Role(
                            row.value1(),
                            new Labels(named(row.value2(), row.value1()), named(row.value3(), row.value1())),
                            row.value4(),
                            Json.stored(row.value5().data()),
                            row.value6(),
                            row.value7(),
                            members.getOrDefault(row.value1(), 0)));
        });
    }

    private static String named(String label, String name) {
        return label.isBlank() ? name : label;
    }

    /** @throws Refusal 422 with everything that is wrong, 409 if there is one of that name */
    public void create(Actor actor, RoleDraft draft) {
        access.requireFunction(actor, "users");
        var violations = new ArrayList<Violation>();
        if (!draft.name().matches("[a-zA-Z][a-zA-Z0-9]{1,49}")) violations.add(Violation.of("name", "role-name"));
        check(draft, violations);
        database.run(tx -> {
            int made = tx.dsl()
                    .insertInto(ROLE)
                    .set(NAME, draft.name())
                    .set(LABEL_EN, draft.labels().en())
                    .set(LABEL_ZH, draft.labels().zh())
                    .set(NOTE, draft.note())
                    .set(GRANTS, JSONB.valueOf(draft.grants().toString()))
                    .set(SECOND_FACTOR, draft.secondFactor())
                    .onConflictDoNothing()
                    .execute();
            if (made == 0)
                throw Refusal.of(Refusal.Kind.CONFLICT, "duplicate", List.of(Violation.of("name", "duplicate")));
            audit.write(
                    tx,
                    Audit.Event.of(actor, "role.create")
                            .with("role", draft.name())
                            .with("grants", draft.grants()));
            tx.afterCommit(access::refresh);
        });
    }

    /** @throws Refusal 404, 412 if it has another version, 422, or 403 for the role that cannot be changed */
    public void change(Actor actor, RoleDraft draft, int version) {
        access.requireFunction(actor, "users");
        var violations = new ArrayList<Violation>();
        check(draft, violations);
        database.run(tx -> {
            var before = require(tx, draft.name(), version);
            tx.dsl()
                    .update(ROLE)
                    .set(LABEL_EN, draft.labels().en())
                    .set(LABEL_ZH, draft.labels().zh())
                    .set(NOTE, draft.note())
                    .set(GRANTS, JSONB.valueOf(draft.grants().toString()))
                    .set(SECOND_FACTOR, draft.secondFactor())
                    .set(VERSION, version + 1)
                    .where(NAME.eq(draft.name()))
                    .execute();
            audit.write(
                    tx,
                    Audit.Event.of(actor, "role.change")
                            .with("role", draft.name())
                            .with("before", before)
                            .with("grants", draft.grants()));
            tx.afterCommit(access::refresh);
        });
    }

    /** @throws Refusal 404, 412, or 409 while somebody has it */
    public void delete(Actor actor, String role, int version) {
        access.requireFunction(actor, "users");
        database.run(tx -> {
            require(tx, role, version);
            if (tx.dsl()
                    .fetchExists(
                            table(name("user_role")),
                            field(name("role"), SQLDataType.VARCHAR).eq(role)))
                throw Refusal.of(Refusal.Kind.CONFLICT, "role-in-use");
            tx.dsl().deleteFrom(ROLE).where(NAME.eq(role)).execute();
            audit.write(tx, Audit.Event.of(actor, "role.delete").with("role", role));
            tx.afterCommit(access::refresh);
        });
    }

    private static JsonNode require(Tx tx, String role, int version) {
        var row = tx.dsl()
                .select(GRANTS, VERSION)
                .from(ROLE)
                .where(NAME.eq(role))
                .forUpdate()
                .fetchOptional()
                .orElseThrow(Refusal::notFound);
        if (role.equals(ADMINISTRATOR)) throw Refusal.of(Refusal.Kind.FORBIDDEN, "role-fixed");
        if (row.value2() != version) throw Refusal.of(Refusal.Kind.STALE, "stale", Map.of("version", row.value2()));
        return Json.stored(row.value1().data());
    }

    private void check(RoleDraft draft, List<Violation> violations) {
        for (var label : List.of(draft.labels().en(), draft.labels().zh()))
            if (label.length() > 100) violations.add(Violation.of("labels", "too-long", "max", 100));
        if (draft.note().length() > 500) violations.add(Violation.of("note", "too-long", "max", 500));
        checkGrants(draft.grants(), violations);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
    }

    private void checkGrants(JsonNode grants, List<Violation> violations) {
        if (!grants.isObject()) {
            violations.add(Violation.of("grants", "type", "expected", "object"));
            return;
        }
        for (var member : grants.propertyNames())
            if (!Set.of("objects", "scopes", "fields", "functions").contains(member))
                violations.add(Violation.of("grants." + member, "unknown-member"));
        var operations = new TreeSet<String>();
        for (var operation : Operation.values()) operations.add(operation.code());
        each(grants, "objects", violations, (object, verbs, at) -> {
            requireObject(object, at, violations);
            codes(verbs, operations, at, violations);
        });
        var branches = new TreeSet<String>();
        for (var branch : Branch.values()) branches.add(branch.code());
        each(grants, "scopes", violations, (object, scope, at) -> {
            requireObject(object, at, violations);
            if (!scope.isObject()) violations.add(Violation.of(at, "type", "expected", "object"));
            scope.properties().forEach(entry -> {
                if (Set.of("read", "update", "delete").contains(entry.getKey()))
                    codes(entry.getValue(), branches, at + "." + entry.getKey(), violations);
                else violations.add(Violation.of(at + "." + entry.getKey(), "unknown-member"));
            });
        });
        each(grants, "fields", violations, (path, level, at) -> {
            requireField(path, at, violations);
            if (!level.isString() || !FIELD_LEVELS.contains(level.asString()))
                violations.add(Violation.of(at, "choice", "allowed", "none, masked, read"));
        });
        if (grants.has("functions")) codes(grants.get("functions"), FUNCTIONS, "grants.functions", violations);
    }

    private interface Member {
        void check(String name, JsonNode value, String at);
    }

    private static void each(JsonNode grants, String part, List<Violation> violations, Member member) {
        var node = grants.path(part);
        if (node.isMissingNode()) return;
        if (!node.isObject()) violations.add(Violation.of("grants." + part, "type", "expected", "object"));
        else
            node.properties()
                    .forEach(entry ->
                            member.check(entry.getKey(), entry.getValue(), "grants." + part + "." + entry.getKey()));
    }

    private void requireObject(String object, String at, List<Violation> violations) {
        if (!object.equals(Grants.EVERY) && catalogue.find(object).isEmpty())
            violations.add(Violation.of(at, "unknown-object", "object", object));
    }

    private void requireField(String path, String at, List<Violation> violations) {
        int dot = path.indexOf('.');
        boolean known = dot > 0
                && catalogue
                        .find(path.substring(0, dot))
                        .flatMap(object -> object.field(path.substring(dot + 1)))
                        .isPresent();
        if (!known) violations.add(Violation.of(at, "unknown-field"));
    }

    private static void codes(JsonNode list, Set<String> allowed, String at, List<Violation> violations) {
        boolean fits = list.isArray();
        for (var code : list.values()) fits &= code.isString() && allowed.contains(code.asString());
        if (!fits) violations.add(Violation.of(at, "choice", "allowed", String.join(", ", new TreeSet<>(allowed))));
    }
}
