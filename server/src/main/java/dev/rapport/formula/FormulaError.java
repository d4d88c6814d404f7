package dev.rapport.formula;

import dev.rapport.kernel.Violation;
import java.util.HashMap;
import java.util.Map;

/** What is wrong with the text of a formula, and where. */
public final class FormulaError extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final int column;
    private final transient Map<String, Object> params;

    FormulaError(String code, int column, Map<String, Object> params) {
        super(code, null, false, false);
        this.code = code;
        this.column = column;
        this.params = params;
    }

    /** @param column the first letter is 1 */
    static FormulaError at(int column, String code) {
        return new FormulaError(code, column, Map.of());
    }

    static FormulaError at(int column, String code, String key, Object value) {
        return new FormulaError(code, column, Map.of(key, value));
    }

    public int column() {
        return column;
    }

    /** As a violation of {@code member}; its parameters name the column. */
    public Violation violation(String member) {
        var all = new HashMap<>(params);
        all.put("column", column);
        return new Violation(member, "formula-" + code, Map.copyOf(all));
    }
}
