package dev.rapport.formula;

import dev.rapport.formula.Compiler.Typed;
import dev.rapport.formula.Formula.Node;
import dev.rapport.formula.Formula.Purpose;
import dev.rapport.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of the formula language. Each is one entry of the table below: its arguments, its result, what it does. */
public final class Functions {
    private static final Map<String, Definition> ALL = new TreeMap<>();
    private static final Set<String> OF_CHANGES = Set.of("ischanged", "prior", "isnew", "today", "now");

    private Functions() {}

    /** A function whose arguments have fixed kinds. @param required how many of the arguments must be there */
    private record Definition(List<Kind> arguments, int required, Kind result, Body body) {}

    @FunctionalInterface
    private interface Body {
        @Nullable
        Object apply(Arguments arguments);
    }

    /** The values a function was called with. */
    private record Arguments(@Nullable Object[] values) {
        boolean lacksAny() {
            return Arrays.stream(values).anyMatch(Objects::isNull);
        }

        Object got(int index) {
            return Objects.requireNonNull(values[index]);
        }

        String text(int index) {
            return (String) got(index);
        }

        String folded(int index) {
            return text(index).toLowerCase(Locale.ROOT);
        }

        BigDecimal number(int index) {
            return (BigDecimal) got(index);
        }

        LocalDate date(int index) {
            return (LocalDate) got(index);
        }

        int whole(int index) {
            return number(index).setScale(0, RoundingMode.DOWN).intValueExact();
        }
    }

    private static void define(String name, Kind result, List<Kind> arguments, Body body) {
        ALL.put(name, new Definition(arguments, arguments.size(), result, body));
    }

    /** Like {@link #define}, but without any of its values there is no result. */
    private static void strict(String name, Kind result, List<Kind> arguments, Body body) {
        define(name, result, arguments, values -> values.lacksAny() ? null : body.apply(values));
    }

