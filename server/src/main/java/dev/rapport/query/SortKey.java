package dev.rapport.query;

/** One key of a sort. Records without a value come last ascending and first descending, as their index orders them. */
public record SortKey(FieldPath path, boolean descending) {
    SortKey reversed() {
        return new SortKey(path, !descending);
    }
}
