package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Sharing;
import dev.rapport.query.FilterReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.Predicate;
import dev.rapport.query.RowCriteria;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the rules by which records are shared, and what is wrong with one that somebody writes. */
@Component
public class SharingRules {
    private static final Logger log = LoggerFactory.getLogger(SharingRules.class);

    private final Catalogue catalogue;
    private final Settings settings;
    private final Clock clock;

    public SharingRules(Catalogue catalogue, Settings settings, Clock clock) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.clock = clock;
    }

    /** Adds what is wrong with a rule for {@code object} with {@code filter}, named as the fields of the rule. */
    public void check(String object, String filter, List<Violation> violations) {
        var definition = catalogue
                .find(object)
                .filter(found -> found.sharing().mode() == Sharing.Mode.OWNED)
                .orElse(null);
        if (definition == null) violations.add(Violation.of("object", "unknown-object", "object", object));
        else condition(definition, filter, violations);
    }

    private Optional<Predicate> condition(ObjectDef object, String filter, List<Violation> violations) {
        var view = catalogue.definitions().object(object.name()).orElseThrow();
        var zone = ZoneId.of(settings.zone());
        var context = new ReadContext(settings.region(), Currency.getInstance(settings.currency()), zone);
        var found = new ArrayList<Violation>();
        try {
            var read = new FilterReader(new PathResolver(catalogue.definitions()), context, clock.instant(), found)
                    .read(view, Json.parse(filter));
            if (read.isPresent() && found.isEmpty()) {
                if (RowCriteria.isOwn(read.get())) return read;
                found.add(Violation.of("", "rule-own-fields"));
            }
        } catch (Refusal malformed) {
            found.add(Violation.of("", "filter-shape"));
        }
        for (var violation : found) violations.add(violation.under("filter"));
        return Optional.empty();
    }

    /** All active rules; one that no longer fits the object it is for shares nothing. */
    List<SharingRule> read(Tx tx) {
        var rules = new ArrayList<SharingRule>();
        tx.dsl()
                .select(
                        field(name("id"), SQLDataType.UUID),
                        field(name("object"), SQLDataType.VARCHAR),
                        field(name("filter"), SQLDataType.VARCHAR),
                        field(name("level"), SQLDataType.VARCHAR),
                        ids("people"),
                        ids("teams"),
                        ids("departments"),
                        ids("groups"))
                .from(table(name("o_sharing_rule")))
                .where(field(name("deleted_at")).isNull())
                .and(field(name("active"), SQLDataType.BOOLEAN).isTrue())
                .orderBy(field(name("id")))
                .forEach(row -> {
                    var principals = new HashSet<UUID>();
                    for (var some : List.of(set(row.value5()), set(row.value6()), set(row.value7()), set(row.value8())))
                        principals.addAll(some);
                    var object = catalogue.find(row.value2()).orElse(null);
                    var wrong = new ArrayList<Violation>();
                    if (object == null || object.sharing().mode() != Sharing.Mode.OWNED) return;
                    condition(object, row.value3(), wrong)
                            .ifPresentOrElse(
                                    condition -> rules.add(new SharingRule(
                                            row.value1(),
                                            object.name(),
                                            condition,
                                            "write".equals(row.value4()),
                                            Set.copyOf(principals),
                                            rows(tx, object, condition))),
                                    () -> log.warn(
                                            "A sharing rule for {} does not fit it any more: {}",
                                            object.name(),
                                            wrong));
                });
        return List.copyOf(rules);
    }

    private static org.jooq.Field<UUID[]> ids(String column) {
        return field(name(column), SQLDataType.UUID.array());
    }

    private static Set<UUID> set(UUID @Nullable [] ids) {
        return ids == null ? Set.of() : new HashSet<>(Arrays.asList(ids));
    }

    private static double rows(Tx tx, ObjectDef object, Predicate condition) {
        var source = table(name(object.table())).as(name("r"));
        return tx.dsl()
                .explain(selectOne().from(source).where(RowCriteria.on(object, source, condition)))
                .rows();
    }
}
