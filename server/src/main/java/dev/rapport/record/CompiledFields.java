package dev.rapport.record;

import dev.rapport.formula.Formula;
import dev.rapport.formula.FormulaError;
import dev.rapport.formula.Kind;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.query.FieldPath;
import dev.rapport.query.FilterReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.Predicate;
import dev.rapport.query.RollUpStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Everything that is computed in one state of the catalogue, compiled: formulas, rules, roll-ups, and who depends on whom. */
public final class CompiledFields {
    private static final ReadContext NOWHERE = new ReadContext("CN", Currency.getInstance("CNY"), ZoneOffset.UTC);

    private final Map<String, Compiled> objects = new HashMap<>();
    private final Map<String, List<RollUpStatement>> rollUpsOver = new HashMap<>();
    private final Map<String, List<Dependent>> dependents = new HashMap<>();

    /** A formula field of an object. */
    record FormulaField(int index, Field<?> field, Formula formula) {}

    record Rule(ObjectDef.ValidationRule rule, Formula condition) {}

    /**
     * What is computed of one object.
     *
     * @param formulas each after those it reads
     * @param counts positions of roll-ups that count, which begin at nought
     */
    record Compiled(
            List<FormulaField> formulas, List<Rule> rules, List<Integer> counts, List<RollUpStatement> rollUps) {
        static final Compiled NOTHING = new Compiled(List.of(), List.of(), List.of(), List.of());

        boolean isNothing() {
            return formulas.isEmpty() && rules.isEmpty() && counts.isEmpty();
        }

        /** Lookups on the way of any formula or rule. */
        Set<List<FieldPath.Step>> ways() {
            var ways = new LinkedHashSet<List<FieldPath.Step>>();
            formulas.forEach(field -> collect(field.formula(), ways));
            rules.forEach(rule -> collect(rule.condition(), ways));
            return ways;
        }

        private static void collect(Formula formula, Set<List<FieldPath.Step>> ways) {
            for (var path : formula.paths()) if (!path.steps().isEmpty()) ways.add(path.steps());
        }
    }

    /** Formulas of {@code object} that read {@code field} of another object at the end of {@code steps}, or of one on the way. */
    record Dependent(ObjectDef object, List<Field<?>> steps, String field) {}

    /**
     * Compiles all that {@code catalogue} computes.
     *
     * @throws Refusal 422 naming every formula, rule and roll-up that does not hold together
     */
    static CompiledFields of(Catalogue catalogue) {
        var violations = new ArrayList<Violation>();
        var compiled = new CompiledFields();
        for (var object : catalogue.all()) compiled.compile(catalogue, object, violations);
        if (violations.isEmpty()) new ComputedCycles(catalogue).check(violations);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        return compiled;
    }

    /** @throws Refusal 422 naming every formula, rule and roll-up that does not hold together */
    public static void check(Catalogue catalogue) {
        of(catalogue);
    }

    /** What a computed field comes to. @param type code of its type; @param reads paths it is made of */
    public record Outcome(String type, Set<String> reads) {}

    /** @throws Refusal 422 with the column of the first mistake */
    public static Outcome formula(Catalogue catalogue, String object, String text) {
        return outcome(catalogue, object, text, Formula.Purpose.STORED);
    }

    /** The same for a condition of a rule, which may ask for the time and for what was before. */
    public static Outcome condition(Catalogue catalogue, String object, String text) {
        return outcome(catalogue, object, text, Formula.Purpose.RULE);
    }

    private static Outcome outcome(Catalogue catalogue, String object, String text, Formula.Purpose purpose) {
        try {
            var formula = compile(catalogue, catalogue.require(object), text, purpose);
            if (formula.kind() == Kind.LINK || formula.kind() == Kind.LIST)
                throw Refusal.invalid(new Violation("formula", "formula-result", Map.of("column", 1)));
            return new Outcome(formula.kind().typeCode(), formula.reads());
        } catch (FormulaError e) {
            throw Refusal.invalid(e.violation("formula"));
        }
    }

