package dev.rapport.formula;

import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.query.FieldPath;
import dev.rapport.query.PathResolver;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A compiled formula: what it reads, what it results in, and how. Evaluating it takes at most one step per word of its
 * text, since there are no loops, and never fails: what cannot be computed, such as a division by zero, is no value.
 */
public final class Formula {
    /** Longest text of a formula. */
    public static final int LONGEST = 4_000;

    private final Kind kind;
    private final List<FieldPath> reads;
    private final Node root;

    /** A part of a formula, ready to be evaluated. */
    @FunctionalInterface
    interface Node {
        @Nullable
        Object value(Scope scope);
    }

    Formula(Kind kind, List<FieldPath> reads, Node root) {
        this.kind = kind;
        this.reads = reads;
        this.root = root;
    }

    /** What a formula is for. */
    public enum Purpose {
        /** Its value is stored, so it may not depend on the time or on what the value was before. */
        STORED,
        /** Asked at every write. */
        RULE
    }

    /** @throws FormulaError with the column of the first mistake */
    public static Formula compile(String text, ObjectView object, PathResolver paths, Purpose purpose)
            throws FormulaError {
        if (text.length() > LONGEST) throw FormulaError.at(LONGEST + 1, "too-long", "max", LONGEST);
        return new Compiler(text, object, paths, purpose).compile();
    }

    public Kind kind() {
        return kind;
    }

    public List<FieldPath> paths() {
        return reads;
    }

    /** Paths of all fields it reads, as written. */
    public Set<String> reads() {
        return reads.stream().map(FieldPath::text).collect(Collectors.toUnmodifiableSet());
    }

    /** The result, of the Java type that belongs to {@link #kind}; null for no value. */
    public @Nullable Object value(Scope scope) {
        return root.value(scope);
    }

    /** Whether the condition holds; no value counts as no. */
    public boolean holds(Scope scope) {
        return Boolean.TRUE.equals(root.value(scope));
    }
}