    static {
        strict("upper", Kind.TEXT, List.of(Kind.TEXT), v -> v.text(0).toUpperCase(Locale.ROOT));
        strict("lower", Kind.TEXT, List.of(Kind.TEXT), v -> v.text(0).toLowerCase(Locale.ROOT));
        strict("trim", Kind.TEXT, List.of(Kind.TEXT), v -> v.text(0).strip());
        define("len", Kind.NUMBER, List.of(Kind.TEXT), v -> {
            var text = Operations.text(v.values[0]);
            return BigDecimal.valueOf(text.codePointCount(0, text.length()));
        });
        strict("left", Kind.TEXT, List.of(Kind.TEXT, Kind.NUMBER), v -> part(v.text(0), 0, v.whole(1)));
        strict("right", Kind.TEXT, List.of(Kind.TEXT, Kind.NUMBER), v -> {
            var text = v.text(0);
            int length = text.codePointCount(0, text.length());
            return part(text, Math.max(0, length - v.whole(1)), length);
        });
        strict("mid", Kind.TEXT, List.of(Kind.TEXT, Kind.NUMBER, Kind.NUMBER), v -> {
            int from = Math.max(0, v.whole(1) - 1);
            return part(v.text(0), from, from + v.whole(2));
        });
        strict(
                "replace",
                Kind.TEXT,
                List.of(Kind.TEXT, Kind.TEXT, Kind.TEXT),
                v -> v.text(1).isEmpty() ? v.text(0) : Operations.cut(v.text(0).replace(v.text(1), v.text(2))));
        strict(
                "contains",
                Kind.FLAG,
                List.of(Kind.TEXT, Kind.TEXT),
                v -> v.folded(0).contains(v.folded(1)));
        strict(
                "startswith",
                Kind.FLAG,
                List.of(Kind.TEXT, Kind.TEXT),
                v -> v.folded(0).startsWith(v.folded(1)));
        strict(
                "endswith",
                Kind.FLAG,
                List.of(Kind.TEXT, Kind.TEXT),
                v -> v.folded(0).endsWith(v.folded(1)));
        strict("includes", Kind.FLAG, List.of(Kind.LIST, Kind.TEXT), v -> ((List<?>) v.got(0)).contains(v.got(1)));
        strict("number", Kind.NUMBER, List.of(Kind.TEXT), v -> parsed(v.text(0)));
        strict("abs", Kind.NUMBER, List.of(Kind.NUMBER), v -> v.number(0).abs());
        strict("floor", Kind.NUMBER, List.of(Kind.NUMBER), v -> v.number(0).setScale(0, RoundingMode.FLOOR));
        strict("ceiling", Kind.NUMBER, List.of(Kind.NUMBER), v -> v.number(0).setScale(0, RoundingMode.CEILING));
        strict(
                "mod",
                Kind.NUMBER,
                List.of(Kind.NUMBER, Kind.NUMBER),
                v -> v.number(0).remainder(v.number(1)));
        strict("sqrt", Kind.NUMBER, List.of(Kind.NUMBER), v -> v.number(0).sqrt(Operations.PRECISION));
        strict("power", Kind.NUMBER, List.of(Kind.NUMBER, Kind.NUMBER), v -> {
            int exponent = v.number(1).intValueExact();
            if (Math.abs(exponent) > 999) throw new ArithmeticException("exponent");
            return Operations.bounded(v.number(0).pow(exponent, Operations.PRECISION));
        });
        strict("amount", Kind.NUMBER, List.of(Kind.MONEY), v -> ((Money) v.got(0)).amount());
        strict(
                "currency",
                Kind.TEXT,
                List.of(Kind.MONEY),
                v -> ((Money) v.got(0)).currency().getCurrencyCode());
        strict("money", Kind.MONEY, List.of(Kind.NUMBER, Kind.TEXT), v -> money(v.number(0), v.text(1)));
        strict(
                "year",
                Kind.NUMBER,
                List.of(Kind.DATE),
                v -> BigDecimal.valueOf(v.date(0).getYear()));
        strict(
                "month",
                Kind.NUMBER,
                List.of(Kind.DATE),
                v -> BigDecimal.valueOf(v.date(0).getMonthValue()));
        strict(
                "day",
                Kind.NUMBER,
                List.of(Kind.DATE),
                v -> BigDecimal.valueOf(v.date(0).getDayOfMonth()));
        strict(
                "weekday",
                Kind.NUMBER,
                List.of(Kind.DATE),
                v -> BigDecimal.valueOf(v.date(0).getDayOfWeek().getValue()));
        strict(
                "date",
                Kind.DATE,
                List.of(Kind.NUMBER, Kind.NUMBER, Kind.NUMBER),
                v -> LocalDate.of(v.whole(0), v.whole(1), v.whole(2)));
        strict(
                "adddays",
                Kind.DATE,
                List.of(Kind.DATE, Kind.NUMBER),
                v -> v.date(0).plusDays(v.whole(1)));
        strict(
                "addmonths",
                Kind.DATE,
                List.of(Kind.DATE, Kind.NUMBER),
                v -> v.date(0).plusMonths(v.whole(1)));
        strict(
                "datevalue",
                Kind.DATE,
                List.of(Kind.MOMENT),
                v -> ((java.time.Instant) v.got(0)).atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** Names of all functions, for the editor's help. */
    public static List<String> names() {
        var names = new ArrayList<>(ALL.keySet());
        names.addAll(List.of(
                "if",
                "case",
                "and",
                "or",
                "not",
                "isblank",
                "coalesce",
                "concat",
                "text",
                "round",
                "min",
                "max",
                "ischanged",
                "prior",
                "isnew",
                "today",
                "now"));
        names.sort(null);
        return names;
    }

    /** @throws FormulaError if there is no such function, or its arguments do not fit */
    static Typed call(Token name, List<Typed> arguments, Purpose purpose) throws FormulaError {
        var word = name.text().toLowerCase(Locale.ROOT);
        if (purpose == Purpose.STORED && OF_CHANGES.contains(word))
            throw FormulaError.at(name.column(), "not-stored", "name", word);
        return switch (word) {
            case "if" -> choose(name, arguments);
            case "case" -> cases(name, arguments);
            case "and", "or" -> {
                count(name, arguments, 1, 50);
                var all = arguments.getFirst();
                Operations.want(Kind.FLAG, all);
                for (var next : arguments.subList(1, arguments.size()))
                    all = word.equals("and") ? Operations.and(all, next) : Operations.or(all, next);
                yield all;
            }
            case "not" -> {
                count(name, arguments, 1, 1);
                yield Operations.not(arguments.getFirst());
            }
            case "isblank" -> {
                count(name, arguments, 1, 1);
                var part = arguments.getFirst();
                yield new Typed(
                        Kind.FLAG, name.column(), scope -> isBlank(part.node().value(scope)));
            }
            case "coalesce" -> first(name, arguments);
            case "min", "max" -> extreme(name, arguments, word.equals("min") ? -1 : 1);
            case "round" -> round(name, arguments);
            case "concat" -> {
                count(name, arguments, 1, 50);
                var all = new Typed(Kind.TEXT, name.column(), scope -> "");
                for (var next : arguments) all = Operations.concat(all, next);
                yield all;
            }
            case "text" -> {
                count(name, arguments, 1, 1);
                var part = arguments.getFirst();
                yield new Typed(Kind.TEXT, name.column(), scope -> {
                    var value = part.node().value(scope);
                    return value == null ? null : Operations.text(value);
                });
            }
            case "ischanged", "prior" -> ofChange(name, arguments, word);
            case "isnew" -> {
                count(name, arguments, 0, 0);
                yield new Typed(Kind.FLAG, name.column(), Scope::isNew);
            }
            case "today" -> {
                count(name, arguments, 0, 0);
                yield new Typed(
                        Kind.DATE,
                        name.column(),
                        scope -> scope.now().atZone(scope.zone()).toLocalDate());
            }
            case "now" -> {
                count(name, arguments, 0, 0);
                yield new Typed(Kind.MOMENT, name.column(), Scope::now);
            }
            default -> defined(name, word, arguments);
        };
    }

    private static Typed defined(Token name, String word, List<Typed> arguments) throws FormulaError {
        var definition = ALL.get(word);
        if (definition == null) throw FormulaError.at(name.column(), "unknown-function", "name", name.text());
        count(name, arguments, definition.required, definition.arguments.size());
        for (int i = 0; i < arguments.size(); i++) Operations.want(definition.arguments.get(i), arguments.get(i));
        var nodes = arguments.stream().map(Typed::node).toList();
        return new Typed(definition.result, name.column(), scope -> {
            var values = new @Nullable Object[nodes.size()];
            for (int i = 0; i < values.length; i++) values[i] = nodes.get(i).value(scope);
            try {
                return definition.body.apply(new Arguments(values));
            } catch (ArithmeticException | DateTimeException | IllegalArgumentException impossible) {
                return null;
            }
        });
    }

    private static void count(Token name, List<Typed> arguments, int least, int most) throws FormulaError {
        if (arguments.size() >= least && arguments.size() <= most) return;
        var expected = least == most ? String.valueOf(least) : least + "–" + most;
        throw new FormulaError(
                "arguments",
                name.column(),
                Map.of("name", name.text(), "expected", expected, "found", arguments.size()));
    }

    /** The one kind of several parts, of which any may be nothing. */
    private static Kind common(List<Typed> parts) throws FormulaError {
        var kind = Kind.NOTHING;
        for (var part : parts) {
            if (kind == Kind.NOTHING) kind = part.kind();
            else if (!part.kind().fits(kind)) throw Operations.mismatch(part, kind.word());
        }
        return kind;
    }

    private static Typed choose(Token name, List<Typed> arguments) throws FormulaError {
        count(name, arguments, 2, 3);
        var condition = arguments.getFirst();
        Operations.want(Kind.FLAG, condition);
        var yes = arguments.get(1);
        Node no = arguments.size() == 3 ? arguments.get(2).node() : scope -> null;
        var kind = common(arguments.subList(1, arguments.size()));
        return new Typed(
                kind,
                name.column(),
                scope -> Operations.isTrue(condition.node().value(scope))
                        ? yes.node().value(scope)
                        : no.value(scope));
    }

    /** {@code case(value, when, then, when, then, …, otherwise)}. */
    private static Typed cases(Token name, List<Typed> arguments) throws FormulaError {
        count(name, arguments, 3, 100);
        var subject = arguments.getFirst();
        var whens = new ArrayList<Typed>();
        var thens = new ArrayList<Typed>();
        int at = 1;
        for (; at + 1 < arguments.size(); at += 2) {
            whens.add(arguments.get(at));
            thens.add(arguments.get(at + 1));
        }
        for (var when : whens)
            if (!when.kind().fits(subject.kind()))
                throw Operations.mismatch(when, subject.kind().word());
        Node otherwise = at < arguments.size() ? arguments.get(at).node() : scope -> null;
        if (at < arguments.size()) thens.add(arguments.get(at));
        var kind = common(thens);
        return new Typed(kind, name.column(), scope -> {
            var value = subject.node().value(scope);
            for (int i = 0; i < whens.size(); i++)
                if (Operations.same(value, whens.get(i).node().value(scope)))
                    return thens.get(i).node().value(scope);
            return otherwise.value(scope);
        });
    }

    static boolean isBlank(@Nullable Object value) {
        return value == null
                || value instanceof String text && text.isBlank()
                || value instanceof List<?> list && list.isEmpty();
    }

    private static Typed first(Token name, List<Typed> arguments) throws FormulaError {
        count(name, arguments, 1, 50);
        return new Typed(common(arguments), name.column(), scope -> {
            for (var part : arguments) {
                var value = part.node().value(scope);
                if (!isBlank(value)) return value;
            }
            return null;
        });
    }

    /** The least or greatest of the values that are there. */
    private static Typed extreme(Token name, List<Typed> arguments, int sign) throws FormulaError {
        count(name, arguments, 1, 50);
        var kind = common(arguments);
        if (kind == Kind.LIST || kind == Kind.LINK || kind == Kind.FLAG)
            throw Operations.mismatch(arguments.getFirst(), Kind.NUMBER.word());
        return new Typed(kind, name.column(), scope -> {
            Object best = null;
            for (var part : arguments) {
                var value = part.node().value(scope);
                if (value != null && (best == null || sign * Operations.order(value, best) > 0)) best = value;
            }
            return best;
        });
    }

    private static Typed round(Token name, List<Typed> arguments) throws FormulaError {
        count(name, arguments, 1, 2);
        Operations.want(Kind.NUMBER, arguments.getFirst());
        if (arguments.size() == 2) Operations.want(Kind.NUMBER, arguments.get(1));
        var number = arguments.getFirst().node();
        Node digits = arguments.size() == 2 ? arguments.get(1).node() : scope -> BigDecimal.ZERO;
        return new Typed(Kind.NUMBER, name.column(), scope -> {
            if (!(number.value(scope) instanceof BigDecimal value)
                    || !(digits.value(scope) instanceof BigDecimal scale)) return null;
            return value.setScale(Math.clamp(scale.longValue(), -18, 18), RoundingMode.HALF_UP);
        });
    }

    private static Typed ofChange(Token name, List<Typed> arguments, String word) throws FormulaError {
        count(name, arguments, 1, 1);
        var part = arguments.getFirst();
        var path = part.path();
        if (path == null || !path.steps().isEmpty())
            throw FormulaError.at(part.column(), "own-field", "name", name.text());
        Node before = scope -> Compiler.plain(path, scope.before(path));
        if (word.equals("prior")) return new Typed(part.kind(), name.column(), before);
        return new Typed(
                Kind.FLAG,
                name.column(),
                scope -> !scope.isNew() && !Operations.same(part.node().value(scope), before.value(scope)));
    }

    private static String part(String text, int from, int to) {
        int length = text.codePointCount(0, text.length());
        int start = Math.clamp(from, 0, length);
        int end = Math.clamp(to, start, length);
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }

    private static @Nullable BigDecimal parsed(String text) {
        var clean = text.strip().replace(",", "");
        return clean.length() > 40 ? null : Operations.bounded(new BigDecimal(clean));
    }

    private static Money money(BigDecimal amount, String code) {
        var currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
        return Money.of(
                amount.setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_UP), currency);
    }
}