    /** @throws Refusal 422 if such a roll-up cannot be */
    public static Outcome rollUp(Catalogue catalogue, JsonNode definition) {
        var child = catalogue.find(definition.path("child").asString("")).orElse(null);
        var name = definition.path("function").asString("").toUpperCase(Locale.ROOT);
        var function = Arrays.stream(Computation.Function.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(null);
        if (child == null || function == null)
            throw Refusal.invalid(Violation.of(
                    child == null ? "rollUp.child" : "rollUp.function",
                    child == null ? "unknown-object" : "choice",
                    child == null ? "object" : "allowed",
                    child == null ? definition.path("child").asString("") : "count, sum, min, max, avg"));
        var field = definition.path("field").asString(null);
        var type = resultType(child, new Computation.RollUp(function, child.name(), "", field, null));
        if (type == null) throw Refusal.invalid(Violation.of("rollUp.field", "roll-up-field"));
        return new Outcome(type, Set.of());
    }

    Compiled of(ObjectDef object) {
        return objects.getOrDefault(object.name(), Compiled.NOTHING);
    }

    /** Roll-ups over children of this object. */
    List<RollUpStatement> rollUpsOver(ObjectDef child) {
        return rollUpsOver.getOrDefault(child.name(), List.of());
    }

    /** Formulas elsewhere that read records of this object. */
    List<Dependent> dependents(ObjectDef object) {
        return dependents.getOrDefault(object.name(), List.of());
    }

    private void compile(Catalogue catalogue, ObjectDef object, List<Violation> violations) {
        var formulas = new LinkedHashMap<String, FormulaField>();
        var counts = new ArrayList<Integer>();
        var rollUps = new ArrayList<RollUpStatement>();
        for (var field : object.fields())
            switch (field.computation()) {
                case Computation.Formula formula -> formula(catalogue, object, field, formula, formulas, violations);
                case Computation.RollUp rollUp -> {
                    var statement = rollUp(catalogue, object, field, rollUp, violations);
                    if (statement == null) break;
                    rollUps.add(statement);
                    rollUpsOver
                            .computeIfAbsent(rollUp.child(), k -> new ArrayList<>())
                            .add(statement);
                    if (rollUp.function() == Computation.Function.COUNT) counts.add(object.indexOf(field));
                }
                case null -> {}
            }
        var rules = rules(catalogue, object, violations);
        var ordered = ordered(formulas);
        for (var formula : ordered) addDependents(object, formula.formula());
        objects.put(object.name(), new Compiled(ordered, rules, counts, rollUps));
    }

    private static void formula(
            Catalogue catalogue,
            ObjectDef object,
            Field<?> field,
            Computation.Formula computation,
            Map<String, FormulaField> formulas,
            List<Violation> violations) {
        try {
            var formula = compile(catalogue, object, computation.text(), Formula.Purpose.STORED);
            formulas.put(field.name(), new FormulaField(object.indexOf(field), field, formula));
        } catch (FormulaError e) {
            violations.add(e.violation("fields." + field.name() + ".formula"));
        }
    }

    static Formula compile(Catalogue catalogue, ObjectDef object, String text, Formula.Purpose purpose)
            throws FormulaError {
        var view = catalogue.definitions().object(object.name()).orElseThrow();
        return Formula.compile(text, view, new PathResolver(catalogue.definitions()), purpose);
    }

    /** A condition alone, so that what it looks up is known. */
    static Compiled alone(Formula condition) {
        var rule = new ObjectDef.ValidationRule("alone", "", null, new dev.rapport.kernel.Labels("", ""));
        return new Compiled(List.of(), List.of(new Rule(rule, condition)), List.of(), List.of());
    }

    private static List<Rule> rules(Catalogue catalogue, ObjectDef object, List<Violation> violations) {
        var rules = new ArrayList<Rule>();
        for (var rule : object.rules()) {
            var at = "rules." + rule.name();
            try {
                var condition = compile(catalogue, object, rule.when(), Formula.Purpose.RULE);
                if (condition.kind() != Kind.FLAG)
                    violations.add(new Violation(at + ".when", "formula-condition", Map.of("column", 1)));
                rules.add(new Rule(rule, condition));
            } catch (FormulaError e) {
                violations.add(e.violation(at + ".when"));
            }
            if (rule.field() != null && object.field(rule.field()).isEmpty())
                violations.add(Violation.of(at + ".field", "unknown-field"));
        }
        return rules;
    }

    private static @Nullable RollUpStatement rollUp(
            Catalogue catalogue,
            ObjectDef object,
            Field<?> field,
            Computation.RollUp rollUp,
            List<Violation> violations) {
        var at = "fields." + field.name() + ".rollUp";
        var child = catalogue.find(rollUp.child()).orElse(null);
        if (child == null) {
            violations.add(Violation.of(at + ".child", "unknown-object", "object", rollUp.child()));
            return null;
        }
        boolean leads = child.field(rollUp.via())
                .map(via -> via.type() instanceof LinkTypes.Lookup lookup
                        && lookup.target().equals(object.name()))
                .orElse(false);
        if (!leads || object.name().equals("user")) violations.add(Violation.of(at + ".via", "roll-up-via"));
        var type = resultType(child, rollUp);
        if (type == null || !type.equals(field.type().code()))
            violations.add(Violation.of(at + ".field", "roll-up-field"));
        var filter = filter(catalogue, child, rollUp, at, violations);
        return leads && type != null ? new RollUpStatement(object, field, rollUp, child, filter) : null;
    }

    /** Code of the type of a roll-up's result; null if the field cannot be rolled up so. */
    static @Nullable String resultType(ObjectDef child, Computation.RollUp rollUp) {
        if (rollUp.function() == Computation.Function.COUNT) return "whole";
        var field = child.field(String.valueOf(rollUp.childField())).orElse(null);
        if (field == null) return null;
        var code = field.type().code();
        boolean number =
                Set.of("whole", "decimal", "percent", "money", "duration").contains(code);
        boolean ordered = number || code.equals("date") || code.equals("moment");
        return switch (rollUp.function()) {
            case SUM -> number ? code : null;
            case AVG ->
                !number || code.equals("duration")
                        ? null
                        : field.type() instanceof NumberTypes.Whole ? "decimal" : code;
            default -> ordered ? code : null;
        };
    }

    private static @Nullable Predicate filter(
            Catalogue catalogue, ObjectDef child, Computation.RollUp rollUp, String at, List<Violation> violations) {
        var filter = rollUp.filter();
        if (filter == null) return null;
        if (filter.toString().contains("\"relative\"")) violations.add(Violation.of(at + ".filter", "roll-up-time"));
        var found = new ArrayList<Violation>();
        var paths = new PathResolver(catalogue.definitions());
        var view = catalogue.definitions().object(child.name()).orElseThrow();
        var predicate = new FilterReader(paths, NOWHERE, Instant.EPOCH, found)
                .read(view, filter)
                .orElse(null);
        if (predicate != null && !isOfOneRecord(predicate)) found.add(Violation.of("", "roll-up-filter"));
        found.forEach(violation -> violations.add(violation.under(at + ".filter")));
        return predicate;
    }

    /** Whether the predicate reads nothing but the child itself, whose changes are followed. */
    private static boolean isOfOneRecord(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare(var path, var comparison, var value) ->
                path.steps().isEmpty();
            case Predicate.In(var path, var values) -> path.steps().isEmpty();
            case Predicate.ListHolds(var path, var values, var all) ->
                path.steps().isEmpty();
            case Predicate.TextMatch(var path, var text, var fromStart) ->
                path.steps().isEmpty();
            case Predicate.IsEmpty(var path) -> path.steps().isEmpty();
            case Predicate.AllOf(var parts) -> parts.stream().allMatch(CompiledFields::isOfOneRecord);
            case Predicate.AnyOf(var parts) -> parts.stream().allMatch(CompiledFields::isOfOneRecord);
            case Predicate.Not(var part) -> isOfOneRecord(part);
            case Predicate.Exists exists -> false;
            case Predicate.Search search -> false;
            case Predicate.Resembles resembles -> false;
        };
    }

