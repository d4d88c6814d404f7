package dev.rapport.formula;

import dev.rapport.formula.Formula.Node;
import dev.rapport.formula.Formula.Purpose;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.PathResolver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a formula by recursive descent and types every part while it does so. */
final class Compiler {
    private static final int DEEPEST = 40;
    private static final Set<String> COMPARISONS = Set.of("=", "==", "!=", "<>", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final ObjectView object;
    private final PathResolver paths;
    private final Purpose purpose;
    private final Map<String, FieldPath> reads = new LinkedHashMap<>();
    private int at;
    private int depth;

    /** A typed part and the column it starts in. @param path the field, where the part is nothing but one */
    record Typed(Kind kind, int column, Node node, @Nullable FieldPath path) {
        Typed(Kind kind, int column, Node node) {
            this(kind, column, node, null);
        }
    }

    Compiler(String text, ObjectView object, PathResolver paths, Purpose purpose) throws FormulaError {
        this.tokens = Token.read(text);
        this.object = object;
        this.paths = paths;
        this.purpose = purpose;
    }

    Formula compile() throws FormulaError {
        var whole = disjunction();
        if (peek().type() != Token.Type.END) throw unexpected(peek());
        if (whole.kind == Kind.NOTHING) throw FormulaError.at(1, "result");
        return new Formula(whole.kind, List.copyOf(reads.values()), whole.node);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private static FormulaError unexpected(Token token) {
        return token.type() == Token.Type.END
                ? FormulaError.at(token.column(), "unfinished")
                : FormulaError.at(token.column(), "unexpected", "found", token.text());
    }

    private Typed disjunction() throws FormulaError {
        var left = conjunction();
        while (peek().isWord("or") || peek().is("||")) {
            take();
            left = Operations.or(left, conjunction());
        }
        return left;
    }

    private Typed conjunction() throws FormulaError {
        var left = negation();
        while (peek().isWord("and") || peek().is("&&")) {
            take();
            left = Operations.and(left, negation());
        }
        return left;
    }

    private Typed negation() throws FormulaError {
        boolean function = tokens.get(Math.min(at + 1, tokens.size() - 1)).is("(");
        if (!peek().isWord("not") || function) return comparison();
        take();
        return deeper(() -> Operations.not(negation()));
    }

    private Typed comparison() throws FormulaError {
        var left = concatenation();
        if (peek().type() != Token.Type.SIGN || !COMPARISONS.contains(peek().text())) return left;
        return Operations.compare(take().text(), left, concatenation());
    }

    private Typed concatenation() throws FormulaError {
        var left = sum();
        while (peek().is("&")) {
            take();
            left = Operations.concat(left, sum());
        }
        return left;
    }

    private Typed sum() throws FormulaError {
        var left = product();
        while (peek().is("+") || peek().is("-"))
            left = take().is("+") ? Operations.add(left, product()) : Operations.subtract(left, product());
        return left;
    }

    private Typed product() throws FormulaError {
        var left = unary();
        while (peek().is("*") || peek().is("/"))
            left = take().is("*") ? Operations.multiply(left, unary()) : Operations.divide(left, unary());
        return left;
    }

    private Typed unary() throws FormulaError {
        if (!peek().is("-")) return primary();
        var sign = take();
        return deeper(() -> Operations.negate(sign.column(), unary()));
    }

    private interface Reading {
        Typed read() throws FormulaError;
    }

    private Typed deeper(Reading reading) throws FormulaError {
        if (++depth > DEEPEST) throw FormulaError.at(peek().column(), "too-deep");
        var read = reading.read();
        depth--;
        return read;
    }

    private Typed primary() throws FormulaError {
        var token = take();
        switch (token.type()) {
            case NUMBER -> {
                var number = new BigDecimal(token.text());
                return new Typed(Kind.NUMBER, token.column(), scope -> number);
            }
            case TEXT -> {
                return new Typed(Kind.TEXT, token.column(), scope -> token.text());
            }
            case NAME -> {
                return named(token);
            }
            default -> {
                if (!token.is("(")) throw unexpected(token);
                var inner = deeper(this::disjunction);
                close();
                return new Typed(inner.kind, inner.column, inner.node);
            }
        }
    }

    private void close() throws FormulaError {
        if (!peek().is(")")) throw unexpected(peek());
        take();
    }

    private Typed named(Token token) throws FormulaError {
        if (peek().is("(")) return call(token);
        if (token.isWord("true")) return new Typed(Kind.FLAG, token.column(), scope -> true);
        if (token.isWord("false")) return new Typed(Kind.FLAG, token.column(), scope -> false);
        if (token.isWord("null")) return new Typed(Kind.NOTHING, token.column(), scope -> null);
        return field(token);
    }

    private Typed call(Token name) throws FormulaError {
        take();
        var arguments = new ArrayList<Typed>();
        if (!peek().is(")")) {
            arguments.add(deeper(this::disjunction));
            while (peek().is(",")) {
                take();
                arguments.add(deeper(this::disjunction));
            }
        }
        close();
        return Functions.call(name, arguments, purpose);
    }

    private Typed field(Token token) throws FormulaError {
        var path = paths.resolve(object, token.text(), new ArrayList<>())
                .orElseThrow(() -> FormulaError.at(token.column(), "unknown-field", "name", token.text()));
        var type = path.comparedType();
        boolean whole = path.part() == null;
        var kind = Kind.of(whole ? path.field().type() : type)
                .orElseThrow(() -> FormulaError.at(token.column(), "field-type", "name", token.text()));
        reads.put(path.text(), path);
        return new Typed(kind, token.column(), scope -> plain(path, scope.value(path)), path);
    }

    /** A field's value as formulas compute with it. */
    static @Nullable Object plain(FieldPath path, @Nullable Object value) {
        if (value == null) return null;
        var type = path.field().type();
        if (path.part() != null) return part(path, value);
        return switch (type) {
            case NumberTypes.Percent percent -> ((BigDecimal) value).movePointLeft(2);
            case NumberTypes.Whole whole -> BigDecimal.valueOf((Long) value);
            case CompoundTypes.FullName name -> text(type, value);
            default -> value;
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> String text(FieldType<T> type, Object value) {
        return type.text((T) value);
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Object part(FieldPath path, T value) {
        if (value instanceof dev.rapport.kernel.Money money)
            return path.text().endsWith(".currency") ? money.currency().getCurrencyCode() : money.amount();
        var type = (FieldType<T>) path.field().type();
        var parts = type.parts();
        for (int i = 0; i < parts.size(); i++) if (parts.get(i).equals(path.part())) return type.toColumns(value)[i];
        return null;
    }
}
