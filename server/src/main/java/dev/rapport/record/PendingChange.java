package dev.rapport.record;

import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change on its way through the engine: what was, what shall be, and what speaks against it. */
public final class PendingChange implements Change {
    private final ObjectDef object;
    private final Kind kind;
    private final RecordId id;
    private final int version;
    private final @Nullable Values before;
    private final Values after;
    private final List<Violation> violations = new ArrayList<>();

    private PendingChange(
            ObjectDef object, Kind kind, RecordId id, int version, @Nullable Values before, Values after) {
        this.object = object;
        this.kind = kind;
        this.id = id;
        this.version = version;
        this.before = before;
        this.after = after;
    }

    static PendingChange create(ObjectDef object, Patch patch) {
        var change = new PendingChange(object, Kind.CREATE, RecordId.next(), 0, null, new Values(object));
        patch.values().forEach(change.after::set);
        return change;
    }

    static PendingChange update(StoredRecord stored, Patch patch) {
        var change = new PendingChange(
                stored.object(),
                Kind.UPDATE,
                stored.id(),
                stored.version(),
                stored.values(),
                stored.values().copy());
        patch.values().forEach(change.after::set);
        return change;
    }

    static PendingChange of(Kind kind, StoredRecord stored) {
        return new PendingChange(
                stored.object(),
                kind,
                stored.id(),
                stored.version(),
                stored.values(),
                stored.values().copy());
    }

    public ObjectDef object() {
        return object;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public RecordId id() {
        return id;
    }

    /** The version that the record will have. */
    public int newVersion() {
        return version + 1;
    }

    int oldVersion() {
        return version;
    }

    @Nullable
    Values before() {
        return before;
    }

    Values after() {
        return after;
    }

    @Override
    public List<Field<?>> fields() {
        return object.fields();
    }

    @Override
    public <T> @Nullable T after(Field<T> field) {
        return after.get(field);
    }

    @Override
    public <T> @Nullable T before(Field<T> field) {
        return before == null ? null : before.get(field);
    }

    @Override
    public boolean touches(Field<?> field) {
        int index = object.indexOf(field);
        return before == null ? after.at(index) != null : !after.sameAt(index, before);
    }

    public List<Violation> violations() {
        return violations;
    }

    void refuse(Violation violation) {
        violations.add(violation);
    }

    public boolean isValid() {
        return violations.isEmpty();
    }

    /** Indexes of the fields that get another value. */
    List<Integer> touched() {
        var touched = new ArrayList<Integer>();
        for (int i = 0; i < object.fields().size(); i++) {
            boolean differs = before == null ? after.at(i) != null : !after.sameAt(i, before);
            if (differs) touched.add(i);
        }
        return touched;
    }
}
