package dev.rapport.record;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one record's fields, in the order of its object's fields. */
public final class Values {
    private final ObjectDef object;
    private final @Nullable Object[] values;

    Values(ObjectDef object) {
        this(object, new @Nullable Object[object.fields().size()]);
    }

    private Values(ObjectDef object, @Nullable Object[] values) {
        this.object = object;
        this.values = values;
    }

    Values copy() {
        return new Values(object, values.clone());
    }

    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Field<T> field) {
        return (T) values[object.indexOf(field)];
    }

    /** The value of the field with this name; null if there is no such field. */
    @Nullable
    Object byName(@Nullable String name) {
        return name == null
                ? null
                : object.field(name).map(field -> values[object.indexOf(field)]).orElse(null);
    }

    @Nullable
    Object at(int index) {
        return values[index];
    }

    void set(int index, @Nullable Object value) {
        values[index] = value;
    }

    void set(Field<?> field, @Nullable Object value) {
        values[object.indexOf(field)] = value;
    }

    boolean sameAt(int index, Values other) {
        return Objects.equals(values[index], other.values[index]);
    }

    @Override
    public String toString() {
        return object.name() + Arrays.toString(values);
    }
}