    /** Each formula after those it reads. Cycles were refused when they were defined. */
    private static List<FormulaField> ordered(Map<String, FormulaField> formulas) {
        var ordered = new LinkedHashSet<FormulaField>();
        for (var formula : formulas.values()) place(formula, formulas, ordered, new LinkedHashSet<>());
        return List.copyOf(ordered);
    }

    private static void place(
            FormulaField formula, Map<String, FormulaField> all, Set<FormulaField> placed, Set<FormulaField> above) {
        if (placed.contains(formula) || !above.add(formula)) return;
        for (var path : formula.formula().paths()) {
            var read = path.steps().isEmpty() ? all.get(path.field().name()) : null;
            if (read != null) place(read, all, placed, above);
        }
        placed.add(formula);
    }

    private void addDependents(ObjectDef object, Formula formula) {
        for (var path : formula.paths()) {
            var steps = new ArrayList<Field<?>>();
            for (int i = 0; i < path.steps().size(); i++) {
                var step = path.steps().get(i);
                steps.add(step.lookup());
                boolean last = i == path.steps().size() - 1;
                var read = last ? path.field() : path.steps().get(i + 1).lookup();
                var dependent = new Dependent(object, List.copyOf(steps), read.name());
                var known = dependents.computeIfAbsent(step.target().name(), k -> new ArrayList<>());
                if (!known.contains(dependent)) known.add(dependent);
            }
        }
    }
}
